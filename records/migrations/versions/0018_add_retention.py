"""Add announcements of destruction, the days they were looked at, holds and certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table('swept_day',
    sa.Column('day', sa.Date(), nullable=False, comment='an office day on which destruction was looked at, with everything announced'),
    sa.Column('after_gap', sa.Boolean(), server_default=sa.text('false'), nullable=False, comment='the clock had jumped: days count anew'),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_swept_day'))
    )
    op.create_table('certificate',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('rule', sa.String(), nullable=False, comment='which rule of the pack: a dotted name'),
    sa.Column('edition', sa.String(), nullable=False),
    sa.Column('destroyed_on', sa.Date(), nullable=False),
    sa.Column('backups_gone_on', sa.Date(), nullable=True, comment='the last copy that held it is gone since; null: not known yet'),
    sa.ForeignKeyConstraint(['edition'], ['edition.hash'], name=op.f('fk_certificate_edition')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate'))
    )
    op.create_table('hold',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False, comment='a code'),
    sa.Column('approved_by', sa.Uuid(), nullable=False, comment='never who was responsible for it then'),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False, comment='first day it no longer holds'),
    sa.Column('lifted_by', sa.Uuid(), nullable=True, comment='who ended it early'),
    sa.CheckConstraint('until_on >= from_on', name=op.f('ck_hold_ends')),
    sa.ForeignKeyConstraint(['approved_by'], ['person.id'], name=op.f('fk_hold_approved_by')),
    sa.ForeignKeyConstraint(['lifted_by'], ['person.id'], name=op.f('fk_hold_lifted_by')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_hold_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hold'))
    )
    op.create_index(op.f('ix_hold_matter_id'), 'hold', ['matter_id'], unique=False)
    op.create_table('shred_announcement',
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('rested_on', sa.Date(), nullable=False, comment='the day its time was counted from; no longer true: withdrawn'),
    sa.Column('announced_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False, comment='not before this day'),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_shred_announcement_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('matter_id', name=op.f('pk_shred_announcement'))
    )
    op.create_index('ix_shred_announcement_due_on', 'shred_announcement', ['due_on'], unique=False)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index('ix_shred_announcement_due_on', table_name='shred_announcement')
    op.drop_table('shred_announcement')
    op.drop_index(op.f('ix_hold_matter_id'), table_name='hold')
    op.drop_table('hold')
    op.drop_table('certificate')
    op.drop_table('swept_day')
