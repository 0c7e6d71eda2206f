"""Add runs of the sweep and what went wrong."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table('sweep_run',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False, comment='wall time'),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True, comment='wall time; null: under way or killed'),
    sa.Column('office_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('through', sa.String(), nullable=False, comment='prefect or direct'),
    sa.Column('matters', sa.Integer(), server_default='0', nullable=False),
    sa.Column('fired', sa.Integer(), server_default='0', nullable=False),
    sa.Column('lapsed', sa.Integer(), server_default='0', nullable=False),
    sa.Column('failed', sa.Integer(), server_default='0', nullable=False),
    sa.Column('dead', sa.Integer(), server_default='0', nullable=False),
    sa.Column('lag_seconds', sa.Float(), server_default='0', nullable=False, comment='office time the oldest due instant waited'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sweep_run'))
    )
    op.create_index('ix_sweep_run_began_at', 'sweep_run', ['began_at'], unique=False)
    op.create_table('trouble',
    sa.Column('ref', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='wall time'),
    sa.Column('where', sa.String(), nullable=False),
    sa.Column('what', sa.String(), nullable=False, comment='class of the error; never its text'),
    sa.Column('count', sa.BigInteger(), server_default='1', nullable=False),
    sa.PrimaryKeyConstraint('ref', name=op.f('pk_trouble'))
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table('trouble')
    op.drop_index('ix_sweep_run_began_at', table_name='sweep_run')
    op.drop_table('sweep_run')
