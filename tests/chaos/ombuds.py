"""What must hold of the ombudsperson's office, whatever was killed: the invariants of any house, and those of sealed matters.

She who comes has no id and no account, and people of this office hear of duties at their desk and in the one daily mail: where
an invariant of the house counts on names or on a notice for each rung, this page puts in its place what holds here.
"""

from sqlalchemy import Engine

from actions.office import Office
from tests.chaos.invariants import INVARIANTS, broken

NOT_HERE = frozenset(
    {
        "a version counts the events",
        "every event names a person, a clock, or another matter's act; those of reports may be the house's own",
        "every notice belongs to a rung that fired, and goes to whom it reached",
        "the newest rung of each clock and person has its notice",
        "every event has its one entry in the ledger",
        "the ledger tells of no event that did not happen",
    }
)
_FACT = "(l.body::jsonb->'facts')"
HERE: dict[str, str] = {
    "a version counts at least the events": """
        SELECT m.id, m.version FROM matter m WHERE m.version < (SELECT count(*) FROM event e WHERE e.matter_id = m.id)""",
    "the moves in the ledger are those of the history, in their order": f"""
        SELECT m.id FROM matter m WHERE
        (SELECT array_agg(concat_ws(' ', e.trigger, e.source, e.dest) ORDER BY e.seq) FROM event e WHERE e.matter_id = m.id)
        IS DISTINCT FROM
        (SELECT array_agg(concat_ws(' ', {_FACT}->>'trigger', {_FACT}->>'source', {_FACT}->>'dest')
        ORDER BY ({_FACT}->>'version')::int) FROM ledger_entry l WHERE l.matter_id = m.id AND {_FACT} ? 'trigger')""",
    "an entry of the ledger has a version of its own": f"""
        SELECT l.matter_id, {_FACT}->>'version' FROM ledger_entry l WHERE {_FACT} ? 'version'
        GROUP BY 1, 2 HAVING count(*) > 1""",
    "feedback is owed from the day of the first reading, or from the day that was due": """
        SELECT a.matter_id FROM clock a WHERE a.name = 'acknowledgement' AND
        (SELECT array_agg(f.started_on = a.stopped_on OR f.started_on = a.due_on) FROM clock f
        WHERE f.matter_id = a.matter_id AND f.name = 'feedback')
        IS DISTINCT FROM CASE WHEN a.status = 'met' OR EXISTS
        (SELECT 1 FROM rung_fired r WHERE r.clock_id = a.id AND r.rung = 'passed') THEN ARRAY[true] END""",
    "an event that names nobody is hers": """
        SELECT e.matter_id, e.seq, e.trigger FROM event e JOIN matter m ON m.id = e.matter_id
        WHERE m.kind <> 'report' AND e.by_person IS NULL AND e.by_clock IS NULL
        AND e.trigger NOT IN ('open', 'message', 'answer', 'withdraw_stop', 'file')""",
    "no rung of a sealed matter ever sends a mail": """
        SELECT o.dedup FROM outbox o WHERE o.params ? 'rung'""",
    "a complaint has its statement, its receipt, its key, its language": """
        SELECT m.id FROM matter m WHERE m.kind = 'complaint' AND (
        (SELECT count(*) FROM sealed_text t WHERE t.matter_id = m.id AND t.slot = 'statement') <> 1
        OR (SELECT count(*) FROM receipt r WHERE r.matter_id = m.id) <> 1
        OR (SELECT count(*) FROM epoch e WHERE e.matter_id = m.id) < 1
        OR (SELECT count(*) FROM complaint c WHERE c.matter_id = m.id) <> 1)""",
    "one person answers for a complaint, and has a seat in it": """
        SELECT m.id FROM matter m WHERE m.kind = 'complaint' AND (SELECT count(*) FROM responsibility r
        JOIN seat s ON s.matter_id = m.id AND s.person_id = r.person_id AND s.until_at IS NULL
        WHERE r.matter_id = m.id AND r.until_at IS NULL) <> 1""",
    "she has a seat in what she filed, and recovery has one": """
        SELECT m.id FROM matter m WHERE m.kind = 'complaint' AND (SELECT count(DISTINCT holder) FROM seat s
        WHERE s.matter_id = m.id AND s.until_at IS NULL AND s.holder IN ('visitor', 'recovery')) <> 2""",
    "every message of hers is an event, and the reverse": """
        SELECT m.id FROM matter m WHERE
        (SELECT count(*) FROM sealed_text t WHERE t.matter_id = m.id AND t.author = 'visitor' AND t.slot = 'message') <>
        (SELECT count(*) FROM event e WHERE e.matter_id = m.id AND e.trigger = 'message' AND e.by_person IS NULL
        AND NOT e.facts ? 'file')""",
    "the texts of a matter are numbered without gaps": """
        SELECT matter_id FROM sealed_text GROUP BY 1 HAVING min(seq) <> 1 OR max(seq) <> count(*)""",
    "pieces of a file are numbered without gaps": """
        SELECT file_id FROM sealed_chunk GROUP BY 1 HAVING max(seq) - min(seq) + 1 <> count(*)""",
    "a request that came with a key was answered": """
        SELECT id FROM idempotency WHERE answer_sealed IS NULL""",
}


def broken_here(engine: Engine, office: Office) -> dict[str, list[str]]:
    """Every assertion about the ombudsperson's office that does not hold, with the rows that break it."""
    questions = {name: query for name, query in INVARIANTS.items() if name not in NOT_HERE} | HERE
    return broken(engine, office, in_time=False, questions=questions)


assert INVARIANTS.keys() >= NOT_HERE
