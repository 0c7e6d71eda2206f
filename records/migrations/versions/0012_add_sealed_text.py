"""Add sealed texts, files, identities and consents."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table('sealed_file',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('author', sa.String(), nullable=False),
    sa.Column('visibility', sa.String(), nullable=False),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('key_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('whole', sa.Boolean(), server_default=sa.text('false'), nullable=False, comment='false while it arrives: swept away if cut off'),
    sa.Column('arrived_at', sa.DateTime(timezone=True), nullable=False, comment='wall time of the first byte'),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_sealed_file_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_file'))
    )
    op.create_index(op.f('ix_sealed_file_matter_id'), 'sealed_file', ['matter_id'], unique=False)
    op.create_table('sealed_identity',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('public', sa.LargeBinary(), nullable=False, comment="public half of the identity's own key"),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('key_sealed', sa.LargeBinary(), nullable=True, comment='the key for a custodian, where a pack has one'),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_sealed_identity_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_identity')),
    sa.UniqueConstraint('matter_id', name=op.f('uq_sealed_identity_matter_id'))
    )
    op.create_table('sealed_text',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False, comment='order within the matter'),
    sa.Column('slot', sa.String(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('author', sa.String(), nullable=False),
    sa.Column('visibility', sa.String(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False, comment='a day, never an hour'),
    sa.Column('by_person', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['by_person'], ['person.id'], name=op.f('fk_sealed_text_by_person')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_sealed_text_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_text')),
    sa.UniqueConstraint('matter_id', 'seq', name=op.f('uq_sealed_text_matter_id_seq'))
    )
    op.create_table('consent',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('text_id', sa.Uuid(), nullable=False, comment='the exact text and receiver, sealed'),
    sa.Column('status', sa.String(), nullable=False, comment='asked, given, refused, lapsed, taken_back or used'),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_consent_matter_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['text_id'], ['sealed_text.id'], name=op.f('fk_consent_text_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    op.create_index(op.f('ix_consent_matter_id'), 'consent', ['matter_id'], unique=False)
    op.create_table('sealed_chunk',
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('content_sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['sealed_file.id'], name=op.f('fk_sealed_chunk_file_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('file_id', 'seq', name=op.f('pk_sealed_chunk'))
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table('sealed_chunk')
    op.drop_index(op.f('ix_consent_matter_id'), table_name='consent')
    op.drop_table('consent')
    op.drop_table('sealed_text')
    op.drop_table('sealed_identity')
    op.drop_index(op.f('ix_sealed_file_matter_id'), table_name='sealed_file')
    op.drop_table('sealed_file')
