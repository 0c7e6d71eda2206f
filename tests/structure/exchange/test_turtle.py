"""The export is W3C ORG that others can validate, and comes back as it was."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyshacl
import pytest
from rdflib import ORG, Graph

import structure.exchange
from structure.diff import diff
from structure.exchange.turtle import write_turtle
from structure.exchange.turtle_reading import NotTurtle, read_turtle
from structure.things import ChangeEvent, ChangeKind, EdgeKind, Function
from tests.structure.exchange.houses import everything

SHAPES = Graph().parse(Path(structure.exchange.__file__).with_name("shapes.ttl"))
PLAIN = """
@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://x.org/a> a org:FormalOrganization, org:Organization ; skos:prefLabel "House" .
<http://x.org/b> a org:OrganizationalUnit ; skos:prefLabel "Unit B" ; skos:altLabel "Old B" ; org:unitOf <http://x.org/a> .
<http://x.org/c> a org:OrganizationalUnit ; skos:prefLabel "Unit C" ; org:subOrganizationOf <http://x.org/b> .
"""


def conforms(text: str) -> bool:
    verdict, _, _ = pyshacl.validate(Graph().parse(data=text, format="turtle"), shacl_graph=SHAPES)
    return bool(verdict)


def test_what_is_written_is_read_back_the_same():
    org = everything()
    back = read_turtle(write_turtle(org, date(2016, 1, 1)))
    assert diff(org, back) == []
    assert {id: replace(unit, edges=()) for id, unit in back.units.items()} == {
        id: replace(unit, edges=()) for id, unit in org.units.items()
    }
    assert {id: set(unit.edges) for id, unit in back.units.items()} == {id: set(unit.edges) for id, unit in org.units.items()}
    assert dict(back.posts) == dict(org.posts)
    assert dict(back.functions) == dict(org.functions)


def test_writing_twice_gives_the_same_text():
    assert write_turtle(everything()) == write_turtle(everything())


def test_the_export_conforms_to_its_shapes():
    assert conforms(write_turtle(everything(), date(2016, 1, 1), name="House"))


@pytest.mark.parametrize(
    ("taken", "put"),
    [
        ('skos:prefLabel "First"', 'skos:altLabel "First"'),
        ('amparo:state "abolished"', 'amparo:state "asleep"'),
        ("^^xsd:dateTime", "^^xsd:string"),
        ("amparo:live true", 'amparo:live "perhaps"'),
        ("org:postIn", "org:heldBy"),
    ],
)
def test_the_shapes_refuse_what_is_broken(taken: str, put: str):
    text = write_turtle(everything())
    assert taken in text
    assert not conforms(text.replace(taken, put))


@pytest.mark.parametrize(
    "change",
    [
        ChangeEvent("x", ChangeKind.MERGED, ("D1",), ("D2", "D3"), date(2016, 1, 1)),
        ChangeEvent("x", ChangeKind.SPLIT, ("D1",), ("D2",), date(2016, 1, 1), primary="D2"),
        ChangeEvent("x", ChangeKind.SPLIT, ("D1",), ("D2", "D3"), date(2016, 1, 1)),
        ChangeEvent("x", ChangeKind.CREATED, (), (), date(2016, 1, 1)),
    ],
    ids=["merger_with_two_results", "split_with_one_result", "split_without_primary", "about_nothing"],
)
def test_the_shapes_refuse_a_succession_with_the_wrong_number_of_units(change: ChangeEvent):
    assert not conforms(write_turtle(everything().with_change(change)))


def test_a_function_without_owner_does_not_conform():
    assert not conforms(write_turtle(everything().with_function(Function("F9", "x", ()))))


def test_who_holds_a_post_never_leaves_the_house():
    org = everything()
    held = org.with_post(replace(org.posts["P1"], holder="person-4711"))
    text = write_turtle(held)
    assert "4711" not in text
    assert (None, ORG.heldBy, None) not in Graph().parse(data=text, format="turtle")


def test_a_plain_org_file_of_somebody_else_is_read_and_the_rest_is_unknown():
    org = read_turtle(PLAIN)
    assert sorted(org.units) == ["a", "b", "c"]
    assert org.units["b"].formerly == ("Old B",)
    assert [edge.head for edge in org.units["c"].edges if edge.kind is EdgeKind.LINE] == ["b"]
    assert org.units["b"].heads == ()


def test_what_is_not_turtle_is_refused_by_line():
    with pytest.raises(NotTurtle) as refused:
        read_turtle("@prefix a: <x> .\n\na:b a:c ,,, .")
    assert refused.value.params["line"] == 3
