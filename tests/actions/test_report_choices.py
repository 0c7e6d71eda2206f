"""What a redraft may choose: nothing but what stands in the draft, and of the annex nothing at all."""

from uuid import UUID

import pytest

from actions.kinds.report_choices import NoSuchDimension, NoSuchTable, NothingToChoose
from actions.reporting import judge
from policies.refusal import Refusal
from records import report as records
from records.report import REPORTS
from reports.shape import Table
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.report_life import does, drafting, row_of, small_report, wanted, written

TYPED = "maria_from_lima"


def by_region(stage: OmbudsStage) -> UUID:
    """An unsafe draft that has a table by region too."""
    matter = wanted(stage)
    with drafting(stage) as office, office.open() as books:
        plain = small_report(records.detail(books, matter))
        table = Table(name="closed", kind="flow", dimensions=("region", "track"), cells=(), measure="closed")
        whole = plain.model_copy(update={"tables": (*plain.tables, table)})
        records.add_draft(books, matter, whole.written(), made_by=REPORTS, clean=False, findings={}, utility={})
    assert judge(stage.flows, matter)
    return matter


def kept(stage: OmbudsStage, matter: UUID) -> tuple[object, ...]:
    (entries,) = stage.rows("SELECT count(*) FROM ledger_entry")
    return row_of(stage, matter), entries[0]


COARSEN = {"act": "coarsen", "table": "closed", "dimension": "region"}
DROP = {"act": "drop", "table": "received"}
REFUSED: tuple[tuple[dict[str, str], type[Refusal], dict[str, str]], ...] = (
    ({"act": "drop", "table": TYPED}, NoSuchTable, {"tables": "closed, received"}),
    ({"act": "coarsen", "table": TYPED, "dimension": "region"}, NoSuchTable, {"tables": "closed, received"}),
    ({"act": "coarsen", "table": "closed", "dimension": TYPED}, NoSuchDimension, {"table": "closed", "dimensions": "region"}),
    ({"act": "coarsen", "table": "closed", "dimension": "track"}, NoSuchDimension, {"table": "closed", "dimensions": "region"}),
    ({"act": "coarsen", "table": "closed"}, NoSuchDimension, {"table": "closed", "dimensions": "region"}),
    ({"act": "coarsen", "table": "received", "dimension": "region"}, NoSuchDimension, {"table": "received", "dimensions": ""}),
)


def test_what_the_draft_has_not_is_refused_by_name_and_what_was_typed_is_not_repeated(ombuds_office: OmbudsStage) -> None:
    matter = by_region(ombuds_office)
    before = kept(ombuds_office, matter)
    for choice, refused, params in REFUSED:
        with pytest.raises(refused) as told:
            does(ombuds_office, "head", matter, "redraft", choices=[DROP, choice])
        assert told.value.params == params
    assert kept(ombuds_office, matter) == before


def test_what_the_draft_has_is_chosen(ombuds_office: OmbudsStage) -> None:
    matter = by_region(ombuds_office)
    assert does(ombuds_office, "head", matter, "redraft", choices=[COARSEN, DROP]).state == "wanted"
    assert row_of(ombuds_office, matter).choices == [COARSEN, DROP]


@pytest.mark.parametrize(("kind", "period", "who"), [("annex", "2015", "alternate"), ("ombuds", "2015-H1", "head")])
def test_where_there_is_nothing_to_choose_figures_are_taken_anew_and_nothing_is_left_out(
    ombuds_office: OmbudsStage, kind: str, period: str, who: str
) -> None:
    matter = wanted(ombuds_office, kind, period)
    written(ombuds_office, matter, clean=False)
    before = kept(ombuds_office, matter)
    for choice in (DROP, COARSEN):
        with pytest.raises(NothingToChoose):  # an annex without its table would say that there was nothing
            does(ombuds_office, who, matter, "redraft", choices=[choice])
    assert kept(ombuds_office, matter) == before
    assert does(ombuds_office, who, matter, "redraft").state == "wanted"
    assert row_of(ombuds_office, matter).choices == []
