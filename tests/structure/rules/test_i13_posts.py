"""I13: the number of posts of a fund changes by authority alone, and the unknown counts as unknown."""

from structure.operations import AbolishPost, CreatePost, MovePost, RestorePost
from structure.rule import Severity
from structure.things import UNKNOWN
from tests.structure.cases import LATER, case, found, said


def new(id: str, fund: str = "regular", authority: str | None = None) -> CreatePost:
    return CreatePost(post=id, title="Officer", unit="SPA", fund=fund, grade="P3", authority=authority)


def test_posts_that_move_or_make_up_for_each_other_keep_the_fund():
    plan = (MovePost(post="P1", to="SPA"), AbolishPost(post="P2"), new("P9"))
    assert found(case(*plan), number="I13") == []


def test_a_net_change_without_authority_is_named_by_fund():
    findings = found(case(AbolishPost(post="P1"), new("P8", "specific"), new("P9", "specific")), number="I13")
    assert said(findings) == [("posts_of_fund_change", "regular"), ("posts_of_fund_change", "specific")]
    assert [finding.message.params["net"] for finding in findings] == ["-1", "+2"]
    assert findings[0].message.params["before"] == 2
    assert findings[0].message.params["after"] == 1
    assert findings[1].message.params["operations"] == "OP-2, OP-3"
    assert {finding.severity for finding in findings} == {Severity.WARNS}


def test_an_authority_lets_the_number_change_and_only_for_its_operation():
    authorised = (AbolishPost(post="P1", authority="CP/RES. 1051"), new("P8", authority="CP/RES. 1051"))
    assert found(case(*authorised), number="I13") == []
    findings = found(case(*authorised, new("P9")), number="I13")
    assert [finding.message.params["net"] for finding in findings] == ["+1"]


def test_an_unknown_authority_is_none_and_an_unknown_fund_is_one():
    findings = found(case(new("P9", UNKNOWN, UNKNOWN)), number="I13")
    assert said(findings) == [("posts_of_fund_change", UNKNOWN)]


def test_a_post_that_comes_back_was_never_gone():
    assert found(case(AbolishPost(post="P1"), (LATER, RestorePost(post="P1"))), number="I13") == []
