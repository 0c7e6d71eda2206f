"""The chapters that rest on no case: which days, who was in office, which rules, the ledger, how the numbers are protected."""

from collections.abc import Iterator
from typing import Final

from reports.frame import Frame
from reports.shape import Chapter, Sentence

APART_ELSEWHERE: Final = Sentence(key="report.say.apart_elsewhere")
"""Stands in every report, so that it never tells whether there are any."""
_PROTECTION: Final = ("protection_threshold", "protection_subjects", "protection_sums", "protection_attack", "protection_true")


def opening(frame: Frame) -> tuple[Sentence, ...]:
    """Which days the report is about, which periods it took in, which edition it corrects."""
    return tuple(_opening(frame))


def _opening(frame: Frame) -> Iterator[Sentence]:
    period = frame.report().period
    days = {"first": period.from_on, "last": period.to_on}
    if frame.contents == "tables":
        yield Sentence(key="report.say.about_period", facts={**days, "taken": frame.origin.taken_on})
    else:
        yield Sentence(key="report.say.about_days", facts={**days})
        yield Sentence(key="report.say.words_only")
    if frame.merged:
        yield Sentence(key="report.say.merged", facts={"periods": ", ".join(period.code for period in frame.merged)})
    if frame.corrects is not None:
        yield Sentence(key="report.say.corrects", facts={"edition": frame.corrects})


def vacancies(frame: Frame) -> tuple[Sentence, ...]:
    """For how many days of the period which post was empty."""
    said = (
        Sentence(key="report.say.vacancy", facts={"role": each.role, "days": each.days}) for each in frame.vacancies if each.days
    )
    return tuple(said) or (Sentence(key="report.say.no_vacancy"),)


def entries(frame: Frame) -> Iterator[Sentence]:
    """How often what stood in the way of the office, as it wrote it down; nothing where it keeps no record."""
    if frame.noted is None:
        return
    for entry, times in frame.noted.entries.items():
        yield Sentence(key="report.say.entries", facts={"entry": entry, "times": times})
    if not frame.noted.entries:
        yield Sentence(key="report.say.entries_none")


def outreach(frame: Frame) -> Iterator[Sentence]:
    """How often which outreach there was, and how many people it reached, as far as somebody counted them."""
    if frame.noted is None:
        return
    for sort, times in frame.noted.outreach.items():
        yield Sentence(key="report.say.outreach_times", facts={"sort": sort, "times": times})
    said = "outreach_people" if frame.noted.outreach else "outreach_none"
    yield Sentence(key=f"report.say.{said}", facts={"people": frame.noted.people} if frame.noted.outreach else {})


def staffing(frame: Frame) -> Chapter:
    """How many serve by role. It is published anyway, so nothing of it is protected."""
    said = (
        Sentence(key="report.say.serving", facts={"role": role, "people": people})
        for role, people in sorted(frame.staffing.items())
        if people
    )
    return Chapter(name="staffing", sentences=tuple(said) or (Sentence(key="report.say.nobody_serving"),))


def basis(frame: Frame) -> tuple[Chapter, ...]:
    """The rules behind the numbers, and the ledger's head and date, never its size."""
    origin = frame.origin
    checked = Sentence(key="report.say.all_verified")
    if origin.unverified:
        checked = Sentence(key="report.say.unverified", facts={"unverified": origin.unverified})
    edition = Sentence(key="report.say.rules_edition", facts={"edition": origin.policy_edition})
    head = Sentence(key="report.say.ledger_none")
    if origin.ledger_date is not None:
        head = Sentence(key="report.say.ledger_head", facts={"day": origin.ledger_date, "root": origin.ledger_root})
    return Chapter(name="rules", sentences=(edition, checked)), Chapter(name="ledger", sentences=(head,))


def protection() -> Chapter:
    """How the numbers are protected: the method, never the width."""
    return Chapter(name="protection", sentences=tuple(Sentence(key=f"report.say.{key}") for key in _PROTECTION))


def elsewhere(frame: Frame) -> Chapter:
    """The standing line; where there are numbers, also that they leave those matters out."""
    numbers = (Sentence(key="report.say.not_counted_here"),) if frame.contents == "tables" else ()
    return Chapter(name="elsewhere", sentences=(APART_ELSEWHERE, *numbers))
