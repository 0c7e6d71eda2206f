"""Add details of the office's kinds, tallies, who read what, repeated requests."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table('idempotency',
    sa.Column('locator', sa.LargeBinary(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('answer_sealed', sa.LargeBinary(), nullable=True, comment='null while the first request is under way'),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False, comment='wall time; kept for an hour'),
    sa.PrimaryKeyConstraint('locator', name=op.f('pk_idempotency'))
    )
    op.create_table('tally',
    sa.Column('month', sa.Date(), nullable=False, comment='first day of the month'),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('count', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'kind', 'outcome', name=op.f('pk_tally'))
    )
    op.create_table('search_log',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_search_log_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'day', name=op.f('pk_search_log'))
    )
    op.create_table('complaint',
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('ground', sa.String(), nullable=True, comment='code of why it was declined or closed'),
    sa.Column('same_person_asked', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('came_from', sa.Uuid(), nullable=True, comment='the consultation it grew out of, while that exists'),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_complaint_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('matter_id', name=op.f('pk_complaint'))
    )
    op.create_table('consultation',
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('understood', sa.Boolean(), server_default=sa.text('false'), nullable=False, comment='told, and said so, that this is not official'),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_consultation_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('matter_id', name=op.f('pk_consultation'))
    )
    op.create_table('read_log',
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_read_log_matter_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_read_log_person_id')),
    sa.PrimaryKeyConstraint('matter_id', 'person_id', 'day', name=op.f('pk_read_log'))
    )
    op.create_table('recommendation',
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('consent_id', sa.Uuid(), nullable=True, comment='the consent under which it goes out'),
    sa.Column('reply_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['consent_id'], ['consent.id'], name=op.f('fk_recommendation_consent_id')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_recommendation_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('matter_id', name=op.f('pk_recommendation'))
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table('recommendation')
    op.drop_table('read_log')
    op.drop_table('consultation')
    op.drop_table('complaint')
    op.drop_table('search_log')
    op.drop_table('tally')
    op.drop_table('idempotency')
