"""Add filing at the desk for somebody on the phone: the desk reaches a matter by its words in the transaction that opens it.

What it writes there is what the intake writes. Once that transaction is over the same words open nothing at the desk: from then
on a seat is needed, as for any matter. `dictated`: whoever typed may know these words, so they only lead to new ones.
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

OWNER, DESK = "amparo_owner", "ombuds_desk"
TOLD = "decode(nullif(current_setting('amparo.locator', true), ''), 'hex')"
# a row of `matter` that this very transaction wrote: the desk changes none in which nobody at it has a seat
FUNCTIONS = f"""
CREATE FUNCTION opened_now(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM matter WHERE id = asked AND xmin = pg_current_xact_id_if_assigned()::xid)
$$;
CREATE FUNCTION typed_matter() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT matter_id FROM receipt WHERE locator = {TOLD} AND opened_now(matter_id)
$$;
"""
NAMES = ("opened_now(uuid)", "typed_matter()")
TYPED = "(SELECT typed_matter())"
WRITTEN = (
    "seat",
    "event",
    "clock",
    "responsibility",
    "epoch",
    "sealed_text",
    "sealed_identity",
    "complaint",
    "consultation",
    "case_spell",
    "case_mark",
)
"""What is written of a matter when it is filed, besides the matter itself and its receipt."""
GRANTED = ("receipt", "sealed_identity")


def _is_here() -> bool:
    """Only a role that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return bool(op.get_bind().execute(may, {"role": DESK}).scalar_one())


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    dictated: sa.Column[bool] = sa.Column(
        "dictated",
        sa.Boolean(),
        server_default=sa.text("false"),
        nullable=False,
        comment="whoever typed for her knows these words: they lead to new ones alone",
    )
    op.add_column("receipt", dictated)
    op.execute(FUNCTIONS)
    for function in NAMES:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {DESK}, {OWNER}")
    for table in WRITTEN:
        op.execute(f"CREATE POLICY desk_typed ON {table} TO {DESK} USING (matter_id = {TYPED}) WITH CHECK (matter_id = {TYPED})")
    op.execute(f"CREATE POLICY desk_typed ON matter FOR SELECT TO {DESK} USING (id = {TYPED})")
    op.execute(f"CREATE POLICY desk_typed_change ON matter FOR UPDATE TO {DESK} USING (id = {TYPED}) WITH CHECK (id = {TYPED})")
    op.execute(f"CREATE POLICY desk_typed ON receipt FOR SELECT TO {DESK} USING (matter_id = {TYPED})")
    mine = f"dictated AND locator = {TOLD} AND opened_now(matter_id)"
    op.execute(f"CREATE POLICY desk_typed_add ON receipt FOR INSERT TO {DESK} WITH CHECK ({mine})")
    if _is_here():
        for table in GRANTED:
            op.execute(f"GRANT INSERT ON {table} TO {DESK}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    if _is_here():
        for table in GRANTED:
            op.execute(f"REVOKE INSERT ON {table} FROM {DESK}")
    op.execute("DROP POLICY desk_typed_add ON receipt")
    op.execute("DROP POLICY desk_typed_change ON matter")
    for table in ("matter", "receipt", *WRITTEN):
        op.execute(f"DROP POLICY desk_typed ON {table}")
    for function in reversed(NAMES):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_column("receipt", "dictated")
