"""Add the keys of people who work here."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table('signed_key',
    sa.Column('person_id', sa.Uuid(), nullable=False, comment="no foreign key: the ceremony's own key is no person's"),
    sa.Column('serial', sa.Integer(), nullable=False, comment='the highest counts'),
    sa.Column('box', sa.LargeBinary(), nullable=False, comment='X25519 public key that seats are sealed to'),
    sa.Column('verify', sa.LargeBinary(), nullable=False, comment='Ed25519 public key'),
    sa.Column('enrols', sa.Boolean(), nullable=False),
    sa.Column('signed_by', sa.LargeBinary(), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('person_id', 'serial', name=op.f('pk_signed_key'))
    )
    op.create_table('staff_key',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('login', sa.String(), nullable=False),
    sa.Column('key_wrapped', sa.LargeBinary(), nullable=False, comment="the holder's key under the passphrase (Argon2id)"),
    sa.Column('totp_sealed', sa.LargeBinary(), nullable=False, comment="TOTP secret under the desk's server key"),
    sa.Column('last_totp_step', sa.Integer(), nullable=True, comment='newest 30 s step used: a code works once'),
    sa.Column('failures', sa.Integer(), server_default='0', nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=True, comment='wall time: next try allowed (growing delay)'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_staff_key_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_staff_key')),
    sa.UniqueConstraint('login', name=op.f('uq_staff_key_login'))
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table('staff_key')
    op.drop_table('signed_key')
