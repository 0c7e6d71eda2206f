"""Add seats, epochs and receipts."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table('epoch',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('public', sa.LargeBinary(), nullable=False, comment='what those who may add but not read seal to'),
    sa.Column('stale', sa.Boolean(), server_default=sa.text('false'), nullable=False, comment='a seat was taken: the next writer begins the next'),
    sa.Column('old_key_sealed', sa.LargeBinary(), nullable=True, comment='the seed before, under this one; null for the first'),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_epoch_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_epoch')),
    sa.UniqueConstraint('matter_id', 'number', name=op.f('uq_epoch_matter_id_number'))
    )
    op.create_table('receipt',
    sa.Column('locator', sa.LargeBinary(), nullable=False, comment='keyed hash of the words: where, and nothing else'),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('public', sa.LargeBinary(), nullable=False, comment='X25519 public key of the words: later epochs are sealed to it'),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_receipt_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('locator', name=op.f('pk_receipt')),
    sa.UniqueConstraint('matter_id', name=op.f('uq_receipt_matter_id'))
    )
    op.create_table('seat',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('holder', sa.String(), nullable=False, comment='person, visitor or recovery'),
    sa.Column('person_id', sa.Uuid(), nullable=True, comment='only for a person'),
    sa.Column('rung', sa.Integer(), nullable=False, comment='0 first handler, 1 stand-in, 2 alternate, 9 recovery; -1 the visitor'),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('key_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('identity_key_sealed', sa.LargeBinary(), nullable=True, comment="the identity's own key, if this seat may open it"),
    sa.Column('from_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until_at', sa.DateTime(timezone=True), nullable=True, comment='taken away; the sealed key is deleted then'),
    sa.CheckConstraint("(holder = 'person') = (person_id IS NOT NULL)", name=op.f('ck_seat_holder')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_seat_matter_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_seat_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat')),
    sa.UniqueConstraint('matter_id', 'holder', 'person_id', 'epoch', name=op.f('uq_seat_matter_id_holder_person_id_epoch'), postgresql_nulls_not_distinct=True)
    )
    op.create_index('ix_seat_person_id', 'seat', ['person_id'], unique=False, postgresql_where=sa.text('until_at IS NULL'))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index('ix_seat_person_id', table_name='seat', postgresql_where=sa.text('until_at IS NULL'))
    op.drop_table('seat')
    op.drop_table('receipt')
    op.drop_table('epoch')
