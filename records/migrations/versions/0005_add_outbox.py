"""Add notices to send."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table('outbox',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('dedup', sa.String(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(), nullable=False, comment='message id of the catalogues'),
    sa.Column('params', JSONB(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False, comment='office time'),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True, comment='wall time'),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('retry_at', sa.DateTime(timezone=True), nullable=True, comment='wall time'),
    sa.Column('stuck', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_outbox_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('dedup', name=op.f('uq_outbox_dedup'))
    )
    op.create_index('ix_outbox_person_id', 'outbox', ['person_id'], unique=False)
    op.create_index('ix_outbox_unsent', 'outbox', ['made_at'], unique=False, postgresql_where=sa.text('sent_at IS NULL AND NOT stuck'))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index('ix_outbox_unsent', table_name='outbox', postgresql_where=sa.text('sent_at IS NULL AND NOT stuck'))
    op.drop_index('ix_outbox_person_id', table_name='outbox')
    op.drop_table('outbox')
