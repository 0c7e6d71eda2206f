"""Add letters, the post between the two databases, and the keys of those to whom letters are served.

What the flows copy from `post_out` of one database to `post_in` of the other is sealed, or is the public half of a key. No id of
a matter is in it: a letter's own id stands for it, and only `letter`, in the office's database, knows which matter it is of.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

OWNER = "amparo_owner"
DESK, FLOWS, COUNCIL, HOUSE_FLOWS = "ombuds_desk", "ombuds_flows", "house_council", "house_flows"
TABLES = ("letter", "addressee", "letter_key", "post_out", "post_in")
ME = "nullif(current_setting('amparo.person', true), '')::uuid"
SHAPE = (
    "CASE sort WHEN 'letter' THEN letter_id IS NOT NULL AND sealed IS NOT NULL AND key_sealed IS NOT NULL AND told IS NULL"
    " WHEN 'reply' THEN letter_id IS NOT NULL AND sealed IS NOT NULL AND key_sealed IS NULL AND told IS NULL"
    " WHEN 'taken' THEN letter_id IS NOT NULL AND sealed IS NULL AND key_sealed IS NULL AND told IS NULL"
    " ELSE letter_id IS NULL AND sealed IS NULL AND key_sealed IS NULL AND told IS NOT NULL END"
)
LEAST_DONE, LEAST_KEPT = 7, 30
PURGE = "purge_post(date, integer, integer)"
# an answer lies in post_in of the office as long as its matter does; a letter in the house is not kept
PURGES = f"""
CREATE FUNCTION purge_post(today date, done integer, kept integer) RETURNS integer LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone integer;
BEGIN
  PERFORM require_office_day(today);
  DELETE FROM post_in WHERE sort = 'letter' AND (done_on < today - greatest(done, {LEAST_DONE})
                                                 OR came_on < today - greatest(kept, {LEAST_KEPT}))
                         OR sort NOT IN ('letter', 'reply') AND came_on < today - {LEAST_DONE};
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
"""
# whatever destroys a letter destroys what lies in the post of it: a matter that is shredded takes the answers along
FORGET = """
CREATE FUNCTION forget_post() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM post_out WHERE letter_id = OLD.id;
  DELETE FROM post_in WHERE letter_id = OLD.id;
  RETURN NULL;
END $$;
"""
NAME = "name_addressee(uuid, date)"
# Whom the office may write to can be named by who comes: so they are people here too, in this one office and in no other, as
# long as a key of theirs is signed. Whoever has a key of the office itself is left alone.
NAMES = """
CREATE FUNCTION name_addressee(asked uuid, today date) RETURNS void LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  one addressee;
BEGIN
  PERFORM require_office_day(today);
  SELECT * INTO one FROM addressee
   WHERE person_id = asked AND signed_by IS NOT NULL AND ended_on IS NULL ORDER BY serial DESC LIMIT 1;
  IF one.person_id IS NULL THEN
    UPDATE appointment SET until_on = greatest(today, from_on + 1)
     WHERE person_id = asked AND role = 'addressee' AND (until_on IS NULL OR until_on > today);
  ELSIF NOT EXISTS (SELECT FROM signed_key WHERE person_id = asked) THEN
    INSERT INTO person (id, name, language, made_at)
    SELECT one.person_id, one.name, one.language, coalesce(instant, now()) FROM office_clock ON CONFLICT (id) DO NOTHING;
    INSERT INTO appointment (id, person_id, role, from_on)
    SELECT gen_random_uuid(), asked, 'addressee', today
     WHERE NOT EXISTS (SELECT FROM appointment WHERE person_id = asked AND role = 'addressee'
                          AND (until_on IS NULL OR until_on > today));
  END IF;
END $$;
"""
GRANTS = {
    DESK: (
        "SELECT, INSERT ON letter",
        "SELECT, UPDATE ON addressee",
        "INSERT ON post_out",
        "SELECT ON post_in",
        f"EXECUTE ON FUNCTION {NAME}",
    ),
    FLOWS: (
        "SELECT, UPDATE ON letter",
        "SELECT, INSERT, UPDATE ON addressee",
        "SELECT, DELETE ON post_out",
        "INSERT ON post_in",
        f"EXECUTE ON FUNCTION {PURGE}",
        f"EXECUTE ON FUNCTION {NAME}",
    ),
    COUNCIL: (
        "SELECT, INSERT ON addressee",
        "SELECT, INSERT, UPDATE ON letter_key",
        "INSERT ON post_out",
        "SELECT, UPDATE ON post_in",
    ),
    HOUSE_FLOWS: (
        "SELECT, UPDATE ON addressee",
        "SELECT, INSERT, DELETE ON post_out",
        "INSERT ON post_in",
        f"EXECUTE ON FUNCTION {PURGE}",
    ),
}
POLICIES = (
    ("letter", FLOWS, "ALL", "true"),
    ("letter", DESK, "ALL", "matter_id IN (SELECT seated())"),
    ("addressee", FLOWS, "ALL", "true"),
    ("addressee", HOUSE_FLOWS, "ALL", "true"),
    ("addressee", DESK, "ALL", "true"),
    ("addressee", COUNCIL, "ALL", f"person_id = {ME}"),
    ("letter_key", COUNCIL, "ALL", f"person_id = {ME}"),
    ("post_out", FLOWS, "ALL", "true"),
    ("post_out", HOUSE_FLOWS, "ALL", "true"),
    ("post_out", DESK, "INSERT", "true"),
    ("post_out", COUNCIL, "INSERT", f"addressee_id = {ME}"),
    ("post_in", FLOWS, "ALL", "true"),
    ("post_in", HOUSE_FLOWS, "ALL", "true"),
    # the inner look at letter is under letter's own policy
    ("post_in", DESK, "SELECT", "letter_id IN (SELECT id FROM letter)"),
    ("post_in", COUNCIL, "ALL", f"addressee_id = {ME}"),
)


def _here() -> Iterator[tuple[str, str]]:
    """Only roles that may connect to this database, each with what it is granted."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    for role, granted in GRANTS.items():
        if op.get_bind().execute(may, {"role": role}).scalar_one():
            yield from ((role, grant) for grant in granted)


def _make_letter() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False, comment="crosses to the house, where nothing else tells of the matter"),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False, comment="the office's own copy; to whom it went is sealed in it"),
        sa.Column("epoch", sa.Integer(), nullable=False, comment="of the matter: the answer is sealed to its public key"),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True, comment="null: no answer is asked for"),
        sa.Column("taken_on", sa.Date(), nullable=True, comment="the addressee opened it at the other door"),
        sa.Column("reply_id", sa.Uuid(), nullable=True, comment="the row of post_in that is the answer"),
        sa.Column("came_on", sa.Date(), nullable=True, comment="the day the answer was written at the other door"),
        sa.CheckConstraint("(reply_id IS NULL) = (came_on IS NULL)", name=op.f("ck_letter_answered")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_letter_matter_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["text_id"], ["sealed_text.id"], name=op.f("fk_letter_text_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    for column in ("matter_id", "text_id"):
        op.create_index(op.f(f"ix_letter_{column}"), "letter", [column])
    op.execute(FORGET)
    op.execute("REVOKE ALL ON FUNCTION forget_post() FROM PUBLIC")
    op.execute("CREATE TRIGGER forget_post AFTER DELETE ON letter FOR EACH ROW EXECUTE FUNCTION forget_post()")


def _make_keys() -> None:
    op.create_table(
        "addressee",
        sa.Column(
            "person_id", sa.Uuid(), nullable=False, comment="a person of the house; no foreign key, in ombuds they are nobody"
        ),
        sa.Column("serial", sa.Integer(), nullable=False, comment="of several that are signed the highest counts"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False, comment="role in the house when the key was made"),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False, comment="X25519 public key that letters are sealed to"),
        sa.Column("verify", sa.LargeBinary(), nullable=False, comment="Ed25519 public key"),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column(
            "signed_by",
            sa.LargeBinary(),
            nullable=True,
            comment="Ed25519 public key of who compared the digits; null: nobody yet",
        ),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True, comment="from this day on nothing is sealed to it"),
        sa.PrimaryKeyConstraint("person_id", "serial", name=op.f("pk_addressee")),
    )
    op.create_table(
        "letter_key",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("key_wrapped", sa.LargeBinary(), nullable=False, comment="the key under the passphrase (Argon2id)"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_key_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_letter_key")),
    )


def _row() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False, comment="letter, taken, reply; key, signed, ended, left"),
        sa.Column("addressee_id", sa.Uuid(), nullable=False, comment="a person of the house"),
        sa.Column("letter_id", sa.Uuid(), nullable=True, comment="only of letter, taken and reply"),
        sa.Column("sealed", sa.LargeBinary(), nullable=True, comment="only of letter and reply; padded"),
        sa.Column("key_sealed", sa.LargeBinary(), nullable=True, comment="only of letter"),
        sa.Column("told", JSONB(), nullable=True, comment="what is public of a key; only of key, signed, ended and left"),
        sa.Column("made_on", sa.Date(), nullable=False, comment="a day, never an hour"),
    ]


def _make_post() -> None:
    op.create_table(
        "post_out",
        *_row(),
        sa.CheckConstraint(SHAPE, name=op.f("ck_post_out_shape")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_out")),
    )
    op.create_index("ix_post_out_made_on", "post_out", ["made_on"])
    op.create_table(
        "post_in",
        *_row(),
        sa.Column("came_on", sa.Date(), nullable=False, comment="the day it was carried here"),
        sa.Column("read_on", sa.Date(), nullable=True, comment="the addressee opened it first"),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True, comment="answered, or read where no answer is asked for"),
        sa.CheckConstraint(SHAPE, name=op.f("ck_post_in_shape")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_in")),
    )
    op.create_index("ix_post_in_addressee_id", "post_in", ["addressee_id"])
    op.create_index("ix_post_in_letter_id", "post_in", ["letter_id"])


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _make_post()
    _make_letter()
    _make_keys()
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {OWNER}_all ON {table} TO {OWNER} USING (true) WITH CHECK (true)")
    for table, role, command, rows in POLICIES:
        using = f" USING ({rows})" if command != "INSERT" else ""
        fresh = f" WITH CHECK ({rows})" if command != "SELECT" else ""
        op.execute(f"CREATE POLICY {role}_{command.lower()} ON {table} FOR {command} TO {role}{using}{fresh}")
    for body, call in ((PURGES, PURGE), (NAMES, NAME)):
        op.execute(body)
        op.execute(f"REVOKE ALL ON FUNCTION {call} FROM PUBLIC")
    for role, grant in _here():
        op.execute(f"GRANT {grant} TO {role}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for call in (NAME, PURGE):
        op.execute(f"DROP FUNCTION {call}")
    for table in ("letter_key", "addressee", "post_in", "letter", "post_out"):
        op.drop_table(table)
    op.execute("DROP FUNCTION forget_post()")
