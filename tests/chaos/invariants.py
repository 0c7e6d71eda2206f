"""What must hold in the database of a house at every moment, whatever was killed: each assertion gives rows only if broken.

After Caseflow's data-integrity checkers (peers.md D10): a house is not believed, it is asked. `broken` may be asked between any
two transactions, with everything running; `unsettled` only when nobody works and nothing should be due.
"""

import json
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, Engine, text

from actions.kernel.step import subject_of
from actions.kernel.watching import derive
from actions.kinds import KINDS
from actions.office import Office
from records import clocks, matters
from records.books import Books
from records.ledger import leaf_bytes
from records.ledger.entries import SaltedEntry, read_canonical, read_entry
from records.mandate import LINEAGE
from records.matters import Matter
from states.clocks import Happened, Known, Status, follow
from states.table import After, StateTable

_FINAL = "(" + ", ".join(
    f"('{kind.name}', '{stage.name}')" for kind in KINDS.values() for stage in kind.table.stages if stage.final
) + ")"  # fmt: skip
_OUTLIVING = {clock.name for kind in KINDS.values() for clock in kind.table.clocks if clock.outlives}
_OUTLIVES = "ARRAY[" + ", ".join(f"'{name}'" for name in sorted(_OUTLIVING)) + "]::text[]"
_LINEAGE = "(" + ", ".join(f"'{tie}'" for tie in LINEAGE) + ")"

INVARIANTS: dict[str, str] = {
    # what fired
    "no rung of a clock fired twice": """
        SELECT clock_id, rung, round FROM rung_fired GROUP BY 1, 2, 3 HAVING count(*) > 1""",
    "no rung fired before its instant": """
        SELECT clock_id, rung, round, due_at, fired_at FROM rung_fired WHERE fired_at < due_at""",
    "the rungs of a clock fired in the order of their instants": """
        SELECT * FROM (SELECT clock_id, rung, fired_at, lag(fired_at) OVER (PARTITION BY clock_id ORDER BY due_at, fired_at)
        AS before FROM rung_fired) r WHERE before > fired_at""",
    "the rounds of a rung have no gaps and follow each other": """
        SELECT * FROM (SELECT clock_id, rung, round, row_number() OVER (PARTITION BY clock_id, rung ORDER BY round) - 1 AS nth,
        due_at, lag(due_at) OVER (PARTITION BY clock_id, rung ORDER BY round) AS before FROM rung_fired) r
        WHERE round <> nth OR before >= due_at""",
    "a rung that reached somebody says so, and one that did not names nobody": """
        SELECT clock_id, rung, outcome FROM rung_fired
        WHERE (outcome IN ('told', 'handed_over')) <> (person_id IS NOT NULL)""",
    "no lapse was refused": """
        SELECT clock_id, rung FROM rung_fired WHERE outcome = 'refused'""",
    "sweeps wrote down no more than fired": """
        SELECT counted FROM (SELECT coalesce(sum(fired), 0) AS counted FROM sweep_run) s
        WHERE counted > (SELECT count(*) FROM rung_fired)""",
    # what is watched
    "one running clock of a name at most": """
        SELECT matter_id, name FROM clock WHERE status = 'running' GROUP BY 1, 2 HAVING count(*) > 1""",
    "only the newest epoch of a clock runs": """
        SELECT c.matter_id, c.name, c.epoch FROM clock c JOIN clock d USING (matter_id, name)
        WHERE c.status = 'running' AND d.epoch > c.epoch""",
    "epochs are numbered without gaps": """
        SELECT matter_id, name FROM clock GROUP BY 1, 2 HAVING min(epoch) <> 1 OR max(epoch) <> count(*)""",
    "a running clock has an instant ahead, unless it is paused": """
        SELECT c.id, c.name FROM clock c WHERE c.status = 'running' AND c.next_at IS NULL AND NOT EXISTS
        (SELECT 1 FROM pause p WHERE p.matter_id = c.matter_id AND p.until_on IS NULL)""",
    "a running clock has a due day, unless it is paused": """
        SELECT c.id, c.name FROM clock c WHERE c.status = 'running' AND c.due_on IS NULL AND NOT EXISTS
        (SELECT 1 FROM pause p WHERE p.matter_id = c.matter_id AND p.until_on IS NULL)""",
    "a clock that stopped has its day, fires nothing, and a running one has not stopped": """
        SELECT id, name, status FROM clock WHERE status NOT IN ('running', 'met', 'lapsed', 'ended')
        OR (status = 'running') <> (stopped_on IS NULL) OR (status <> 'running' AND next_at IS NOT NULL)""",
    "no clock runs on a matter at rest": f"""
        SELECT c.id, c.name FROM clock c JOIN matter m ON m.id = c.matter_id
        WHERE m.rested_on IS NOT NULL AND c.status = 'running' AND c.name <> ALL ({_OUTLIVES})""",
    "somebody is reminded of every matter that is not at rest": """
        SELECT m.id, m.state FROM matter m WHERE m.rested_on IS NULL
        AND NOT EXISTS (SELECT 1 FROM clock c WHERE c.matter_id = m.id AND c.status = 'running')""",
    "a clock lapsed exactly if it moved its matter": """
        SELECT c.id, c.name, c.status FROM clock c WHERE (c.status = 'lapsed') <> EXISTS
        (SELECT 1 FROM rung_fired f WHERE f.clock_id = c.id AND f.rung = 'lapse' AND f.outcome = 'lapsed')""",
    "every lapse in a history is the lapse of a clock": """
        SELECT e.matter_id, e.seq FROM event e WHERE e.by_clock IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM clock c JOIN rung_fired f ON f.clock_id = c.id AND f.rung = 'lapse'
        WHERE c.matter_id = e.matter_id AND c.name = e.by_clock AND f.due_at = e.recorded_at)""",
    "no clock is dead, and none waits for another try": """
        SELECT id, name, attempts FROM clock WHERE dead OR attempts > 0 OR retry_at IS NOT NULL""",
    # what happened
    "a matter is where its newest event led": """
        SELECT m.id, m.state, e.dest FROM matter m LEFT JOIN LATERAL
        (SELECT dest FROM event WHERE matter_id = m.id ORDER BY seq DESC LIMIT 1) e ON true
        WHERE e.dest IS DISTINCT FROM m.state""",
    "events chain: each begins where the last one ended": """
        SELECT * FROM (SELECT matter_id, seq, source, lag(dest) OVER (PARTITION BY matter_id ORDER BY seq) AS before
        FROM event) e WHERE before <> source""",
    "a history begins with being opened and is numbered without gaps": """
        SELECT matter_id FROM event GROUP BY 1 HAVING min(seq) <> 1 OR max(seq) <> count(*)
        OR count(*) FILTER (WHERE trigger = 'open' AND seq = 1) <> 1 OR count(*) FILTER (WHERE trigger = 'open') <> 1""",
    "a version counts the events": """
        SELECT m.id, m.version FROM matter m WHERE m.version <> (SELECT count(*) FROM event e WHERE e.matter_id = m.id)""",
    "a matter is at rest exactly in a final stage, since the day on which it came there": f"""
        SELECT m.id, m.state, m.rested_on FROM matter m WHERE ((m.kind, m.state) IN {_FINAL}) <> (m.rested_on IS NOT NULL)
        OR m.rested_on <> (SELECT effective_on FROM event e WHERE e.matter_id = m.id
        AND e.source <> e.dest ORDER BY seq DESC LIMIT 1)""",
    "every event names a person, a clock, or another matter's act; those of reports may be the house's own": """
        SELECT e.matter_id, e.seq FROM event e WHERE e.by_person IS NOT NULL AND e.by_clock IS NOT NULL
        OR (e.by_person IS NULL AND e.by_clock IS NULL
        AND NOT EXISTS (SELECT 1 FROM matter m WHERE m.id = e.matter_id AND m.kind IN ('report', 'transmittal'))
        AND NOT EXISTS (SELECT 1 FROM link l WHERE e.matter_id IN (l.from_id, l.to_id)))""",
    "nothing took effect after it was written down": """
        SELECT matter_id, seq FROM event WHERE effective_on > (recorded_at AT TIME ZONE 'UTC')::date""",
    # who answers for it
    "exactly one person is responsible for a matter of the house": """
        SELECT m.id FROM matter m WHERE m.kind IN ('mandate', 'proposal') AND
        (SELECT count(*) FROM responsibility r WHERE r.matter_id = m.id AND r.until_at IS NULL) <> 1""",
    "every hand-over is a rung that fired, and the reverse": """
        SELECT m.id FROM matter m WHERE
        (SELECT count(*) FROM responsibility r WHERE r.matter_id = m.id AND r.why = 'handed_over') <>
        (SELECT count(*) FROM rung_fired f JOIN clock c ON c.id = f.clock_id
        WHERE c.matter_id = m.id AND f.outcome = 'handed_over')""",
    # what is told
    "no notice is made twice": """
        SELECT dedup FROM outbox GROUP BY 1 HAVING count(*) > 1""",
    "every notice belongs to a rung that fired, and goes to whom it reached": """
        SELECT o.dedup FROM outbox o WHERE o.params ? 'rung' AND NOT EXISTS
        (SELECT 1 FROM rung_fired f WHERE o.dedup = f.clock_id || ':' || f.rung || ':' || f.round
        AND f.person_id = o.person_id AND f.outcome IN ('told', 'handed_over'))""",
    "the newest rung of each clock and person has its notice": """
        SELECT f.clock_id, f.rung, f.round FROM rung_fired f WHERE f.person_id IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM rung_fired g WHERE g.clock_id = f.clock_id AND g.person_id = f.person_id AND g.due_at > f.due_at)
        AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.dedup = f.clock_id || ':' || f.rung || ':' || f.round)""",
    # what is kept
    "every event has its one entry in the ledger": """
        SELECT e.matter_id, e.seq FROM event e JOIN matter m ON m.id = e.matter_id WHERE
        (SELECT count(*) FROM ledger_entry l WHERE l.matter_id = e.matter_id AND (l.body::jsonb->'facts'->>'version')::int = e.seq
        AND l.body::jsonb->'facts'->>'trigger' = e.trigger AND l.body::jsonb->'facts'->>'source' = e.source
        AND l.body::jsonb->'facts'->>'dest' = e.dest AND l.body::jsonb->>'by' IS NOT DISTINCT FROM e.by_person::text
        AND l.body::jsonb->>'what' = m.kind || CASE WHEN e.trigger = 'open' THEN '.opened'
        WHEN e.by_clock IS NOT NULL THEN '.lapsed' ELSE '.moved' END) <> 1""",
    "the ledger tells of no event that did not happen": """
        SELECT l.id FROM ledger_entry l WHERE l.body::jsonb->'facts' ? 'version' AND NOT EXISTS
        (SELECT 1 FROM event e WHERE e.matter_id = l.matter_id AND e.seq = (l.body::jsonb->'facts'->>'version')::int)""",
    "every hand-over is in the ledger": """
        SELECT m.id FROM matter m WHERE
        (SELECT count(*) FROM responsibility r WHERE r.matter_id = m.id AND r.why = 'handed_over') <>
        (SELECT count(*) FROM ledger_entry l WHERE l.matter_id = m.id AND l.body::jsonb->>'what' = m.kind || '.handed_over')""",
    "every matter has its details": """
        SELECT id, kind FROM matter m WHERE (kind = 'mandate' AND NOT EXISTS (SELECT 1 FROM mandate d WHERE d.matter_id = m.id))
        OR (kind = 'proposal' AND NOT EXISTS (SELECT 1 FROM proposal d WHERE d.matter_id = m.id))""",
    "every matter has the edition it is judged by": """
        SELECT id FROM matter m WHERE NOT EXISTS (SELECT 1 FROM edition e WHERE e.hash = m.edition)""",
    "every tie leads from a matter to a matter": """
        SELECT l.* FROM link l WHERE NOT EXISTS (SELECT 1 FROM matter m WHERE m.id = l.from_id)
        OR NOT EXISTS (SELECT 1 FROM matter m WHERE m.id = l.to_id) OR l.from_id = l.to_id""",
    "the lineage of mandates has no circle": f"""
        WITH RECURSIVE older(start, id) AS (SELECT from_id, to_id FROM link WHERE type IN {_LINEAGE}
        UNION SELECT o.start, l.to_id FROM older o JOIN link l ON l.from_id = o.id AND l.type IN {_LINEAGE})
        SELECT start FROM older WHERE start = id""",
    "who was taken up is at rest, and by one that is known": f"""
        SELECT e.matter_id, e.seq FROM event e WHERE e.trigger IN ('merge', 'supersede') AND NOT EXISTS
        (SELECT 1 FROM link l WHERE l.to_id = e.matter_id AND l.from_id::text = e.facts->>'successor'
        AND l.type IN {_LINEAGE})""",
}
"""By what must hold: the question whose answer is empty as long as it does."""

_IN_TIME: dict[str, str] = {
    "a matter was never without somebody responsible, nor with two": """
        SELECT * FROM (SELECT matter_id, from_at, lag(until_at) OVER (PARTITION BY matter_id
        ORDER BY from_at, until_at NULLS LAST) AS before, row_number() OVER (PARTITION BY matter_id
        ORDER BY from_at, until_at NULLS LAST) AS nth FROM responsibility) r WHERE nth > 1 AND before IS DISTINCT FROM from_at""",
    "a history is written down in the order of time, but for lapses, which stand at the instant they were due": """
        SELECT * FROM (SELECT matter_id, seq, recorded_at, lag(recorded_at) OVER (PARTITION BY matter_id ORDER BY seq) AS before
        FROM event WHERE by_clock IS NULL) e WHERE before > recorded_at""",
}
"""What holds besides as long as nobody moves the office's instant while an act is under way."""

_UNSETTLED: dict[str, str] = {
    "nothing is due": """
        SELECT c.id, c.name, c.next_at FROM clock c, office_clock o WHERE c.next_at <= o.instant""",
}


def _as_one(questions: Mapping[str, str]) -> str:
    """All questions in one query, so that asking them after every step of a walk stays cheap."""
    parts = [f"SELECT {number} AS n, r::text AS row FROM ({query}) r" for number, query in enumerate(questions.values())]
    return " UNION ALL ".join(parts)


def broken(
    engine: Engine, office: Office, *, in_time: bool = True, questions: Mapping[str, str] = INVARIANTS
) -> dict[str, list[str]]:
    """Every assertion that does not hold, with the rows that break it.

    `engine` is the owner's, who may look at everything; `office` one of the same database, by which dates are derived again.
    """
    with engine.connect() as connection:
        found = _asked(connection, questions)
        if in_time:
            found |= _asked(connection, _IN_TIME)
        found |= _named("every ledger entry is what its leaf stands for", _wrong_leaves(connection))
    with office.open() as books:
        found |= _named("a running clock has the date and instant its history gives (D18)", _wrong_dates(office, books))
        found |= _named("the clocks are those the history gives (D18)", _wrong_clocks(office, books))
    return found


def unsettled(engine: Engine) -> dict[str, list[str]]:
    """What must also hold when nobody works and everything due has fired."""
    with engine.connect() as connection:
        return _asked(connection, _UNSETTLED)


def _asked(connection: Connection, questions: Mapping[str, str]) -> dict[str, list[str]]:
    names, found = list(questions), dict[str, list[str]]()
    for number, row in connection.exec_driver_sql(_as_one(questions)):
        found.setdefault(names[number], []).append(row)
    return found


def _named(name: str, rows: Iterator[str]) -> dict[str, list[str]]:
    wrong = list(rows)
    return {name: wrong} if wrong else {}


def _wrong_leaves(connection: Connection) -> Iterator[str]:
    for row in connection.execute(text("SELECT id, commitment, body, salt, matter_id FROM ledger_entry WHERE body IS NOT NULL")):
        entry = read_entry(read_canonical(row.body))
        recorded = entry if row.salt is None else SaltedEntry(entry, bytes(row.salt))
        if leaf_bytes(recorded) != row.commitment or entry.matter != (str(row.matter_id) if row.matter_id else None):
            yield json.dumps([str(row.id), row.body])


def _all_matters(books: Books) -> list[Matter]:
    """Every matter there is, ended ones too, oldest first."""
    ids = books.connection.execute(text("SELECT id FROM matter ORDER BY opened_at, id")).scalars()
    return [matters.find(books, matter_id) for matter_id in ids]


def _wrong_dates(office: Office, books: Books) -> Iterator[str]:
    """Derive the due day and the next instant of every running clock again, from nothing but what is kept."""
    running = clocks.running(books, [matter.id for matter in _all_matters(books)])
    fired = clocks.fired(books, [row.id for row in running])
    for row in running:
        subject = subject_of(office.kinds, books, matters.find(books, row.matter_id))
        due, moment = derive(books, subject, row, fired[row.id])
        told = (row.due_on, row.next_at)
        if told != (due.on, moment.at if moment else None):
            yield f"{row.matter_id} {row.name}: kept {told}, derived {due.on}, {moment}"


def _wrong_clocks(office: Office, books: Books) -> Iterator[str]:
    """Walk each history through the pure rules. Clocks whose dates a matter brings are left out: they may change in between.

    So are those that began when another's due day passed: the history of acts does not tell when that was written.
    """
    for kind in office.kinds.values():
        for matter in (each for each in _all_matters(books) if each.kind == kind.name):
            timed = set(subject_of(office.kinds, books, matter).policy.clocks) - set(kind.given(books, matter.id))
            replayed: dict[str, list[Known]] = {name: [] for name in timed}
            for event in matters.history(books, matter.id):
                happened = Happened(event.trigger, event.source, event.dest, event.effective_on)
                newest = {name: epochs[-1] for name, epochs in replayed.items() if epochs}
                change = follow(kind.table, newest, happened, dict.fromkeys(kind.given(books, matter.id)))
                for stop in change.stops:
                    last = replayed[stop.clock].pop()
                    replayed[stop.clock].append(Known(last.epoch, last.started_on, stop.status))
                for begin in change.begins:
                    epochs = replayed[begin.clock]
                    epochs.append(Known(len(epochs) + 1, begin.on, Status.RUNNING))
            for name in _begun_by_passing(books, kind.table, matter) & timed:
                del replayed[name]
            kept: dict[str, list[Known]] = {name: [] for name in replayed}
            for row in sorted(clocks.of_matter(books, matter.id), key=lambda each: each.epoch):
                if row.name in kept:
                    kept[row.name].append(Known(row.epoch, row.started_on, Status(row.status)))
            if kept != replayed:
                yield f"{matter.id}: kept {kept}, replayed {replayed}"


def _begun_by_passing(books: Books, table: StateTable, matter: Matter) -> set[str]:
    if not any(isinstance(start, After) for clock in table.clocks for start in clock.starts_on):
        return set()
    query = "SELECT c.name FROM rung_fired f JOIN clock c ON c.id = f.clock_id WHERE f.rung = 'passed' AND c.matter_id = :matter"
    passed = {After(name) for name in books.connection.execute(text(query), {"matter": matter.id}).scalars()}
    return {clock.name for clock in table.clocks if passed.intersection(clock.starts_on)}
