"""What a report says, for tests to ask."""

from collections.abc import Iterator
from typing import Any

from reports.shape import Place, Report, Sentence


def said(report: Report) -> Iterator[Sentence]:
    return (sentence for chapter in report.chapters for sentence in chapter.sentences)


def keys(report: Report, chapter: str) -> list[str]:
    return [each.key.removeprefix("report.say.") for one in report.chapters if one.name == chapter for each in one.sentences]


def facts(report: Report, sentence: Sentence) -> dict[str, Any]:
    """As a form gives them to the catalogue."""
    told: dict[str, Any] = {
        name: str(report.cell(fact).count) if isinstance(fact, Place) else fact for name, fact in sentence.facts.items()
    }
    return told | {name: str(report.figure(figure).value) for name, figure in sentence.figures.items()}
