"""Choices about conflicts, round by round: what is decided may show more, and the same list always leads to the same merge."""

from collections.abc import Sequence

from structure.merging.conflicts import Choice, ChoiceRefused
from structure.merging.merge import Merged, decide


def decided(merged: Merged, choices: Sequence[tuple[str, Choice]]) -> Merged:
    """Merge again with all of these decided: first what is open, then what that shows, until every choice is used.

    A conflict may be decided again in a later round, when it shows more operations than before. Raises ChoiceRefused as
    `decide` does; `conflict_is_open` for a choice about what no round shows.
    """
    left = list(choices)
    while left:
        open_ones = {conflict.id for conflict in merged.conflicts}
        now: dict[str, Choice] = {}
        later: list[tuple[str, Choice]] = []
        for id, choice in left:
            if id in open_ones and id not in now:
                now[id] = choice
            else:
                later.append((id, choice))
        if not now:
            raise ChoiceRefused("conflict_is_open", left[0][0])
        merged, left = decide(merged, now), later
    return merged
