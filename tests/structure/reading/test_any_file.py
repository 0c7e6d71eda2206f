"""However a case file is damaged, it is read whole or refused by name; and nothing it says comes back in the refusal."""

from copy import deepcopy
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.refusal import Refusal
from structure.judging import judge
from structure.reading import read_case
from tests.structure.reading.case_files import RULES, real

REAL_DATA = real()
SECRET = "words that nobody may repeat"


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, inner in inside for place in places(inner, (*path, key)))]


PLACES = places(REAL_DATA)[1:]
UNITS = ["OSG", "SER", "DIA", "SARE", "SARE-SI", "SC", "OSASOD"]
IDS = [*UNITS, "unknown", "none_new", "F-SER-1", "F-SC-6", "PC", "GA", "OP-1", "NOBODY"]
VALUES = st.sampled_from([None, True, 7, 1.5, "", [], {}, SECRET, [SECRET], {SECRET: 1}, "2015-12-01", *IDS]) | st.lists(
    st.sampled_from(IDS), max_size=3
)


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    data: Any = deepcopy(REAL_DATA)
    for path in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4)):
        holder = data
        try:
            for key in path[:-1]:
                holder = holder[key]
            if draw(st.booleans()):
                holder[path[-1]] = draw(VALUES)
            else:
                del holder[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue  # damaged away before
    return data


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(damaged())
def test_a_damaged_file_is_read_and_judged_or_refused(data: dict[str, Any]):
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    try:
        file = read_case(text, "yaml", RULES)
    except Refusal as refused:
        said = f"{refused} {[fault.said for fault in getattr(refused, 'faults', ())]}"
    else:
        said = str([finding.message for finding in judge(file, RULES).findings])
    assert SECRET not in said
