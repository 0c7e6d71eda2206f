"""Read an organisation from Turtle: our own export, or any file in the W3C Organization Ontology.

A plain ORG file has units (`org:OrganizationalUnit`, `org:Organization`), `org:subOrganizationOf` or `org:unitOf`, labels, posts.
What it does not say stays unknown. Nothing is fetched: an `@import` or a remote context is not followed.
"""

from typing import ClassVar

from rdflib import Graph, Literal, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from policies.refusal import Refusal
from structure.exchange.names import AMPARO, DCTERMS, ORG, RDF, SKOS, id_of
from structure.exchange.turtle import EDGE_TERMS
from structure.organisation import Organisation
from structure.things import UNKNOWN, Edge, EdgeKind, Function, Post, Unit, UnitState

LARGEST = 20_000_000
"""Characters; an organisation of 5,000 units and 50,000 functions takes about ten million."""


class NotTurtle(Refusal):
    """The text cannot be read as Turtle. Says in which line it stops making sense; 0 when it is too long to begin."""

    code: ClassVar[str] = "not_turtle"
    status: ClassVar[int] = 422


def read_turtle(text: str) -> Organisation:
    """The organisation a Turtle text describes. Raises NotTurtle. Change events are history, not structure: they are not read."""
    if len(text) > LARGEST:
        raise NotTurtle(line=0)
    made = Graph()
    try:
        made.parse(data=text, format="turtle")
    except BadSyntax as wrong:
        raise NotTurtle(line=int(getattr(wrong, "lines", 0)) + 1) from None
    except (ParserError, ValueError):
        raise NotTurtle(line=1) from None
    units = {node for kind in (ORG.OrganizationalUnit, ORG.Organization) for node in made.subjects(RDF.type, kind)}
    return Organisation.of(
        [_unit(made, node) for node in sorted(units, key=str)],
        [_function(made, node) for node in sorted(made.subjects(RDF.type, AMPARO.Function), key=str)],
        [_post(made, node) for node in sorted(made.subjects(RDF.type, ORG.Post), key=str)],
    )


def _unit(made: Graph, node: Node) -> Unit:
    state = _text(made, node, AMPARO.state)
    kind = made.value(node, ORG.classification)
    former = sorted(_texts(made, node, AMPARO.formerly), key=lambda entry: int(entry.partition(" ")[0]))
    return Unit(
        id=_id(made, node),
        name=_text(made, node, SKOS.prefLabel) or UNKNOWN,
        type=UNKNOWN if kind is None else id_of(str(kind)),
        edges=tuple(sorted(_edges(made, node), key=lambda edge: (edge.kind, edge.head))),
        rank=_text(made, node, AMPARO.rank) or UNKNOWN,
        state=UnitState(state) if state in set(UnitState) else UnitState.ACTIVE,
        formerly=tuple(entry.partition(" ")[2] for entry in former) or tuple(sorted(_texts(made, node, SKOS.altLabel))),
        autonomous=(node, AMPARO.autonomous, Literal(True)) in made,
        tags=frozenset(_texts(made, node, AMPARO.tag)),
    )


def _edges(made: Graph, node: Node) -> set[Edge]:
    matters: dict[tuple[str, str], set[str]] = {}
    for entry in _texts(made, node, AMPARO.decides):
        kind, head, matter = entry.split(" ", 2)
        matters.setdefault((kind, head), set()).add(matter)
    edges = {
        Edge(kind, head, frozenset(matters.get((kind.value, head), ())))
        for kind, term in EDGE_TERMS.items()
        for head in (_reference(made, object_) for object_ in made.objects(node, term))
    }
    told = {edge.head for edge in edges}
    plain = {_reference(made, above) for above in made.objects(node, ORG.subOrganizationOf)}
    plain |= {
        _reference(made, above)
        for above in made.objects(node, ORG.unitOf)
        if (above, RDF.type, ORG.FormalOrganization) not in made
    }
    return edges | {Edge(EdgeKind.LINE, head) for head in plain - told}


def _function(made: Graph, node: Node) -> Function:
    broader = made.value(node, SKOS.broader)
    return Function(
        id=_id(made, node),
        name=_text(made, node, SKOS.prefLabel) or UNKNOWN,
        owners=tuple(sorted(_reference(made, owner) for owner in made.objects(node, AMPARO.owner))),
        contributors=tuple(sorted(_reference(made, unit) for unit in made.objects(node, AMPARO.contributor))),
        part_of=None if broader is None else _id(made, broader),
        legal_basis=frozenset(_texts(made, node, DCTERMS.source)),
        origin=_text(made, node, AMPARO.origin),
        live=(node, AMPARO.live, Literal(False)) not in made,
    )


def _post(made: Graph, node: Node) -> Post:
    unit = made.value(node, ORG.postIn)
    return Post(
        id=_id(made, node),
        title=_text(made, node, SKOS.prefLabel) or UNKNOWN,
        unit=UNKNOWN if unit is None else _reference(made, unit),
        fund=_text(made, node, AMPARO.fund) or UNKNOWN,
        grade=_text(made, node, AMPARO.grade) or UNKNOWN,
        live=(node, AMPARO.live, Literal(False)) not in made,
    )


def _reference(made: Graph, node: Node) -> str:
    return UNKNOWN if node == AMPARO.unknown else _id(made, node)


def _id(made: Graph, node: Node) -> str:
    told = _text(made, node, DCTERMS.identifier)
    return told if told is not None else id_of(str(node))


def _text(made: Graph, node: Node, term: URIRef) -> str | None:
    """The least value, so that a file with two labels reads the same every time."""
    return min(_texts(made, node, term), default=None)


def _texts(made: Graph, node: Node, term: URIRef) -> list[str]:
    return [str(value) for value in made.objects(node, term)]
