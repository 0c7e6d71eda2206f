"""Seeded mistakes: each is put into a good table, pack or rung, and the check must find it by the rule meant for it.

A check that cannot fail proves nothing. A mutant that survives is a hole in the model check, so `run` names it. What
is done to a table stands in `mutants_of_tables.py`, to a pack in `mutants_of_packs.py`, to the rungs here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from policies.pack import Pack
from policies.rules import Act
from states.check import cross_check, model_check
from states.ladders import Duty, Reach, Reached, Roster, Why, addressee
from states.mutants_of_packs import PACK_MISTAKES
from states.mutants_of_tables import TABLE_MISTAKES
from states.table import StateTable


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake in one kind's setting: `rule` is the finding that must be new."""

    name: str
    kind: str
    rule: str
    table: StateTable
    pack: Pack
    reach: Reach = addressee


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many mistakes were seeded and found; the names of those that were not."""

    seeded: int
    killed: int
    survivors: tuple[str, ...]


def run(pack: Pack, tables: Sequence[StateTable], most: int = 1) -> Verdict:
    """Seed every mistake in every kind it fits, in at most `most` places, and see which the check finds.

    One place takes seconds; all places (about 1,200 mutants) a good deal longer, and try no other rule.
    """
    return judge(seed(pack, tables, most), pack, tables)


def judge(mutants: Iterable[Mutant], pack: Pack, tables: Sequence[StateTable]) -> Verdict:
    """A mutant is found by the rule meant for it, at a place where that rule finds nothing in the good pack and tables."""
    known = {table.kind: {*_cross(pack, tables, table), *_model(table, pack, addressee)} for table in tables}
    survivors: list[str] = []
    seeded = 0
    for mutant in mutants:
        seeded += 1
        before = known[mutant.kind]
        if not (
            mutant.rule in _rules(_cross(mutant.pack, tables, mutant.table) - before)
            or mutant.rule in _rules(_model(mutant.table, mutant.pack, mutant.reach) - before)
        ):
            survivors.append(f"{mutant.kind}: {mutant.name}")
    return Verdict(seeded, seeded - len(survivors), tuple(survivors))


def seed(pack: Pack, tables: Sequence[StateTable], most: int) -> Iterator[Mutant]:
    """Every mistake in every kind that has something to spoil, in at most `most` places each."""
    for table in tables:
        for name, rule, spoil_table in TABLE_MISTAKES:
            for spoilt in islice(spoil_table(table), most):
                yield Mutant(name, table.kind, rule, spoilt, pack)
        for name, rule, spoil_pack in PACK_MISTAKES:
            for worse in islice(spoil_pack(pack, table), most):
                yield Mutant(name, table.kind, rule, table, worse)
        for name, rule, reach in RUNG_MISTAKES:
            if _fits(reach, table.kind, pack):
                yield Mutant(name, table.kind, rule, table, pack, reach)


def _fits(reach: Reach, kind: str, pack: Pack) -> bool:
    """Whether a mistake of the rungs could show in this kind: its ladders have such a rung, somebody stands below the chair."""
    if reach in _OF_HAND_OVERS:
        clocks = pack.kinds[kind].clocks.values()
        return any(rung.act is Act.HAND_OVER for clock in clocks for rung in pack.ladders[clock.ladder].rungs)
    if reach is _keeps_it_from_the_chair:
        roles = pack.house.roles
        return any(kind in role.handles and len(Roster((), roles).overseers(name)) > 1 for name, role in roles.items())
    return True


Told = tuple[str, str, str]
"""A finding without its sentence: rule, file, key."""


def _cross(pack: Pack, tables: Sequence[StateTable], table: StateTable) -> set[Told]:
    others = [table if other.kind == table.kind else other for other in tables]
    return {(finding.rule, finding.file, finding.key) for finding in cross_check(pack, others)}


def _model(table: StateTable, pack: Pack, reach: Reach) -> set[Told]:
    return {(finding.rule, finding.file, finding.key) for finding in model_check(table, pack, reach).findings}


def _rules(findings: set[Told]) -> set[str]:
    return {rule for rule, _, _ in findings}


def _blind(roster: Roster) -> Roster:
    """The roster of somebody who does not look at conflicts."""
    return replace(roster, posts=tuple(replace(post, excluded=False) for post in roster.posts))


def _reaches_anybody(act: Act, roster: Roster, duty: Duty) -> Reached:
    return addressee(act, _blind(roster), duty)


def _hands_over_to_anybody(act: Act, roster: Roster, duty: Duty) -> Reached:
    return addressee(act, _blind(roster) if act is Act.HAND_OVER else roster, duty)


def _hands_over_for_lateness(act: Act, roster: Roster, duty: Duty) -> Reached:
    late = replace(duty, person=None) if act is Act.HAND_OVER else duty
    return addressee(act, roster, late)


def _hands_over_to_the_absent(act: Act, roster: Roster, duty: Duty) -> Reached:
    if act is not Act.HAND_OVER or addressee(act, roster, duty).why is Why.NOT_NEEDED:
        return addressee(act, roster, duty)
    everybody = replace(roster, posts=tuple(replace(post, absent=False) for post in roster.posts))
    return addressee(act, everybody, replace(duty, person=None))


def _never_hands_over(act: Act, roster: Roster, duty: Duty) -> Reached:
    return Reached(None, Why.NOT_NEEDED) if act is Act.HAND_OVER else addressee(act, roster, duty)


def _stops_at_an_absent_overseer(act: Act, roster: Roster, duty: Duty) -> Reached:
    reached = addressee(act, roster, duty)
    above = roster.overseers(duty.role)[:1]
    away = any(post.absent for post in roster.posts if post.role in above)
    return Reached(None, Why.OVERSEER) if act is Act.TELL_OVERSEER and away else reached


def _tells_the_late_one(act: Act, roster: Roster, duty: Duty) -> Reached:
    reached = addressee(act, roster, duty)
    there = roster.holder(duty.person)
    return Reached(duty.person, Why.OVERSEER) if act is Act.TELL_OVERSEER and there and there.there else reached


def _keeps_it_from_the_chair(act: Act, roster: Roster, duty: Duty) -> Reached:
    return addressee(Act.TELL_OVERSEER if act is Act.TELL_CHAIR else act, roster, duty)


def _forgets_the_responsible(act: Act, roster: Roster, duty: Duty) -> Reached:
    return addressee(Act.TELL_OVERSEER if act is Act.REMIND else act, roster, duty)


_OF_HAND_OVERS = (_hands_over_to_anybody, _hands_over_for_lateness, _hands_over_to_the_absent, _never_hands_over)

RUNG_MISTAKES: tuple[tuple[str, str, Reach], ...] = (
    ("every rung overlooks conflicts", "reaches_excluded", _reaches_anybody),
    ("a hand-over overlooks conflicts", "reaches_excluded", _hands_over_to_anybody),
    ("lateness alone hands over", "takes_from_the_present", _hands_over_for_lateness),
    ("a hand-over to somebody absent", "hands_to_the_unfit", _hands_over_to_the_absent),
    ("nothing is ever handed over", "reaches_nobody", _never_hands_over),
    ("an absent overseer is not skipped", "reaches_nobody", _stops_at_an_absent_overseer),
    ("the late one is told about herself", "oversees_itself", _tells_the_late_one),
    ("the last rung stays in the office", "misses_the_chair", _keeps_it_from_the_chair),
    ("reminders go to somebody else", "reaches_nobody", _forgets_the_responsible),
)
