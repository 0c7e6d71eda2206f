"""Add custody of identities: copies of the key to who somebody is, requests to open it, and what came of each.

A custodian has no seat: row-level security shows a request and a copy to who holds a copy of that very identity, and to who has a
seat in the matter. Nobody answers a request of their own, and no seat answers any. That a request lapsed is written by the sweep,
which touches nothing sealed; a grant that is over loses its key through a function that looks at the office's own day. Whoever
leaves loses all they hold of identities in the same transaction.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

OWNER, INTAKE, DESK, FLOWS = "amparo_owner", "ombuds_intake", "ombuds_desk", "ombuds_flows"
COPY, REQUEST, GRANT = "sealed_identity_copy", "identity_request", "sealed_identity_grant"
WORDS, OPENING = "sealed_identity_words", "identity_opening"
TABLES = (COPY, REQUEST, GRANT, WORDS, OPENING)
ME = "nullif(current_setting('amparo.person', true), '')::uuid"
OWN, SEATED, TYPED = "matter_id = (SELECT own_matter())", "matter_id IN (SELECT seated())", "matter_id = (SELECT typed_matter())"
HELD = "identity_id IN (SELECT held_identities())"
ADMITTED = "holder = 'custodian' AND key_sealed IS NULL"
HOLDS = f"""
CREATE FUNCTION held_identities() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT identity_id FROM {COPY} WHERE person_id = {ME} AND key_sealed IS NOT NULL
$$;
"""
ENDS = f"""
CREATE FUNCTION end_identity_grants(today date) RETURNS integer LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone integer;
BEGIN
  PERFORM require_office_day(today);
  UPDATE {GRANT} SET key_sealed = NULL WHERE until_on < today AND key_sealed IS NOT NULL;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
"""
# with what somebody signs in with, whatever way it goes, all goes that they hold of identities
FORGETS = f"""
CREATE FUNCTION forget_custody() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM {COPY} WHERE person_id = OLD.person_id;
  UPDATE {GRANT} SET key_sealed = NULL WHERE person_id = OLD.person_id AND key_sealed IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER forget_custody AFTER DELETE ON staff_key FOR EACH ROW EXECUTE FUNCTION forget_custody();
"""
HOLDS_CALL, ENDS_CALL = "held_identities()", "end_identity_grants(date)"
POLICIES = (
    (COPY, "intake_own", INTAKE, "ALL", OWN, OWN),
    (COPY, "desk_typed", DESK, "ALL", TYPED, TYPED),
    (COPY, "desk_seated", DESK, "SELECT", SEATED, None),
    (COPY, "desk_held", DESK, "SELECT", f"{HELD} OR person_id = {ME}", None),
    # whoever has a seat says who may have a copy; only who holds one can make it
    (COPY, "desk_admits", DESK, "INSERT", None, f"{SEATED} AND {ADMITTED}"),
    (COPY, "desk_looked", DESK, "UPDATE", f"{SEATED} AND holder = 'recovery'", f"{SEATED} AND holder = 'recovery'"),
    (COPY, "desk_passes_on", DESK, "UPDATE", f"{HELD} AND {ADMITTED}", f"{HELD} AND holder = 'custodian'"),
    (REQUEST, "intake_own", INTAKE, "SELECT", OWN, None),
    (REQUEST, "desk_seated", DESK, "SELECT", SEATED, None),
    (REQUEST, "desk_asks", DESK, "INSERT", None, f"{SEATED} AND asked_by = {ME} AND status = 'waiting'"),
    (REQUEST, "desk_gives_up", DESK, "UPDATE", f"{SEATED} AND status = 'waiting'", f"{SEATED} AND status = 'lapsed'"),
    (REQUEST, "desk_held", DESK, "SELECT", HELD, None),
    (REQUEST, "desk_answers", DESK, "UPDATE", f"{HELD} AND asked_by <> {ME}", f"{HELD} AND answered_by = {ME}"),
    (GRANT, "desk_seated", DESK, "SELECT", SEATED, None),
    (GRANT, "desk_ends", DESK, "UPDATE", SEATED, f"{SEATED} AND key_sealed IS NULL"),
    (GRANT, "desk_grants", DESK, "INSERT", None, f"{HELD} AND person_id <> {ME}"),
    (WORDS, "desk_seated", DESK, "SELECT", SEATED, None),
    (WORDS, "desk_held", DESK, "SELECT", HELD, None),
    (WORDS, "desk_asks", DESK, "INSERT", None, f"{SEATED} AND part = 'reason'"),
    (WORDS, "desk_answers", DESK, "INSERT", None, f"{HELD} AND part = 'answer'"),
    (OPENING, "intake_own", INTAKE, "SELECT", OWN, None),
    (OPENING, "desk_seated", DESK, "ALL", SEATED, SEATED),
    (REQUEST, "ombuds_flows_all", FLOWS, "ALL", "true", "true"),
)


def _here(roles: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Only roles that may connect to this database, each with what it is granted."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    for role, granted in roles.items():
        if op.get_bind().execute(may, {"role": role}).scalar_one():
            yield from ((role, grant) for grant in granted)


def _of_an_identity(table: str) -> tuple[SchemaItem, ...]:
    return (
        sa.Column("identity_id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["sealed_identity.id"], name=op.f(f"fk_{table}_identity_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f(f"fk_{table}_matter_id"), ondelete="CASCADE"),
    )


def _of_a_request(table: str) -> tuple[SchemaItem, ...]:
    return (
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["identity_request.id"], name=op.f(f"fk_{table}_request_id"), ondelete="CASCADE"),
    )


def _people(table: str, *columns: str) -> tuple[SchemaItem, ...]:
    return tuple(sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_{table}_{name}")) for name in columns)


def _add_copy() -> None:
    op.create_table(
        COPY,
        sa.Column("id", sa.Uuid(), nullable=False),
        *_of_an_identity(COPY),
        sa.Column("holder", sa.String(), nullable=False, comment="custodian or recovery"),
        sa.Column("person_id", sa.Uuid(), nullable=True, comment="only for a custodian"),
        sa.Column("epoch", sa.Integer(), nullable=False, comment="of the case: its key is needed, too"),
        sa.Column(
            "public",
            sa.LargeBinary(),
            nullable=False,
            comment="what reasons of requests are sealed to; the same in all copies of one",
        ),
        sa.Column(
            "key_sealed", sa.LargeBinary(), nullable=True, comment="null: may have one, and waits for somebody who holds one"
        ),
        sa.Column(
            "roster",
            sa.LargeBinary(),
            nullable=True,
            comment="of recovery's: hash of the custodians for whom it was last looked at",
        ),
        *_people(COPY, "person_id"),
        sa.CheckConstraint("(holder = 'custodian') = (person_id IS NOT NULL)", name=op.f(f"ck_{COPY}_holder")),
        sa.CheckConstraint("holder = 'custodian' OR key_sealed IS NOT NULL", name=op.f(f"ck_{COPY}_recovery_holds")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{COPY}")),
        sa.UniqueConstraint(
            "identity_id",
            "holder",
            "person_id",
            name=op.f(f"uq_{COPY}_identity_id_holder_person_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    holding = sa.text("key_sealed IS NOT NULL")
    op.create_index(f"ix_{COPY}_person_id", COPY, ["person_id"], unique=False, postgresql_where=holding)


def _add_request() -> None:
    op.create_table(
        REQUEST,
        sa.Column("id", sa.Uuid(), nullable=False),
        *_of_an_identity(REQUEST),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("lapses_on", sa.Date(), nullable=False, comment="the last day on which it can be answered"),
        sa.Column("text_id", sa.Uuid(), nullable=False, comment="why, for the case"),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False, comment="of that epoch: what the answer's words are sealed to"),
        sa.Column("in_ledger", sa.Boolean(), nullable=False, comment="whether the ledger keeps lines of such matters"),
        sa.Column("status", sa.String(), nullable=False, comment="waiting, approved, refused or lapsed"),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True, comment="the last day on which the approval opens anything"),
        *_people(REQUEST, "asked_by", "answered_by"),
        sa.ForeignKeyConstraint(["text_id"], ["sealed_text.id"], name=op.f(f"fk_{REQUEST}_text_id"), ondelete="CASCADE"),
        sa.CheckConstraint("status IN ('waiting', 'approved', 'refused', 'lapsed')", name=op.f(f"ck_{REQUEST}_status")),
        sa.CheckConstraint(
            "(status IN ('approved', 'refused')) = (answered_by IS NOT NULL)", name=op.f(f"ck_{REQUEST}_answered")
        ),
        sa.CheckConstraint("(status = 'approved') = (until_on IS NOT NULL)", name=op.f(f"ck_{REQUEST}_until")),
        sa.CheckConstraint("answered_by IS DISTINCT FROM asked_by", name=op.f(f"ck_{REQUEST}_another")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{REQUEST}")),
    )
    waiting = sa.text("status = 'waiting'")
    op.create_index(f"uq_{REQUEST}_waiting", REQUEST, ["identity_id", "asked_by"], unique=True, postgresql_where=waiting)


def _add_answers() -> None:
    op.create_table(
        GRANT,
        *_of_a_request(GRANT),
        *_of_an_identity(GRANT),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("key_sealed", sa.LargeBinary(), nullable=True, comment="null: it is over"),
        *_people(GRANT, "person_id"),
        sa.PrimaryKeyConstraint("request_id", name=op.f(f"pk_{GRANT}")),
    )
    op.create_table(
        WORDS,
        *_of_a_request(WORDS),
        sa.Column("part", sa.String(), nullable=False, comment="reason: to the custodians; answer: to the case"),
        *_of_an_identity(WORDS),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("part IN ('reason', 'answer')", name=op.f(f"ck_{WORDS}_part")),
        sa.PrimaryKeyConstraint("request_id", "part", name=op.f(f"pk_{WORDS}")),
    )
    op.create_table(
        OPENING,
        *_of_a_request(OPENING),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f(f"fk_{OPENING}_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("request_id", "day", name=op.f(f"pk_{OPENING}")),
    )


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _add_copy()
    _add_request()
    _add_answers()
    for body, call, role in ((HOLDS, HOLDS_CALL, DESK), (ENDS, ENDS_CALL, FLOWS)):
        op.execute(body)
        op.execute(f"REVOKE ALL ON FUNCTION {call} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {call} TO {OWNER}")
        for to, grant in _here({role: (f"EXECUTE ON FUNCTION {call}",)}):
            op.execute(f"GRANT {grant} TO {to}")
    op.execute(FORGETS)
    op.execute("REVOKE ALL ON FUNCTION forget_custody() FROM PUBLIC")
    for table in TABLES:
        op.create_index(f"ix_{table}_matter_id", table, ["matter_id"], unique=False)
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {OWNER}_all ON {table} TO {OWNER} USING (true) WITH CHECK (true)")
    for table, name, role, command, using, check in POLICIES:
        rows = f" USING ({using})" if using else ""
        fresh = f" WITH CHECK ({check})" if check else ""
        op.execute(f"CREATE POLICY {name} ON {table} FOR {command} TO {role}{rows}{fresh}")
    granted = {
        INTAKE: (f"SELECT, INSERT ON {COPY}", f"SELECT ON {REQUEST}", f"SELECT ON {OPENING}"),
        DESK: (
            *(f"SELECT, INSERT, UPDATE ON {table}" for table in (COPY, REQUEST, GRANT)),
            *(f"SELECT, INSERT ON {table}" for table in (WORDS, OPENING)),
        ),
        FLOWS: (f"SELECT, UPDATE ON {REQUEST}",),
    }
    for role, grant in _here(granted):
        op.execute(f"GRANT {grant} TO {role}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP TRIGGER forget_custody ON staff_key")
    op.execute("DROP FUNCTION forget_custody()")
    op.execute(f"DROP FUNCTION {ENDS_CALL}")
    for table in (OPENING, WORDS, GRANT, REQUEST):
        op.drop_table(table)
    for name in ("desk_held", "desk_passes_on"):
        op.execute(f"DROP POLICY {name} ON {COPY}")
    op.execute(f"DROP FUNCTION {HOLDS_CALL}")
    op.drop_table(COPY)
