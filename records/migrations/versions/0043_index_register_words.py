"""Index the words of registers: what a mandate, a proposal or a meeting is called, found without case, accents and signs.

And the order in which a register is paged: what is oldest stands on top.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

COUNCIL, OWNER = "house_council", "amparo_owner"
SEARCHED = {
    "mandate": "symbol, title, task",
    "proposal": "title, proposer, text_kind",
    "meeting": "title, body, place",
}
# nothing is looked up by its path: it is inlined, so that the index is found
WORDS = r"""
CREATE FUNCTION words_of(one varchar, two varchar, three varchar) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('pg_catalog.simple'::regconfig, regexp_replace(lower(regexp_replace(
  normalize(one || ' ' || coalesce(two, '') || ' ' || coalesce(three, ''), NFD),
  '[\u0300-\u036f]', '', 'g')), '[^[:alnum:]]+', ' ', 'g'))
"""


def _is_here() -> bool:
    """Only a role that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return bool(op.get_bind().execute(may, {"role": COUNCIL}).scalar_one())


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index("ix_matter_kind_opened_at", "matter", ["kind", "opened_at", "id"])
    op.execute(WORDS)
    op.execute("REVOKE ALL ON FUNCTION words_of(varchar, varchar, varchar) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION words_of(varchar, varchar, varchar) TO {OWNER}")
    if _is_here():
        op.execute(f"GRANT EXECUTE ON FUNCTION words_of(varchar, varchar, varchar) TO {COUNCIL}")
    for table, said in SEARCHED.items():
        op.execute(f"CREATE INDEX ix_{table}_words ON {table} USING gin (words_of({said}))")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in SEARCHED:
        op.drop_index(f"ix_{table}_words", table_name=table)
    op.drop_index("ix_matter_kind_opened_at", table_name="matter")
    op.execute("DROP FUNCTION words_of(varchar, varchar, varchar)")
