"""Whom a rung reaches, in offices of every size."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.pack import load_pack
from policies.rules import Act
from states.check_ladders import climb
from states.ladders import Duty, Post, Reached, Roster, Why, addressee

PACK = load_pack(Path("policies/oas"))
ROLES = PACK.house.roles
HEAD, OFFICER, SECOND, ALTERNATE, CHAIR, STAFF, PLANNER = (UUID(int=n) for n in range(1, 8))

OFFICE = (
    Post(HEAD, "ombudsperson"),
    Post(OFFICER, "case_officer"),
    Post(SECOND, "case_officer"),
    Post(ALTERNATE, "alternate"),
    Post(CHAIR, "chair"),
)
HIS = Duty("complaint", "case_officer", OFFICER)
HERS = Duty("complaint", "ombudsperson", HEAD)


def roster(*posts: Post, absent: tuple[UUID, ...] = (), excluded: tuple[UUID, ...] = ()) -> Roster:
    changed = (replace(p, absent=p.person in absent, excluded=p.person in excluded) for p in posts or OFFICE)
    return Roster(tuple(changed), ROLES)


def test_a_reminder_goes_to_the_responsible_also_while_away() -> None:
    assert addressee(Act.REMIND, roster(), HIS) == Reached(OFFICER, Why.RESPONSIBLE)
    assert addressee(Act.REMIND, roster(absent=(OFFICER,)), HIS) == Reached(OFFICER, Why.RESPONSIBLE)


def test_a_vacant_post_and_one_who_left_remind_nobody_and_say_why() -> None:
    assert addressee(Act.REMIND, roster(), replace(HIS, person=None)) == Reached(None, Why.POST_VACANT)
    assert addressee(Act.REMIND, roster(), replace(HIS, person=UUID(int=99))) == Reached(None, Why.POST_VACANT)


@pytest.mark.parametrize("act", [Act.TELL_OVERSEER, Act.ASK_HANDOVER])
def test_the_nearest_overseer_who_is_there_is_told(act: Act) -> None:
    assert addressee(act, roster(), HIS) == Reached(HEAD, Why.OVERSEER)
    assert addressee(act, roster(absent=(HEAD,)), HIS) == Reached(CHAIR, Why.OVERSEER)
    assert addressee(act, roster(excluded=(HEAD,)), HIS) == Reached(CHAIR, Why.OVERSEER)
    assert addressee(act, roster(), HERS) == Reached(CHAIR, Why.OVERSEER)


def test_the_chair_is_told_even_when_away() -> None:
    assert addressee(Act.TELL_CHAIR, roster(absent=(CHAIR,)), HIS) == Reached(CHAIR, Why.CHAIR)
    assert addressee(Act.TELL_OVERSEER, roster(absent=(CHAIR,)), HERS) == Reached(CHAIR, Why.CHAIR)


def test_an_excluded_chair_is_not_told_and_the_reason_is_kept_s40() -> None:
    for act in (Act.TELL_CHAIR, Act.TELL_OVERSEER, Act.ASK_HANDOVER):
        assert addressee(act, roster(excluded=(CHAIR,)), HERS) == Reached(None, Why.EXCLUDED)


def test_lateness_alone_hands_nothing_over() -> None:
    assert addressee(Act.HAND_OVER, roster(), HIS) == Reached(None, Why.NOT_NEEDED)


def test_absence_vacancy_and_exclusion_hand_over_in_order_d20() -> None:
    away = roster(absent=(OFFICER,))
    assert addressee(Act.HAND_OVER, away, HIS) == Reached(SECOND, Why.NEXT_IN_LINE)
    assert addressee(Act.HAND_OVER, roster(excluded=(OFFICER, SECOND)), HIS) == Reached(HEAD, Why.NEXT_IN_LINE)
    assert addressee(Act.HAND_OVER, roster(absent=(OFFICER, SECOND), excluded=(HEAD,)), HIS) == Reached(
        ALTERNATE, Why.NEXT_IN_LINE
    )
    assert addressee(Act.HAND_OVER, roster(), replace(HIS, person=None)) == Reached(OFFICER, Why.NEXT_IN_LINE)
    assert addressee(Act.HAND_OVER, roster(), replace(HIS, person=UUID(int=99))) == Reached(OFFICER, Why.NEXT_IN_LINE)


def test_when_everybody_is_away_or_excluded_a_person_has_to_decide_d20() -> None:
    nobody = roster(absent=(OFFICER, SECOND), excluded=(HEAD, ALTERNATE))
    assert addressee(Act.HAND_OVER, nobody, HIS) == Reached(None, Why.NOBODY_ELIGIBLE)
    assert addressee(Act.ASK_HANDOVER, nobody, HIS) == Reached(CHAIR, Why.OVERSEER)


def test_a_role_that_is_no_longer_in_the_pack_still_ends_d20() -> None:
    gone = Duty("mandate", "head_of_a_dissolved_unit", None)
    assert addressee(Act.REMIND, roster(), gone) == Reached(None, Why.POST_VACANT)
    assert addressee(Act.TELL_CHAIR, roster(), gone) == Reached(None, Why.POST_VACANT)
    assert addressee(Act.HAND_OVER, roster(), gone) == Reached(None, Why.NOBODY_ELIGIBLE)


def test_an_office_of_one_ends_with_the_alternate_and_the_chair() -> None:
    one = (Post(HEAD, "ombudsperson"), Post(ALTERNATE, "alternate"), Post(CHAIR, "chair"))
    assert addressee(Act.TELL_OVERSEER, roster(*one), HERS) == Reached(CHAIR, Why.OVERSEER)
    assert addressee(Act.HAND_OVER, roster(*one, absent=(HEAD,)), HERS) == Reached(ALTERNATE, Why.NEXT_IN_LINE)


def test_who_holds_two_posts_is_away_from_both_and_oversees_not_herself() -> None:
    house = (
        Post(STAFF, "secretariat_officer"),
        Post(STAFF, "chief_of_staff"),
        Post(PLANNER, "secretariat_officer"),
        Post(CHAIR, "chair"),
    )
    duty = Duty("mandate", "secretariat_officer", STAFF)
    assert addressee(Act.TELL_OVERSEER, roster(*house), duty) == Reached(CHAIR, Why.OVERSEER)
    half = Roster((replace(house[0], absent=True), *house[1:]), ROLES)
    assert addressee(Act.HAND_OVER, half, duty) == Reached(PLANNER, Why.NEXT_IN_LINE)


def test_who_does_not_handle_the_kind_never_takes_it_over() -> None:
    house = (Post(PLANNER, "secretariat_officer"), Post(STAFF, "council_secretary"), Post(CHAIR, "chair"))
    away = roster(*house, absent=(PLANNER,))
    assert addressee(Act.HAND_OVER, away, Duty("mandate", "secretariat_officer", PLANNER)) == Reached(None, Why.NOBODY_ELIGIBLE)
    assert addressee(Act.HAND_OVER, away, Duty("proposal", "secretariat_officer", PLANNER)) == Reached(STAFF, Why.NEXT_IN_LINE)


PEOPLE = st.integers(1, 6).map(lambda number: UUID(int=number))
POSTS = st.builds(Post, PEOPLE, st.sampled_from(sorted(ROLES)), st.booleans(), st.booleans())
DUTIES = st.builds(Duty, st.sampled_from(PACK.house.kinds), st.sampled_from([*sorted(ROLES), "dissolved"]), st.none() | PEOPLE)


@given(st.lists(POSTS, max_size=8), DUTIES, st.sampled_from(Act))
def test_no_roster_makes_a_rung_reach_an_excluded_person_d20_s40(posts: list[Post], duty: Duty, act: Act) -> None:
    reached = addressee(act, Roster(tuple(posts), ROLES), duty)
    assert reached.person is None or not any(post.excluded for post in posts if post.person == reached.person)
    if act is Act.HAND_OVER and reached.person is not None:
        own = [post for post in posts if post.person == reached.person]
        assert not any(post.absent for post in own)
        assert any(duty.kind in ROLES[post.role].handles for post in own)


def test_every_rung_was_tried_with_offices_of_one_two_and_four() -> None:
    for kind in PACK.house.kinds:
        climbed = climb(kind, PACK, addressee)
        assert climbed.findings == []
        assert climbed.explored > 400
