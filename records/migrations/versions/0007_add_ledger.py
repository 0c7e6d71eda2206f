"""Add ledger entries and signed heads."""

import sqlalchemy as sa
from alembic import op

from records.tables.ledger import Xid8

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table('ledger_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('commitment', sa.LargeBinary(), nullable=False, comment='the 32 bytes of the leaf'),
    sa.Column('body', sa.String(), nullable=True, comment='canonical entry; null once erased, and for random filling'),
    sa.Column('salt', sa.LargeBinary(), nullable=True, comment='ombuds only; erased with the body'),
    sa.Column('matter_id', sa.Uuid(), nullable=True, comment='no foreign key: the entry outlives the matter'),
    sa.Column('made_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('xid', Xid8(), server_default=sa.text('pg_current_xact_id()'), nullable=False),
    sa.Column('position', sa.BigInteger(), nullable=True, comment='place in the log; null until folded'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_entry')),
    sa.UniqueConstraint('position', name=op.f('uq_ledger_entry_position'))
    )
    op.create_index('ix_ledger_entry_matter_id', 'ledger_entry', ['matter_id'], unique=False)
    op.create_index('ix_ledger_entry_waiting', 'ledger_entry', ['xid'], unique=False, postgresql_where=sa.text('position IS NULL'))
    op.create_table('ledger_head',
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('root', sa.LargeBinary(), nullable=False),
    sa.Column('office_date', sa.Date(), nullable=False),
    sa.Column('canonical', sa.LargeBinary(), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=False),
    sa.Column('frontier', sa.LargeBinary(), nullable=False, comment='the hashes needed to append without reading the log again'),
    sa.PrimaryKeyConstraint('size', name=op.f('pk_ledger_head')),
    sa.UniqueConstraint('office_date', name=op.f('uq_ledger_head_office_date'))
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table('ledger_head')
    op.drop_index('ix_ledger_entry_waiting', table_name='ledger_entry', postgresql_where=sa.text('position IS NULL'))
    op.drop_index('ix_ledger_entry_matter_id', table_name='ledger_entry')
    op.drop_table('ledger_entry')
