"""Add what a visitor's proof needs: her own matter's first entry by her words, and the leaves, which every export shows."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

FUNCTIONS = """
CREATE FUNCTION own_opening() RETURNS TABLE (place bigint, body varchar, salt bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT position, body, salt FROM ledger_entry
   WHERE matter_id = own_matter() AND body::jsonb ->> 'what' LIKE '%.opened'
$$;
CREATE FUNCTION ledger_leaves(most bigint) RETURNS TABLE (place bigint, leaf bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT position, commitment FROM ledger_entry WHERE position < most ORDER BY position
$$;
"""
NAMES = ("own_opening()", "ledger_leaves(bigint)")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(FUNCTIONS)
    for function in NAMES:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO ombuds_intake")
    op.execute("GRANT SELECT ON ledger_head TO ombuds_intake")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("REVOKE SELECT ON ledger_head FROM ombuds_intake")
    for function in NAMES:
        op.execute(f"DROP FUNCTION {function}")
