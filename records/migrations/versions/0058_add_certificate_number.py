"""Add a number to what proves a destruction: known to whoever knows the matter, leading to nothing else, and asked for one by one.

The id of a certificate is made of the matter's, one way: while the matter is there, its number can be told; from the certificate
nobody comes back to the matter. The number is the first 20 of the id's 32 digits. Nobody at a door reads the table; the intake
runs one function that answers to one number.
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

INTAKE = "ombuds_intake"
HOW = "SET search_path = public, pg_temp"
ID = f"""
CREATE FUNCTION certificate_id(matter uuid) RETURNS uuid LANGUAGE sql IMMUTABLE {HOW} AS $$
  SELECT encode(substring(sha256(convert_to('amparo.certificate.1' || chr(10) || matter::text, 'UTF8')) FOR 16), 'hex')::uuid
$$;
"""
# what is no number is asked for as twenty zeros, which is nobody's; after a restored copy the same matter can go a second time
OF = f"""
CREATE FUNCTION certificate_of(asked varchar) RETURNS TABLE
  (id uuid, kind varchar, destroyed_on date, backups_gone_on date, place bigint, body varchar, salt bytea)
LANGUAGE sql STABLE SECURITY DEFINER {HOW} AS $$
  WITH told AS (SELECT CASE WHEN asked ~ '^[0-9a-f]{{20}}$' THEN asked ELSE repeat('0', 20) END AS number)
  SELECT c.id, c.kind, c.destroyed_on, c.backups_gone_on, e.position, e.body, e.salt
    FROM told, certificate c LEFT JOIN ledger_entry e ON e.body LIKE '%"certificate":"' || c.id || '"%'
   WHERE c.id BETWEEN (told.number || repeat('0', 12))::uuid AND (told.number || repeat('f', 12))::uuid
   ORDER BY e.position DESC NULLS FIRST LIMIT 1
$$;
"""
OLD_ID, NEW_ID = "gen_random_uuid()", "certificate_id(m.id)"
OLD_END = "WHERE m.id = root AND r.keep > interval '0'\n  RETURNING"
NEW_END = """WHERE m.id = root AND r.keep > interval '0'
  ON CONFLICT (id) DO UPDATE SET destroyed_on = excluded.destroyed_on, backups_gone_on = NULL
  RETURNING"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(ID)
    op.execute(OF)
    op.execute("REVOKE ALL ON FUNCTION certificate_id(uuid) FROM PUBLIC")
    op.execute("REVOKE ALL ON FUNCTION certificate_of(varchar) FROM PUBLIC")
    attest = context.script.get_revision("0019").module.ATTEST
    if attest.count(OLD_ID) != 1 or attest.count(OLD_END) != 1:
        raise ValueError("attest_shred does not say what it is to say otherwise")
    again = attest.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    op.execute(again.replace(OLD_ID, NEW_ID).replace(OLD_END, NEW_END))
    if op.get_bind().execute(sa.text(f"SELECT has_database_privilege('{INTAKE}', current_database(), 'CONNECT')")).scalar_one():
        op.execute(f"GRANT EXECUTE ON FUNCTION certificate_of(varchar) TO {INTAKE}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    attest = context.script.get_revision("0019").module.ATTEST
    op.execute(attest.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    op.execute("DROP FUNCTION certificate_of(varchar)")
    op.execute("DROP FUNCTION certificate_id(uuid)")
