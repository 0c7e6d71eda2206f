"""A consent is asked by who answers for the case, of one person, for one act: no rank, no clock, no list (domain.md 1)."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import pytest

from actions.kernel.kind import drives_nothing
from actions.kinds import KINDS
from actions.kinds.complaint_acts import AskConsent
from actions.kinds.feedback_shapes import PersonAsked
from actions.kinds.own_initiative import KIND as OWN_INITIATIVE
from api.contract import document
from policies.pack import PACKS, Pack, load_pack
from policies.periods import Period
from records.tables import CONSENT
from states.consents import ASK, Purpose, acts_with_a_yes
from states.procedures import PROCEDURES
from tests.fixtures.apps import desk_app, intake_app
from tests.fixtures.ombuds_office import OmbudsStage

CODES = ("eu", "oas")
IN_CLEAR = {"id", "matter_id", "text_id", "status", "asked_on", "answered_on", "until", "used_on", "mark"}
"""What of a consent stands in clear, or hashed under a key that is not beside it. Typed by hand: neither purpose nor reader."""


@pytest.fixture(params=CODES)
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(PACKS / request.param)


def test_every_act_that_passes_something_on_with_a_yes_has_a_purpose_and_nothing_else_has() -> None:
    assert acts_with_a_yes(PROCEDURES) == set(Purpose)
    named = [act for table in PROCEDURES for act in acts_with_a_yes([table])]
    assert sorted(named) == sorted(Purpose), "each is an act of one kind alone, or a yes would fit two"


def test_a_pack_says_of_each_how_long_a_yes_is_good_and_the_last_day_does_not_tell_which(pack: Pack) -> None:
    assert pack.consents is not None
    assert set(pack.consents.purposes) == set(Purpose)
    days = {rules.days for rules in pack.consents.purposes.values()}
    assert len(days) == 1, "the last day stands in clear: another number for one purpose would tell it"
    feedback = pack.kinds["upward_feedback"].clocks
    lasting = sum(clock.count for clock in (feedback["gathering"],) if isinstance(clock, Period))
    answering = pack.kinds["complaint"].clocks["consent_answer"]
    assert isinstance(answering, Period)
    assert min(days) > lasting > answering.count, "a yes given at once is still good when the last of them is asked"


def test_nobody_asks_but_who_answers_for_the_case(pack: Pack) -> None:
    grants = {kind: policy.access[ASK] for kind, policy in pack.kinds.items() if ASK in policy.access}
    assert list(grants) == ["complaint"]
    for grant in grants["complaint"]:
        role, _, relation = grant.partition(":")
        assert (relation, pack.house.roles[role].door) == ("handler", "desk")


def test_no_clock_asks_and_no_act_of_another_matter_but_one_by_one() -> None:
    assert not [table.kind for table in PROCEDURES if ASK in table.lapses]
    assert not [table.kind for table in PROCEDURES for _, own in table.listens if own == ASK]
    assert PersonAsked.model_fields["case"].annotation == UUID | None, "one case an act"
    assert OWN_INITIATIVE.drives is drives_nothing
    sealed = {kind.name for kind in KINDS.values() if kind.table.sealed and kind.drives is not drives_nothing}
    assert sealed == {"upward_feedback"}


def bodies(contract: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every request with a body: method, path and the names of the shapes it may hold, whole."""
    parts = contract["components"]["schemas"]

    def within(schema: object, seen: set[str]) -> set[str]:
        for name in {name for name in parts if f"'#/components/schemas/{name}'" in str(schema)} - seen:
            seen |= within(parts[name], seen | {name})
        return seen

    for path, methods in contract["paths"].items():
        for method, operation in methods.items():
            if told := operation.get("requestBody"):
                yield method, path, " ".join(sorted(within(told, set())))


def test_no_route_asks_many_at_once(ombuds_office: OmbudsStage) -> None:
    """Of the two doors of the office; the council's are another database's."""
    name = AskConsent.__name__
    doors = {"desk": desk_app(ombuds_office.desk), "intake": intake_app(ombuds_office.intake)}
    asking = {
        (door, method, path)
        for door, app in doors.items()
        for method, path, shapes in bodies(document(app, app.title))
        if name in shapes
    }
    # one matter a request; at the intake, whose moves have one shape, it is nobody's to do: no grant of it is hers
    assert asking == {("desk", "post", "/v1/complaints/{id}/moves"), ("intake", "post", "/v1/complaint/moves")}


def test_neither_what_it_is_for_nor_who_would_read_it_stands_in_clear() -> None:
    assert set(CONSENT.c.keys()) == IN_CLEAR
