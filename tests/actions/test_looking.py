"""Looking: what a person sees of matters, and that looking leaves nothing behind."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree
from uuid import UUID, uuid4

import pytest

from actions import looking
from actions.due_list import due_list
from actions.kernel.actor import NotAllowed
from actions.kernel.move import open_kind
from actions.kinds.house import GivenDay
from actions.kinds.mandate import Register
from actions.looking import NotFound, UnknownState, Wanted
from actions.office import Office
from actions.watches import clocks_of
from policies.pack import pack_folder
from tests.fixtures.offices import Stage, shelf


def register(stage: Stage, symbol: str, due: date | None = None, title: str = "Title") -> UUID:
    payload = Register(
        symbol=symbol,
        title=title,
        issued_by="GA",
        on=date(2015, 6, 15),
        due=None if due is None else GivenDay(on=due),
        source="s1",
    )
    return open_kind(stage.office, "mandate", payload, by=stage.people["planner"]).id


def office_where(stage: Stage, tmp_path: Path, old: str, new: str) -> Office:
    """An office of the same database under a policy with one line changed."""
    folder = tmp_path / "oas"
    copytree(pack_folder("oas"), folder)
    text = (folder / "mandate.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "mandate.toml").write_text(text.replace(old, new), encoding="utf-8")
    return Office(stage.office.engine, database="house", environment="test", shelf=shelf(folder))


def test_late_is_a_date_compared_with_today_and_changes_without_a_write(house_office: Stage):
    """D17: nothing stores it."""
    matter = register(house_office, "AG/RES. 1", due=date(2015, 6, 20))
    mission = house_office.people["mission"]
    seen = []
    for day in (date(2015, 6, 20), date(2015, 6, 21)):
        house_office.to_day(day)
        page = looking.page(house_office.office, "mandate", Wanted(), by=mission)
        seen.append((page.items[0].next_due, page.items[0].late))
        watched, _ = clocks_of(house_office.office, "mandate", matter, by=mission)
        seen.append(next(each.days for each in watched if each.row.name == "due"))
    assert seen == [(date(2015, 6, 20), False), 0, (date(2015, 6, 20), True), -1]


def test_filters_by_lateness_split_the_register_in_two(house_office: Stage):
    late, early = register(house_office, "AG/RES. 1", due=date(2015, 6, 16)), register(house_office, "AG/RES. 2")
    house_office.to_day(date(2015, 6, 18))
    planner = house_office.people["planner"]
    found = {
        which: [item.matter.id for item in looking.page(house_office.office, "mandate", Wanted(), by=planner, late=which).items]
        for which in (True, False)
    }
    assert found == {True: [late], False: [early]}


def test_pages_follow_each_other_without_gap_or_repetition(house_office: Stage):
    ids = {register(house_office, f"AG/RES. {number}") for number in range(7)}
    planner, after, seen = house_office.people["planner"], None, []
    for _ in range(10):
        page = looking.page(house_office.office, "mandate", Wanted(after=after), by=planner, most=3)
        seen += [item.matter.id for item in page.items]
        if (after := page.after) is None:
            break
    assert len(seen) == 7
    assert set(seen) == ids


def test_who_may_not_read_learns_nothing(house_office: Stage, tmp_path: Path):
    matter = register(house_office, "AG/RES. 1", due=date(2015, 6, 20))
    blind = office_where(house_office, tmp_path, ', "mission:any"', "")
    mission = house_office.people["mission"]
    with pytest.raises(NotAllowed):
        looking.page(blind, "mandate", Wanted(), by=mission)
    # The matter is pinned to the edition it was opened under, which lets missions read: that one judges (S15).
    assert looking.one(blind, "mandate", matter, by=mission).matter.id == matter
    unseen = Register(symbol="X", title="T", issued_by="GA", source="s")
    hidden = open_kind(blind, "mandate", unseen, by=house_office.people["planner"])
    for look in (looking.one, looking.history_of, clocks_of):
        with pytest.raises(NotFound):
            look(blind, "mandate", hidden.id, by=mission)
    assert {owed.matter.id for owed in due_list(blind, by=mission).due} == {matter}
    assert hidden.id in {owed.matter.id for owed in due_list(blind, by=house_office.people["planner"]).due}


def test_somebody_without_an_office_sees_nothing(house_office: Stage):
    matter = register(house_office, "AG/RES. 1", due=date(2015, 6, 20))
    with pytest.raises(NotFound):
        looking.one(house_office.office, "mandate", matter, by=uuid4())
    found = due_list(house_office.office, by=uuid4())
    assert (found.due, found.late, found.handed_over) == ((), (), ())


def test_an_unknown_state_is_refused_with_those_there_are(house_office: Stage):
    with pytest.raises(UnknownState) as refused:
        looking.page(house_office.office, "mandate", Wanted(states=("flown",)), by=house_office.people["planner"])
    assert "in_force" in str(refused.value.params["known"])


def test_only_kinds_in_clear_are_offered(house_office: Stage):
    assert {"mandate", "proposal"} <= {kind.name for kind in looking.offered(house_office.office)}
    assert not any(kind.table.sealed for kind in looking.offered(house_office.office))


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("acceso", {"first"}),
        ("ACCESO a la información", {"first"}),
        ("informacio", {"first"}),
        ("2514", {"first", "second"}),
        ("AG/RES. 2514", {"first"}),
        ("res 2514 xxxix", {"first"}),
        ("migración", {"second"}),
        ("ES 2514", set()),
        ("migración acceso", set()),
        (" /.,'\"", set()),
        ("' OR true --", set()),
        ("2514:* | acceso", {"first"}),
    ],
)
def test_a_register_is_searched_by_the_beginnings_of_words_without_case_accents_and_signs(
    house_office: Stage, search: str, found: set[str]
):
    titles = {"first": ("AG/RES. 2514 (XXXIX-O/09)", "Acceso a la información pública"), "second": ("2514/09", "MIGRACIO\u0301N")}
    ids = {register(house_office, symbol, title=title): name for name, (symbol, title) in titles.items()}
    page = looking.page(house_office.office, "mandate", Wanted(search=search), by=house_office.people["mission"])
    assert {ids[item.matter.id] for item in page.items} == found


def test_a_search_goes_on_page_after_page_and_joins_the_other_filters(house_office: Stage):
    ids = [register(house_office, f"AG/RES. {n}", due=date(2015, 6, 16 + n)) for n in range(5)]
    register(house_office, "CP/RES. 1")
    house_office.to_day(date(2015, 6, 19))
    by, wanted = house_office.people["mission"], Wanted(search="ag")
    first = looking.page(house_office.office, "mandate", wanted, by=by, late=True, most=2)
    rest = looking.page(house_office.office, "mandate", replace(wanted, after=first.after), by=by, late=True, most=2)
    found = [item.matter.id for item in (*first.items, *rest.items)]
    assert found == sorted(ids[:3]), "opened at one instant: in the order of their ids"
    assert (first.after, rest.after) == (found[1], None)
