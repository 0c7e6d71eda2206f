"""However people are assigned, seated and recused, nobody reads whom policy or she keeps out (S40), and clocks stay."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from actions import desk_seats
from actions.desk_reading import open_matter
from policies.refusal import Refusal
from records.matters import NotFound
from tests.fixtures.databases import Database
from tests.fixtures.desk_door import Came, come
from tests.fixtures.ombuds_office import OmbudsStage, ombuds_house, roster_of

PEOPLE = ("head", "officer_a", "officer_b", "officer_c", "alternate", "chair", "stranger")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(("assign", "seat", "recuse", "late_conflict")), st.sampled_from(PEOPLE[:5]), st.sampled_from(PEOPLE)
    ),
    max_size=14,
)
OWED = "SELECT name, epoch, due_on, status, next_at FROM clock WHERE matter_id = :m ORDER BY 1, 2"


@dataclass
class Walk:
    """One complaint, and what became of the people who may read it."""

    stage: OmbudsStage
    came: Came
    left: set[str]

    def step(self, what: str, by: str, whom: str) -> None:
        caller, person = self.stage.callers[by], self.stage.people.get(whom, uuid4())
        before = self.seated()
        try:
            if what == "recuse":
                desk_seats.recuse(self.stage.desk, "complaint", self.came.id, SecretStr("x"), by=caller)
                self.left.add(by)
            elif what == "late_conflict":
                desk_seats.late_conflict(self.stage.desk, "complaint", self.came.id, person, SecretStr("x"), by=caller)
                self.left.add(whom)
            else:
                getattr(desk_seats, what)(self.stage.desk, "complaint", self.came.id, person, by=caller)
        except Refusal:
            assert self.seated() == before
        else:
            assert by in before  # who has no seat does nothing

    def seated(self) -> set[str]:
        rows = self.stage.rows("SELECT person_id FROM seat WHERE matter_id = :m AND until_at IS NULL", m=self.came.id)
        return {who for who, person in self.stage.people.items() if (person,) in rows}

    def responsible(self) -> UUID:
        query = "SELECT person_id FROM responsibility WHERE matter_id = :m AND until_at IS NULL"
        ((person,),) = self.stage.rows(query, m=self.came.id)
        return UUID(str(person))


@given(acts=ACTS, excluded=st.sampled_from(("officer_b", "officer_c")))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_s40_no_sequence_of_acts_makes_a_reader_of_who_must_not_be_one(
    ombuds_office: OmbudsStage, acts: list[tuple[str, str, str]], excluded: str
):
    stage = ombuds_office
    if "officer_c" not in stage.people:
        stage.appoint("officer_c", "case_officer")
    walk = Walk(stage, come(stage, excluded=(excluded,)), set())
    owed, first = stage.rows(OWED, m=walk.came.id), walk.seated()
    for act in acts:
        walk.step(*act)
        assert walk.seated(), "somebody can always read it"
        assert walk.seated() & {excluded, "chair", "stranger", *walk.left} == set()
        assert stage.rows(OWED, m=walk.came.id) == owed
        assert walk.responsible() in {stage.people[who] for who in walk.seated()}
    assert first
    for who, caller in stage.callers.items():
        try:
            opened = open_matter(stage.desk, "complaint", walk.came.id, by=caller)
        except NotFound:
            assert who not in walk.seated()
        else:
            assert who in walk.seated()
            assert opened.texts[0].text


@pytest.mark.parametrize("size", [1, 2, 4])
def test_s37_an_office_of_any_size_hands_on_until_one_reader_is_left(ombuds: Database, size: int):
    with ombuds_house(ombuds, roster_of(size)) as stage:
        walk = Walk(stage, come(stage), set())
        for _ in range(6):
            by = next(who for who, person in stage.people.items() if person == walk.responsible())
            before = walk.seated()
            walk.step("recuse", by, by)
            if walk.seated() == before:
                free = set(stage.callers) - walk.left - before
                refused = pytest.raises(desk_seats.LastReader if free else desk_seats.NobodyLeft)
                with refused as caught:
                    desk_seats.recuse(stage.desk, "complaint", walk.came.id, SecretStr("x"), by=stage.callers[by])
                if not free:
                    break
                assert caught.value.params["count"] == len(free)
                walk.step("seat", by, free.pop())
        assert walk.left == set(stage.callers) - walk.seated()
        assert len(walk.seated()) == 1


def test_who_is_away_is_given_it_only_when_nobody_else_is_there(ombuds_office: OmbudsStage):
    stage, came = ombuds_office, come(ombuds_office)
    walk = Walk(stage, came, set())
    others = walk.seated() - {"head"}
    for who in others:
        stage.absent(who, date(2016, 8, 1))
    walk.step("recuse", "head", "head")
    assert walk.seated() == others
    assert walk.responsible() in {stage.people[who] for who in others}
