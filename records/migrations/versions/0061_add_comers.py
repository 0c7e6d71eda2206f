"""Add that several people come with one matter: each with words, a seat and an identity of their own.

A row of `comer` a person. Their public key moves there from `receipt`, which each sees alone from now on: who writes the next epoch
needs the keys of the others and never where their words lead. `joining` holds a code that somebody was given, `consent_voice` who has
said yes to a text that everybody is asked; that goes as soon as the text is no longer asked, whichever way, in this database itself.
Going down, of several people who came with a matter only the first keeps words, a seat and an identity.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

OWNER, INTAKE, DESK, FLOWS = "amparo_owner", "ombuds_intake", "ombuds_desk", "ombuds_flows"
TOLD = "decode(nullif(current_setting('amparo.locator', true), ''), 'hex')"
OWN, SEATED, TYPED = "matter_id = (SELECT own_matter())", "is_seated(matter_id)", "matter_id = (SELECT typed_matter())"
MINE = f"locator = {TOLD} OR comer_id = (SELECT own_comer())"
DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
OLD_OWN = f"""
CREATE OR REPLACE FUNCTION own_matter() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT matter_id FROM receipt
   WHERE locator = {TOLD}
$$;
"""
# a code leads to its matter as words do, until it is used, taken back or over; a day of leeway, for the office's date is not Greenwich's
NEW_OWN = f"""
CREATE OR REPLACE FUNCTION own_matter() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(
    (SELECT matter_id FROM receipt WHERE locator = {TOLD}),
    (SELECT matter_id FROM joining WHERE locator = {TOLD}
        AND expires_on >= (SELECT (coalesce(instant, now()) AT TIME ZONE 'UTC')::date - 1 FROM office_clock)))
$$;
"""
COMER = f"""
CREATE FUNCTION own_comer() RETURNS uuid LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT comer_id FROM receipt WHERE locator = {TOLD}
$$;
"""
# what somebody wrote alone who leaves and asks to be forgotten; whom they locked out stays locked out
FORGET = f"""
CREATE FUNCTION forget_own(everything boolean) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
  DELETE FROM sealed_identity WHERE comer_id = own_comer();
  IF everything THEN
    DELETE FROM sealed_text WHERE comer_id = own_comer() AND slot IN ('statement', 'answers', 'message', 'taken_time');
    DELETE FROM sealed_file WHERE comer_id = own_comer();
  END IF;
END $$;
"""
END_WORDS = f"""
CREATE FUNCTION end_words(whose uuid) RETURNS void LANGUAGE sql {DEFINER} AS $$
  DELETE FROM receipt WHERE comer_id = whose AND matter_id = own_matter()
    AND comer_id IN (SELECT id FROM comer WHERE NOT here);
$$;
"""
FORGET_OTHER = f"""
CREATE FUNCTION forget_identity(whose uuid) RETURNS void LANGUAGE sql {DEFINER} AS $$
  DELETE FROM sealed_identity WHERE comer_id = whose AND matter_id = own_matter()
    AND comer_id IN (SELECT id FROM comer WHERE NOT here);
$$;
"""
# whom somebody who joins locks out loses the seat in what grew out of the case, too; the door itself reaches no key of that
LOCK_OUT = f"""
CREATE FUNCTION lock_out_of_grown(whom uuid) RETURNS void LANGUAGE sql {DEFINER} AS $$
  UPDATE epoch SET stale = true WHERE matter_id IN
    (SELECT matter_id FROM seat WHERE person_id = whom AND until_at IS NULL AND matter_id IN (SELECT grown()));
  UPDATE seat SET until_at = (SELECT coalesce(instant, now()) FROM office_clock), key_sealed = '', identity_key_sealed = NULL
   WHERE person_id = whom AND until_at IS NULL AND matter_id IN (SELECT grown());
$$;
"""
PURGE = f"""
CREATE FUNCTION purge_joinings(today date) RETURNS integer LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
  gone integer;
BEGIN
  PERFORM require_office_day(today);
  DELETE FROM joining WHERE expires_on < today;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
"""
# nobody learns who said no, or nothing: what the others said goes with the question
HUSH = f"""
CREATE FUNCTION hush_voices() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
  DELETE FROM consent_voice WHERE consent_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER hush_voices AFTER UPDATE ON consent FOR EACH ROW WHEN (NEW.status <> 'asked') EXECUTE FUNCTION hush_voices();
"""
CALLS = {
    "own_comer()": (INTAKE, OWNER),
    "forget_own(boolean)": (INTAKE,),
    "forget_identity(uuid)": (INTAKE,),
    "end_words(uuid)": (INTAKE,),
    "lock_out_of_grown(uuid)": (INTAKE,),
    "purge_joinings(date)": (FLOWS,),
    "hush_voices()": (),
}
GRANTS = {
    INTAKE: {"comer": "SELECT, INSERT, UPDATE", "joining": "SELECT, INSERT, UPDATE, DELETE", "consent_voice": "SELECT, INSERT"},
    DESK: {"comer": "SELECT, INSERT", "joining": "SELECT, UPDATE"},
    FLOWS: {"comer": "SELECT"},
}
POLICIES = (
    ("comer", "intake_own", INTAKE, "ALL", OWN),
    ("comer", "desk_seated", DESK, "SELECT", SEATED),
    ("comer", "desk_typed", DESK, "ALL", TYPED),
    ("comer", "ombuds_flows_all", FLOWS, "ALL", "true"),
    ("joining", "intake_own", INTAKE, "ALL", OWN),
    ("joining", "desk_seated", DESK, "ALL", SEATED),
    ("consent_voice", "intake_own", INTAKE, "ALL", OWN),
)
BY_COMER = ("sealed_text", "sealed_file")


def _here() -> Iterator[str]:
    """Only roles that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return (role for role in GRANTS if op.get_bind().execute(may, {"role": role}).scalar_one())


def _refer(table: str) -> None:
    """Whose a row is: checked once all rows say it, because a check that waits for the end lets nothing be altered before."""
    op.create_foreign_key(
        op.f(f"fk_{table}_comer_id"),
        table,
        "comer",
        ["comer_id"],
        ["id"],
        ondelete="CASCADE",
        deferrable=table == "receipt" or None,
        initially="DEFERRED" if table == "receipt" else None,
    )


_WHOSE = "which of those who came"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _add_tables()
    # one a matter so far; of a talk that became official the words moved on, and its seat stayed
    op.execute(
        "INSERT INTO comer (id, matter_id, number, part, public, here)"
        " SELECT gen_random_uuid(), m.id, 1, 'own', coalesce(r.public, ''), true FROM"
        " (SELECT matter_id AS id FROM seat WHERE holder = 'visitor' UNION SELECT matter_id FROM receipt) m"
        " LEFT JOIN receipt r ON r.matter_id = m.id"
    )
    for table, whose in (
        ("receipt", "true"),
        ("seat", "t.holder = 'visitor'"),
        ("sealed_identity", "true"),
        *((table, "t.author = 'visitor'") for table in BY_COMER),
    ):
        op.add_column(table, sa.Column("comer_id", sa.Uuid(), nullable=True, comment=_WHOSE))
        op.execute(f"UPDATE {table} t SET comer_id = c.id FROM comer c WHERE c.matter_id = t.matter_id AND {whose}")
    op.alter_column("receipt", "comer_id", nullable=False)
    op.alter_column("sealed_identity", "comer_id", nullable=False)
    for table in ("receipt", "seat", "sealed_identity", *BY_COMER):
        _refer(table)
    op.drop_constraint("uq_receipt_matter_id", "receipt", type_="unique")
    op.create_unique_constraint(op.f("uq_receipt_comer_id"), "receipt", ["comer_id"])
    op.create_index(op.f("ix_receipt_matter_id"), "receipt", ["matter_id"])
    op.drop_column("receipt", "public")
    op.drop_constraint("uq_seat_matter_id_holder_person_id_epoch", "seat", type_="unique")
    op.create_unique_constraint(
        op.f("uq_seat_matter_id_holder_person_id_comer_id_epoch"),
        "seat",
        ["matter_id", "holder", "person_id", "comer_id", "epoch"],
        postgresql_nulls_not_distinct=True,
    )
    op.create_check_constraint(op.f("ck_seat_comer"), "seat", "(holder = 'visitor') = (comer_id IS NOT NULL)")
    op.drop_constraint("uq_sealed_identity_matter_id", "sealed_identity", type_="unique")
    op.create_unique_constraint(op.f("uq_sealed_identity_comer_id"), "sealed_identity", ["comer_id"])
    op.create_index(op.f("ix_sealed_identity_matter_id"), "sealed_identity", ["matter_id"])
    op.add_column("sealed_identity", sa.Column("ring", sa.LargeBinary(), nullable=True, comment=_RING))
    op.add_column("sealed_identity", sa.Column("ring_sealed", sa.LargeBinary(), nullable=True, comment=_RING_SEALED))
    _guard()


_RING = "public half of the key that the seats hold for all who joined; null: they hold this identity's own"
_RING_SEALED = "this identity's own key, to that one"


def _add_tables() -> None:
    op.create_table(
        "comer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1 came first; never given again"),
        sa.Column("part", sa.String(), nullable=False, comment="own, for_another, concerned"),
        sa.Column("public", sa.LargeBinary(), nullable=False, comment="X25519 public key of the words: later epochs are sealed to it"),
        sa.Column("here", sa.Boolean(), server_default=sa.text("true"), nullable=False, comment="false: left"),
        sa.CheckConstraint("part IN ('own', 'for_another', 'concerned')", name=op.f("ck_comer_part")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_comer_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comer")),
        sa.UniqueConstraint("matter_id", "number", name=op.f("uq_comer_matter_id_number")),
    )
    op.create_table(
        "joining",
        sa.Column("locator", sa.LargeBinary(), nullable=False, comment="keyed hash of the code: where, and nothing else"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False, comment="own or concerned"),
        sa.Column("public", sa.LargeBinary(), nullable=False, comment="X25519 public key of the code"),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("key_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False, comment="the last day"),
        sa.CheckConstraint("part IN ('own', 'concerned')", name=op.f("ck_joining_part")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_joining_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("locator", name=op.f("pk_joining")),
    )
    op.create_index(op.f("ix_joining_matter_id"), "joining", ["matter_id"])
    op.create_table(
        "consent_voice",
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("comer_id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_consent_voice_consent_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["comer_id"], ["comer.id"], name=op.f("fk_consent_voice_comer_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_consent_voice_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("consent_id", "comer_id", name=op.f("pk_consent_voice")),
    )


def _guard() -> None:
    for body in (NEW_OWN, COMER, FORGET, FORGET_OTHER, END_WORDS, LOCK_OUT, PURGE, HUSH):
        op.execute(body)
    for call in CALLS:
        op.execute(f"REVOKE ALL ON FUNCTION {call} FROM PUBLIC")
    for table in ("comer", "joining", "consent_voice"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {OWNER}_all ON {table} TO {OWNER} USING (true) WITH CHECK (true)")
    for table, name, role, command, using in POLICIES:
        fresh = "" if command == "SELECT" else f" WITH CHECK ({using})"
        op.execute(f"CREATE POLICY {name} ON {table} FOR {command} TO {role} USING ({using}){fresh}")
    op.execute("DROP POLICY intake_own ON receipt")
    # her own row also while its words change: the new row is judged before the setting can follow
    op.execute(f"CREATE POLICY intake_own ON receipt TO {INTAKE} USING ({MINE}) WITH CHECK ({MINE})")
    op.execute("DROP POLICY desk_seated ON receipt")  # where words lead is nobody's at the desk to see
    for role in _here():
        for table, rights in GRANTS[role].items():
            op.execute(f"GRANT {rights} ON {table} TO {role}")
        for call, roles in CALLS.items():
            if role in roles:
                op.execute(f"GRANT EXECUTE ON FUNCTION {call} TO {role}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP POLICY intake_own ON receipt")
    before = f"locator = {TOLD} OR {OWN}"
    op.execute(OLD_OWN)
    op.execute(f"CREATE POLICY intake_own ON receipt TO {INTAKE} USING ({before}) WITH CHECK ({before})")
    op.execute(f"CREATE POLICY desk_seated ON receipt FOR SELECT TO {DESK} USING ({SEATED})")
    op.execute("DROP TRIGGER hush_voices ON consent")
    for table, name, *_ in POLICIES:
        op.execute(f"DROP POLICY {name} ON {table}")
    for call in CALLS:
        op.execute(f"DROP FUNCTION {call}")
    _only_the_first()
    op.drop_constraint(op.f("ck_seat_comer"), "seat", type_="check")
    op.drop_constraint("uq_seat_matter_id_holder_person_id_comer_id_epoch", "seat", type_="unique")
    for table in ("receipt", "seat", "sealed_identity", *BY_COMER):
        op.drop_constraint(f"fk_{table}_comer_id", table, type_="foreignkey")
    op.drop_constraint("uq_receipt_comer_id", "receipt", type_="unique")
    op.drop_constraint("uq_sealed_identity_comer_id", "sealed_identity", type_="unique")
    op.drop_index("ix_receipt_matter_id", "receipt")
    op.drop_index("ix_sealed_identity_matter_id", "sealed_identity")
    for table in ("receipt", "seat", "sealed_identity", *BY_COMER):
        op.drop_column(table, "comer_id")
    op.drop_column("sealed_identity", "ring")
    op.drop_column("sealed_identity", "ring_sealed")
    op.create_unique_constraint(op.f("uq_receipt_matter_id"), "receipt", ["matter_id"])
    op.create_unique_constraint(op.f("uq_sealed_identity_matter_id"), "sealed_identity", ["matter_id"])
    op.create_unique_constraint(
        op.f("uq_seat_matter_id_holder_person_id_epoch"),
        "seat",
        ["matter_id", "holder", "person_id", "epoch"],
        postgresql_nulls_not_distinct=True,
    )
    for table in ("consent_voice", "joining", "comer"):
        op.drop_table(table)


def _only_the_first() -> None:
    """Of each matter only the first of those who are here keeps a way back; an identity that hangs on the ring is lost."""
    op.add_column("receipt", sa.Column("public", sa.LargeBinary(), nullable=True))
    op.execute("UPDATE receipt r SET public = c.public FROM comer c WHERE c.id = r.comer_id")
    kept = "SELECT DISTINCT ON (matter_id) id FROM comer ORDER BY matter_id, here DESC, number"
    for table in ("receipt", "seat", "sealed_identity"):
        op.execute(f"DELETE FROM {table} WHERE comer_id IS NOT NULL AND comer_id NOT IN ({kept})")
    op.execute("DELETE FROM sealed_identity WHERE ring_sealed IS NOT NULL")
    comment = "X25519 public key of the words: later epochs are sealed to it"
    op.alter_column("receipt", "public", nullable=False, comment=comment)
