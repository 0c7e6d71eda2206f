"""Walls inside the office: words lead to one matter, a person sees the matters of their seats, and nobody else sees a row."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import psycopg
import pytest
from psycopg import errors, sql

from actions.retention import keep_house
from records.bootstrap import DIRECTOR
from records.tables import METADATA
from tests.fixtures.databases import Database, Server
from tests.fixtures.ombuds_office import OmbudsStage, ombuds_house
from tests.fixtures.visitors import Guest, at_desk, come, on_rung, opened_by, secret
from tests.laws.test_walls import MATRIX, session


@pytest.fixture(scope="module")
def office(database_server: Server) -> Iterator[Database]:
    """One office for the whole module: what is tried here does not stay."""
    with contextmanager(database_server.fresh)("ombuds") as database:
        yield database


@pytest.fixture(scope="module")
def two(office: Database) -> Iterator[tuple[OmbudsStage, Guest, Guest]]:
    """Two complaints with something in every table: the first must not be seen by officer_a, the second not by the head."""
    with ombuds_house(office) as stage:
        yield stage, filled(stage, "officer_a"), filled(stage, "head")


def filled(stage: OmbudsStage, excluded: str) -> Guest:
    guest = come(stage, identity=secret("Rosa Luna"), excluded=(stage.people[excluded],))
    matter = guest.matter
    who = on_rung(stage, matter, 0)
    opened_by(stage, who, matter)
    for trigger in ("acknowledge", "screen", "inquire"):
        at_desk(stage, who, matter, trigger)
    at_desk(stage, who, matter, "suspend", reason="We wait.")
    at_desk(
        stage,
        who,
        matter,
        "ask_consent",
        to="Human Resources",
        text="Move her desk.",
        purpose="issue",
        audience="human_resources",
    )
    guest.does("consent", consent=guest.sees().consents[-1].id)
    at_desk(stage, who, matter, "draft", text="So it is.")
    at_desk(stage, who, matter, "conclude_without_names", text="So it is.", names_nobody=True)
    at_desk(stage, who, matter, "recommend", text="Move her desk.", to="Human Resources")
    guest.does("withdraw_stop")
    plant(stage, matter, stage.people[who])
    return guest


def seated(stage: OmbudsStage, who: str, matter: UUID) -> bool:
    query = "SELECT 1 FROM seat WHERE matter_id = :m AND person_id = :p"
    return bool(stage.rows(query, m=matter, p=stage.people[who]))


def plant(stage: OmbudsStage, matter: UUID, person: UUID) -> None:
    """Rows of the kinds that take years to come about."""
    told = {"m": matter, "p": person, "d": date(2016, 9, 1)}
    with psycopg.connect(stage.database.owner_url.replace("+psycopg", "", 1)) as owner:
        for statement in (
            "INSERT INTO consultation (matter_id, language) VALUES (%(m)s, 'en')",
            "INSERT INTO waiver (id, matter_id, rule, by_person, authority, reason, until_on)"
            " VALUES (gen_random_uuid(), %(m)s, 'inquiry', %(p)s, 'x', 'x', %(d)s)",
            "INSERT INTO hold VALUES (gen_random_uuid(), %(m)s, 'court', %(p)s, %(d)s, '2017-01-01', NULL)",
            "INSERT INTO shred_announcement VALUES (%(m)s, %(d)s, %(d)s, %(d)s)",
            "INSERT INTO rung_fired SELECT id, 'x', 0, now(), now(), NULL, 'told' FROM clock WHERE matter_id = %(m)s",
            "INSERT INTO sealed_file (id, matter_id, epoch, author, visibility, name_sealed, key_sealed, arrived_at, made_on)"
            " VALUES (%(m)s, %(m)s, 1, 'visitor', 'shared', '', '', now(), %(d)s)",
            "INSERT INTO joining SELECT id::text::bytea, id, matter_id, 'own', '', 1, '', '2017-01-01' FROM comer"
            " WHERE matter_id = %(m)s",
            "INSERT INTO consent_voice SELECT n.id, c.id, c.matter_id FROM comer c JOIN consent n USING (matter_id)"
            " WHERE c.matter_id = %(m)s LIMIT 1",
            "INSERT INTO sealed_chunk VALUES (%(m)s, %(m)s, 0, '')",
            "INSERT INTO case_mark VALUES (%(m)s, 1, 'x', %(d)s)",
            "INSERT INTO case_facts VALUES (%(m)s, 'US-DC', 'staff', 'head', %(m)s, 1, %(p)s, %(d)s)",
            "INSERT INTO case_issue VALUES (%(m)s, '2H', true)",
            "INSERT INTO sealed_identity_copy (id, identity_id, matter_id, holder, epoch, public, key_sealed)"
            " SELECT gen_random_uuid(), id, matter_id, 'recovery', 1, '', '' FROM sealed_identity WHERE matter_id = %(m)s",
            "INSERT INTO identity_request (id, identity_id, matter_id, asked_by, asked_on, urgent, lapses_on, text_id, epoch,"
            " public, in_ledger, status)"
            " SELECT gen_random_uuid(), i.id, i.matter_id, %(p)s, %(d)s, false, %(d)s, t.id, 1, '', true, 'lapsed'"
            " FROM sealed_identity i, sealed_text t WHERE i.matter_id = %(m)s AND t.matter_id = %(m)s AND t.seq = 1",
            "INSERT INTO sealed_identity_grant (request_id, identity_id, matter_id, person_id, epoch, until_on)"
            " SELECT id, identity_id, matter_id, %(p)s, 1, %(d)s FROM identity_request WHERE matter_id = %(m)s",
            "INSERT INTO sealed_identity_words SELECT id, 'reason', identity_id, matter_id, '' FROM identity_request"
            " WHERE matter_id = %(m)s",
            "INSERT INTO identity_opening SELECT id, %(d)s, matter_id FROM identity_request WHERE matter_id = %(m)s",
            "INSERT INTO queue_line SELECT person_id, matter_id, 'x', 'x', false, %(d)s, %(d)s, true, true, true"
            " FROM seat WHERE matter_id = %(m)s AND person_id IS NOT NULL ON CONFLICT DO NOTHING",
        ):
            owner.execute(statement, told)


OWNER_OF = {
    "matter": "id",
    "rung_fired": "(SELECT c.matter_id FROM clock c WHERE c.id = clock_id)",
    "link": "to_id",
}
TIED = {
    "matter",
    "event",
    "clock",
    "pause",
    "responsibility",
    "recommendation",
    "protection",
    "seat",
    "rung_fired",
    "case_spell",
    "case_mark",
}
"""What she reaches of what grew out of her matter, because it ends with it and hears her: never its texts or keys."""
BY_MATTER = [table.name for table in METADATA.sorted_tables if "matter_id" in table.columns or table.name in OWNER_OF]


def whose(connection: psycopg.Connection, table: str) -> dict[UUID, int]:
    """How many rows of a table are seen, by the matter they belong to."""
    asked = sql.SQL(f"SELECT {OWNER_OF.get(table, 'matter_id')} AS m, count(*) FROM {table} GROUP BY 1")
    return {row[0]: row[1] for row in connection.execute(asked)}


def readable(role: str) -> list[str]:
    """Tables that hold rows of matters and that a role may read."""
    return [table for table in BY_MATTER if "S" in MATRIX["ombuds"][role].get(table, "")]


def grown(stage: OmbudsStage, matter: UUID) -> set[UUID]:
    return {UUID(str(row[0])) for row in stage.rows("SELECT from_id FROM link WHERE to_id = :m", m=matter)}


def test_every_table_with_rows_of_matters_is_guarded_by_rows(office: Database):
    with session(office.owner_url) as owner:
        rows = owner.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        guarded = {row[0] for row in rows}
    in_the_house_alone = {"mandate", "proposal", "decision", "executive_order"}
    in_the_house_alone |= {"structure_registration", "structure_waiver", "proposal_version", "proposal_merge", "document"}
    in_the_house_alone |= {"meeting", "meeting_item", "meeting_presence", "meeting_correction", "deciding", "advice", "amendment"}
    in_the_house_alone |= {"transmittal", "report_receipt"}
    assert set(BY_MATTER) - guarded == {"ledger_entry"} | in_the_house_alone  # the doors add to the ledger and never read it


def test_words_lead_to_one_matter_in_every_table(two: tuple[OmbudsStage, Guest, Guest]):
    stage, first, second = two
    everything = {}
    with session(stage.database.owner_url) as owner:
        everything = {table: whose(owner, table) for table in readable("ombuds_intake")}
    lacking = {table for table, rows in everything.items() if not rows.get(first.matter)} - {"recommendation", "protection"}
    assert lacking == set(), "the test proves nothing of a table without rows"
    for guest in (first, second):
        own = guest.matter
        with session(stage.database.url("ombuds_intake")) as connection:
            connection.execute("SELECT set_config('amparo.locator', %s, true)", (guest.visitor.locator.hex(),))
            for table in readable("ombuds_intake"):
                reached = {own} | (grown(stage, own) if table in TIED else set())
                expected = {matter: count for matter, count in everything[table].items() if matter in reached}
                assert whose(connection, table) == expected, table


@pytest.mark.parametrize("told", [None, "", "00" * 32])
def test_without_words_nothing_is_seen_at_intake(two: tuple[OmbudsStage, Guest, Guest], told: str | None):
    stage, *_ = two
    with session(stage.database.url("ombuds_intake")) as connection:
        if told is not None:
            connection.execute("SELECT set_config('amparo.locator', %s, true)", (told,))
        assert {table: rows for table in readable("ombuds_intake") if (rows := whose(connection, table))} == {}


def test_at_the_desk_a_person_sees_the_matters_of_their_seats_in_every_table(two: tuple[OmbudsStage, Guest, Guest]):
    stage, first, second = two
    with session(stage.database.owner_url) as owner:
        everything = {table: whose(owner, table) for table in readable("ombuds_desk")}
    for who, expected in (("officer_a", {second.matter}), ("head", {first.matter}), ("alternate", {first.matter, second.matter})):
        reached = {one for one in (first.matter, second.matter) if seated(stage, who, one)}
        assert reached <= expected
        reached |= {rec for one in reached for rec in grown(stage, one)}
        with session(stage.database.url("ombuds_desk")) as connection:
            connection.execute("SELECT set_config('amparo.person', %s, true)", (str(stage.people[who]),))
            for table, rows in everything.items():
                seen = {matter: count for matter, count in rows.items() if matter in reached}
                own = dict.fromkeys(seen, 1) if table == "queue_line" else seen  # of a queue, only one's own line
                own = {} if table == "receipt" else own  # where words lead is nobody's to see at the desk
                assert whose(connection, table) == own, table


@pytest.mark.parametrize("told", [None, "", str(UUID(int=7))])
def test_nobody_at_the_desk_sees_nothing(two: tuple[OmbudsStage, Guest, Guest], told: str | None):
    stage, *_ = two
    with session(stage.database.url("ombuds_desk")) as connection:
        if told is not None:
            connection.execute("SELECT set_config('amparo.person', %s, true)", (told,))
        assert {table: rows for table in readable("ombuds_desk") if (rows := whose(connection, table))} == {}


@pytest.mark.parametrize(("role", "setting"), [("ombuds_intake", "amparo.locator"), ("ombuds_desk", "amparo.person")])
def test_nobody_writes_into_a_matter_that_is_not_theirs(two: tuple[OmbudsStage, Guest, Guest], role: str, setting: str):
    stage, first, second = two
    me = first.visitor.locator.hex() if role == "ombuds_intake" else str(stage.people["head"])
    with session(stage.database.url(role)) as connection:
        for table in readable(role):
            rights, key = MATRIX["ombuds"][role][table], OWNER_OF.get(table, "matter_id")
            written = {"U": f"UPDATE {table} SET {key} = {key}", "D": f"DELETE FROM {table}"}
            for right, statement in written.items():
                if right in rights and table != "rung_fired":
                    with connection.transaction(force_rollback=True):
                        connection.execute("SELECT set_config(%s, %s, true)", (setting, me))
                        done = connection.execute(sql.SQL(f"{statement} WHERE {key} = %s"), (second.matter,))
                        assert done.rowcount == 0, (table, right)
        insert = (
            "INSERT INTO sealed_text (id, matter_id, seq, slot, epoch, author, visibility, sealed, made_on)"
            " VALUES (%s, %s, 99, 'message', 1, 'visitor', 'shared', '', '2016-09-01')"
        )
        connection.execute("SELECT set_config(%s, %s, false)", (setting, me))
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            connection.execute(insert, (UUID(int=1), second.matter))


@pytest.mark.parametrize("role", ["ombuds_intake", "ombuds_desk"])
def test_row_level_security_cannot_be_switched_off(two: tuple[OmbudsStage, Guest, Guest], role: str):
    stage, *_ = two
    with session(stage.database.url(role)) as connection:
        connection.execute("SET row_security = off")
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("SELECT count(*) FROM matter")


def test_only_flows_destroys_and_no_door_can_ask_for_it(two: tuple[OmbudsStage, Guest, Guest]):
    stage, first, _ = two
    for role in ("ombuds_intake", "ombuds_desk", "ombuds_reports", DIRECTOR):
        with session(stage.database.url(role)) as connection, pytest.raises(errors.InsufficientPrivilege):
            connection.execute("SELECT shred(%s, '2016-09-01')", (first.matter,))
    assert keep_house(stage.flows).destroyed == 0
    assert stage.rows("SELECT count(*) FROM matter WHERE kind = 'complaint'") == [(2,)]
