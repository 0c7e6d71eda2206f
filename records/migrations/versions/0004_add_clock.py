"""Add clocks, rungs, pauses."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table('clock',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False, comment='1 for the first time this duty began, then 2, ...'),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False, comment='office instant at which it began to be watched'),
    sa.Column('given', JSONB(), nullable=True, comment='a date or a period that the matter itself brought'),
    sa.Column('due_on', sa.Date(), nullable=True, comment='null while paused'),
    sa.Column('status', sa.String(), nullable=False, comment='running, met, lapsed or ended'),
    sa.Column('stopped_on', sa.Date(), nullable=True),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=True, comment='next instant at which something of it fires; null: nothing will'),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('retry_at', sa.DateTime(timezone=True), nullable=True, comment='wall time; set after a failed sweep'),
    sa.Column('dead', sa.Boolean(), server_default=sa.text('false'), nullable=False, comment='gave up after the last attempt: alarm'),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_clock_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock')),
    sa.UniqueConstraint('matter_id', 'name', 'epoch', name=op.f('uq_clock_matter_id_name_epoch'))
    )
    op.create_index('ix_clock_next_at', 'clock', ['next_at'], unique=False, postgresql_where=sa.text('next_at IS NOT NULL AND NOT dead'))
    op.create_table('pause',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True, comment='first day counted again; null: still paused'),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_pause_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pause'))
    )
    op.create_index(op.f('ix_pause_matter_id'), 'pause', ['matter_id'], unique=False)
    op.create_table('rung_fired',
    sa.Column('clock_id', sa.Uuid(), nullable=False),
    sa.Column('rung', sa.String(), nullable=False, comment='a rung of the ladder, or lapse, passed, cap'),
    sa.Column('round', sa.Integer(), nullable=False, comment='0, then 1, 2, ... for a rung that repeats'),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False, comment='the instant it belongs to'),
    sa.Column('fired_at', sa.DateTime(timezone=True), nullable=False, comment='office instant at which it was written'),
    sa.Column('person_id', sa.Uuid(), nullable=True, comment='who was reminded, told or given the matter'),
    sa.Column('outcome', sa.String(), nullable=False, comment='told, handed_over, not_needed, nobody, lapsed, passed, resumed, refused'),
    sa.ForeignKeyConstraint(['clock_id'], ['clock.id'], name=op.f('fk_rung_fired_clock_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_rung_fired_person_id')),
    sa.PrimaryKeyConstraint('clock_id', 'rung', 'round', name=op.f('pk_rung_fired'))
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table('rung_fired')
    op.drop_index(op.f('ix_pause_matter_id'), table_name='pause')
    op.drop_table('pause')
    op.drop_index('ix_clock_next_at', table_name='clock', postgresql_where=sa.text('next_at IS NOT NULL AND NOT dead'))
    op.drop_table('clock')
