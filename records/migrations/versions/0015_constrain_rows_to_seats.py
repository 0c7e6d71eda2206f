"""Constrain rows to seats: intake reaches the one matter of its words, the desk those where the person has a seat.

Row-level security is forced on the owner too. What a door is about is told by transaction-local settings: `amparo.locator` (hex)
at intake, `amparo.person` at the desk; unset or empty, no row is seen. At the desk keys are the wall and this is a seat belt.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OWNER = "amparo_owner"
EVERYWHERE = ("house_council", "house_flows", "ombuds_flows", OWNER)
"""Roles that are kept apart by database and grants alone."""
BY_MATTER = (
    "event",
    "responsibility",
    "waiver",
    "clock",
    "pause",
    "epoch",
    "sealed_text",
    "sealed_file",
    "sealed_chunk",
    "sealed_identity",
    "consent",
    "complaint",
    "consultation",
    "recommendation",
    "read_log",
)
OWN = "(SELECT own_matter())"
SEATED = "(SELECT seated())"
GROWN = "(SELECT grown())"
KEYS = {"matter": "id"}
TIED = (
    ("matter", "SELECT"),
    ("matter", "UPDATE"),
    ("event", "ALL"),
    ("clock", "ALL"),
    ("pause", "ALL"),
    ("responsibility", "ALL"),
    ("recommendation", "SELECT"),
    ("seat", "SELECT"),
)
FUNCTIONS = """
CREATE FUNCTION own_matter() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT matter_id FROM receipt
   WHERE locator = decode(nullif(current_setting('amparo.locator', true), ''), 'hex')
$$;
CREATE FUNCTION grown() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT from_id FROM link WHERE type = 'complaint.recommend' AND to_id = (SELECT own_matter())
$$;
CREATE FUNCTION seated() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT matter_id FROM seat
   WHERE person_id = nullif(current_setting('amparo.person', true), '')::uuid AND until_at IS NULL
$$;
CREATE FUNCTION is_unseated(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT NOT EXISTS (SELECT FROM seat WHERE matter_id = asked)
$$;
"""
NAMES = ("own_matter()", "grown()", "seated()", "is_unseated(uuid)")
ME = "nullif(current_setting('amparo.person', true), '')::uuid"


def _tables() -> tuple[str, ...]:
    return ("matter", "seat", "receipt", "link", "rung_fired", *BY_MATTER)


def _policy(name: str, table: str, role: str, using: str, check: str | None = None, command: str = "ALL") -> None:
    rows = f" USING ({using})" if command != "INSERT" else ""
    fresh = f" WITH CHECK ({check or using})" if command in {"ALL", "INSERT", "UPDATE"} else ""
    op.execute(f"CREATE POLICY {name} ON {table} FOR {command} TO {role}{rows}{fresh}")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(FUNCTIONS)
    for function in NAMES:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO ombuds_intake, ombuds_desk, {OWNER}")
    for table in _tables():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        for role in EVERYWHERE:
            _policy(f"{role}_all", table, role, "true")
    for table in BY_MATTER:
        _policy("intake_own", table, "ombuds_intake", f"matter_id = {OWN}")
        _policy("desk_seated", table, "ombuds_desk", f"matter_id IN {SEATED}")
    # a new matter has no words and no seat yet: anybody at a door may open one, and sees it once it has
    _policy("intake_open", "matter", "ombuds_intake", "true", command="INSERT")
    _policy("intake_own", "matter", "ombuds_intake", f"id = {OWN}", command="SELECT")
    _policy("intake_change", "matter", "ombuds_intake", f"id = {OWN}", command="UPDATE")
    _policy("desk_open", "matter", "ombuds_desk", "true", command="INSERT")
    _policy("desk_seated", "matter", "ombuds_desk", f"id IN {SEATED}", command="SELECT")
    _policy("desk_change", "matter", "ombuds_desk", f"id IN {SEATED}", command="UPDATE")
    mine = "locator = decode(nullif(current_setting('amparo.locator', true), ''), 'hex')"
    # her own row also while its words change: the new row is judged before the setting can follow
    _policy("intake_own", "receipt", "ombuds_intake", f"{mine} OR matter_id = {OWN}")
    _policy("desk_seated", "receipt", "ombuds_desk", f"matter_id IN {SEATED}", command="SELECT")
    _policy("intake_own", "seat", "ombuds_intake", f"matter_id = {OWN}")
    _policy("desk_seated", "seat", "ombuds_desk", f"matter_id IN {SEATED}")
    _policy("desk_first", "seat", "ombuds_desk", f"person_id = {ME} AND is_unseated(matter_id)", command="INSERT")
    _policy("intake_own", "link", "ombuds_intake", f"from_id = {OWN} OR to_id = {OWN}")
    # what grew out of her matter ends with it: reached without its texts, and by id alone
    for table, command in TIED:
        _policy(f"intake_tied_{command.lower()}", table, "ombuds_intake", f"{KEYS.get(table, 'matter_id')} IN {GROWN}", command=command)
    _policy("desk_seated", "link", "ombuds_desk", f"from_id IN {SEATED} OR to_id IN {SEATED}")
    # the inner look at clock is under clock's own policy
    _policy("intake_own", "rung_fired", "ombuds_intake", "clock_id IN (SELECT id FROM clock)")
    _policy("desk_seated", "rung_fired", "ombuds_desk", "clock_id IN (SELECT id FROM clock)")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    asked = sa.text("SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public'")
    for name, table in op.get_bind().execute(asked).all():
        op.execute(f"DROP POLICY {name} ON {table}")
    for table in _tables():
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    for function in NAMES:
        op.execute(f"DROP FUNCTION {function}")
