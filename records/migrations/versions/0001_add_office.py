"""Add the office's clock, editions of its rules, closures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table('closure',
    sa.Column('calendar', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('name', sa.String(), nullable=False, comment="what was announced: a holiday's name, no person's words"),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('calendar', 'day', name=op.f('pk_closure'))
    )
    op.create_table('edition',
    sa.Column('hash', sa.String(), nullable=False),
    sa.Column('pack', sa.String(), nullable=False),
    sa.Column('content', sa.String(), nullable=False, comment='the whole pack in canonical form'),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_edition'))
    )
    op.create_table('office_clock',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('environment', sa.String(), nullable=False, comment='real, demo or test; fixed when the database was made'),
    sa.Column('instant', sa.DateTime(timezone=True), nullable=True, comment="the office's instant once a director moved it; null: it follows the wall clock, as real always does"),
    sa.CheckConstraint("environment <> 'real' OR instant IS NULL", name=op.f('ck_office_clock_real_has_no_instant')),
    sa.CheckConstraint("environment IN ('real', 'demo', 'test')", name=op.f('ck_office_clock_environment')),
    sa.CheckConstraint('id = 1', name=op.f('ck_office_clock_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office_clock'))
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table('office_clock')
    op.drop_table('edition')
    op.drop_table('closure')
