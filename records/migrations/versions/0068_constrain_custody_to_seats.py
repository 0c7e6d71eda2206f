"""Let nobody hold both locks of an identity, and let what was approved end with the seat it was approved for.

Whichever way a seat goes (somebody joins and locks out its holder, she asks to be forgotten, an office ends), what its holder was
given or asked of identities there goes too. Whoever gets a seat in a matter has no custodian's copy there.
"""

from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

ENDS = """
CREATE FUNCTION end_custody_with_seat() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM seat WHERE matter_id = OLD.matter_id AND person_id = OLD.person_id AND until_at IS NULL) THEN
    UPDATE sealed_identity_grant SET key_sealed = NULL
     WHERE matter_id = OLD.matter_id AND person_id = OLD.person_id AND key_sealed IS NOT NULL;
    UPDATE identity_request
       SET status = 'lapsed', answered_on = (SELECT (coalesce(instant, now()) AT TIME ZONE 'UTC')::date FROM office_clock)
     WHERE matter_id = OLD.matter_id AND asked_by = OLD.person_id AND status = 'waiting';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER end_custody_with_seat AFTER UPDATE OF until_at ON seat FOR EACH ROW
  WHEN (OLD.person_id IS NOT NULL AND NEW.until_at IS NOT NULL) EXECUTE FUNCTION end_custody_with_seat();
"""
PARTS = """
CREATE FUNCTION part_custody_from_seat() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM sealed_identity_copy WHERE matter_id = NEW.matter_id AND person_id = NEW.person_id;
  RETURN NULL;
END $$;
CREATE TRIGGER part_custody_from_seat AFTER INSERT ON seat FOR EACH ROW
  WHEN (NEW.person_id IS NOT NULL) EXECUTE FUNCTION part_custody_from_seat();
"""
FUNCTIONS = ("end_custody_with_seat", "part_custody_from_seat")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(ENDS)
    op.execute(PARTS)
    for name in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {name}() FROM PUBLIC")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for name in FUNCTIONS:
        op.execute(f"DROP TRIGGER {name} ON seat")
        op.execute(f"DROP FUNCTION {name}()")
