"""Her own words: put beside the figures, never into them."""

from collections.abc import Sequence
from re import compile as pattern
from typing import ClassVar, Final

from policies.refusal import Refusal
from reports.shape import Report, Words

SECTIONS: Final = ("introduction", "recommendations", "systemic_issues", "outreach", "independence")
"""The chapters in which she may write."""
_NAME: Final = pattern(r"[a-z_]{1,40}")


class UnknownSection(Refusal):
    """The report has no chapter of this name in which anybody may write."""

    code: ClassVar[str] = "unknown_section"
    status: ClassVar[int] = 422


def open_to_her(report: Report) -> tuple[str, ...]:
    """The chapters of a report in which she may write."""
    return tuple(chapter.name for chapter in report.chapters if chapter.name in SECTIONS)


def with_words(report: Report, words: Sequence[Words]) -> Report:
    """The report with exactly these words of hers, in their chapters and in this order; what she had written before is gone.

    Everything but words stays as it is. Raises UnknownSection, naming the section.
    """
    known = open_to_her(report)
    for each in words:
        if each.section not in known:
            named = each.section if _NAME.fullmatch(each.section) else "?"
            raise UnknownSection(section=named, known=", ".join(known))
    chapters = tuple(
        chapter.model_copy(update={"words": tuple(each for each in words if each.section == chapter.name)})
        for chapter in report.chapters
    )
    return report.model_copy(update={"chapters": chapters})
