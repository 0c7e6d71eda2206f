"""Add people, appointments, absences, accounts, sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table('person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('mail', sa.String(), nullable=True, comment='where notices go; null: none are sent'),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    op.create_table('absence',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True, comment='first day back; null: not known yet'),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_absence_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absence'))
    )
    op.create_index(op.f('ix_absence_person_id'), 'absence', ['person_id'], unique=False)
    op.create_table('account',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('login', sa.String(), nullable=False),
    sa.Column('passphrase_hash', sa.String(), nullable=False, comment='Argon2id, with its parameters'),
    sa.Column('totp_sealed', sa.LargeBinary(), nullable=False, comment="TOTP secret under the door's server key"),
    sa.Column('last_totp_step', sa.Integer(), nullable=True, comment='newest 30 s step used: a code works once'),
    sa.Column('failures', sa.Integer(), server_default='0', nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=True, comment='wall time: next try allowed (growing delay)'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_account_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_account')),
    sa.UniqueConstraint('login', name=op.f('uq_account_login'))
    )
    op.create_table('appointment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True, comment='first day no longer in office'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_appointment_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointment'))
    )
    op.create_index('ix_appointment_role_person_id', 'appointment', ['role', 'person_id'], unique=False)
    op.create_table('session',
    sa.Column('token_hash', sa.LargeBinary(), nullable=False, comment="BLAKE2b of the cookie's secret"),
    sa.Column('id', sa.Uuid(), nullable=False, comment='what the wrapped key is bound to'),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False, comment='wall time'),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False, comment='wall time'),
    sa.Column('key_wrapped', sa.LargeBinary(), nullable=True, comment="the handler's private key under the cookie's secret"),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_session_person_id')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_session')),
    sa.UniqueConstraint('id', name=op.f('uq_session_id'))
    )
    op.create_index(op.f('ix_session_person_id'), 'session', ['person_id'], unique=False)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index(op.f('ix_session_person_id'), table_name='session')
    op.drop_table('session')
    op.drop_index('ix_appointment_role_person_id', table_name='appointment')
    op.drop_table('appointment')
    op.drop_table('account')
    op.drop_index(op.f('ix_absence_person_id'), table_name='absence')
    op.drop_table('absence')
    op.drop_table('person')
