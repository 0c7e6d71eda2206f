"""Add details of mandates and proposals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table('decision',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('trigger', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=True),
    sa.Column('instrument', sa.String(), nullable=True),
    sa.Column('method', sa.String(), nullable=False, comment='consensus, vote, ... or unknown'),
    sa.Column('text_hash', sa.LargeBinary(), nullable=True, comment='SHA-256 of the text decided on; null: not held here'),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_decision_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    op.create_index(op.f('ix_decision_matter_id'), 'decision', ['matter_id'], unique=False)
    op.create_table('executive_order',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('symbol', sa.String(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True, comment='null: unknown'),
    sa.Column('effective_on', sa.Date(), nullable=True, comment='null: unknown'),
    sa.Column('signed_by', sa.String(), nullable=False),
    sa.Column('text_hash', sa.LargeBinary(), nullable=True, comment='SHA-256 of the adopted version it carries; null: text not held here'),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_executive_order_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_executive_order')),
    sa.UniqueConstraint('matter_id', 'symbol', 'revision', name=op.f('uq_executive_order_matter_id_symbol_revision'))
    )
    op.create_table('mandate',
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('symbol', sa.String(), nullable=False, comment='canonical citation of the instrument'),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('task', sa.String(), nullable=True, comment='what is to be done, paraphrased'),
    sa.Column('issued_by', sa.String(), nullable=False, comment='body that gave it'),
    sa.Column('addressee', sa.String(), nullable=True),
    sa.Column('recipient', sa.String(), nullable=True, comment='body to which the result goes'),
    sa.Column('adopted_on', sa.Date(), nullable=True),
    sa.Column('due', JSONB(), nullable=True, comment='given date or period of the task'),
    sa.Column('sunset', JSONB(), nullable=True, comment='given date or period of its validity'),
    sa.Column('review_by', JSONB(), nullable=True),
    sa.Column('unit', sa.String(), nullable=True, comment='unit it is assigned to'),
    sa.Column('source', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_mandate_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('matter_id', name=op.f('pk_mandate'))
    )
    op.create_index('uq_mandate_symbol_task', 'mandate', ['symbol', sa.literal_column("coalesce(task, '')")], unique=True)
    op.create_table('proposal',
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('proposer', sa.String(), nullable=False),
    sa.Column('due', JSONB(), nullable=True),
    sa.Column('effective', JSONB(), nullable=True, comment='given date on which the order takes effect'),
    sa.Column('source', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_proposal_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('matter_id', name=op.f('pk_proposal'))
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table('proposal')
    op.drop_index('uq_mandate_symbol_task', table_name='mandate')
    op.drop_table('mandate')
    op.drop_table('executive_order')
    op.drop_index(op.f('ix_decision_matter_id'), table_name='decision')
    op.drop_table('decision')
