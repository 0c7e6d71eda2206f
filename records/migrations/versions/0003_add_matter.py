"""Add matters, their history, who is responsible, ties, waivers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table('matter',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('edition', sa.String(), nullable=False, comment='policy edition pinned at opening'),
    sa.Column('calendar', sa.String(), nullable=False, comment='code of the calendar its working days follow'),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False, comment='office time'),
    sa.Column('rested_on', sa.Date(), nullable=True, comment='day it entered the stage it rests in for good; retention counts from it'),
    sa.ForeignKeyConstraint(['edition'], ['edition.hash'], name=op.f('fk_matter_edition')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matter'))
    )
    op.create_table('event',
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('trigger', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('dest', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False, comment='office time; for a lapse, the instant it was due'),
    sa.Column('effective_on', sa.Date(), nullable=False, comment='day the act took effect: as told, otherwise the day recorded'),
    sa.Column('occurred_on', sa.Date(), nullable=True, comment='day the act happened, if a source says so; null is unknown'),
    sa.Column('irregular', sa.Boolean(), server_default=sa.text('false'), nullable=False, comment='told out of order'),
    sa.Column('by_person', sa.Uuid(), nullable=True),
    sa.Column('by_clock', sa.String(), nullable=True, comment='name of the clock that lapsed'),
    sa.Column('facts', JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False, comment='ids, dates, counts; never words'),
    sa.ForeignKeyConstraint(['by_person'], ['person.id'], name=op.f('fk_event_by_person')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_event_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('matter_id', 'seq', name=op.f('pk_event'))
    )
    op.create_table('link',
    sa.Column('from_id', sa.Uuid(), nullable=False),
    sa.Column('to_id', sa.Uuid(), nullable=False),
    sa.Column('type', sa.String(), nullable=False, comment='implements, supersedes, merges_into, bases, cites, ...'),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['from_id'], ['matter.id'], name=op.f('fk_link_from_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['to_id'], ['matter.id'], name=op.f('fk_link_to_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('from_id', 'to_id', 'type', name=op.f('pk_link'))
    )
    op.create_index('ix_link_to_id', 'link', ['to_id'], unique=False)
    op.create_table('responsibility',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('from_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('why', sa.String(), nullable=False, comment='opened, assigned, handed_over, recused'),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_responsibility_matter_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_responsibility_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_responsibility'))
    )
    op.create_index('ix_responsibility_person_id', 'responsibility', ['person_id'], unique=False)
    op.create_index('uq_responsibility_present', 'responsibility', ['matter_id'], unique=True, postgresql_where=sa.text('until_at IS NULL'))
    op.create_table('waiver',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('by_person', sa.Uuid(), nullable=False),
    sa.Column('authority', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False, comment='house only; of a sealed matter it is a sealed text'),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['by_person'], ['person.id'], name=op.f('fk_waiver_by_person')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_waiver_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waiver'))
    )
    op.create_index(op.f('ix_waiver_matter_id'), 'waiver', ['matter_id'], unique=False)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index(op.f('ix_waiver_matter_id'), table_name='waiver')
    op.drop_table('waiver')
    op.drop_index('uq_responsibility_present', table_name='responsibility', postgresql_where=sa.text('until_at IS NULL'))
    op.drop_index('ix_responsibility_person_id', table_name='responsibility')
    op.drop_table('responsibility')
    op.drop_index('ix_link_to_id', table_name='link')
    op.drop_table('link')
    op.drop_table('event')
    op.drop_table('matter')
