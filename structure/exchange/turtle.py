"""An organisation as W3C ORG in Turtle, and back.

What comes back equals what was written, except: who holds a post (an opaque reference to a person never leaves the house), and
the order of edges.
"""

from datetime import date

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from structure.exchange.names import AMPARO, BASE, DCTERMS, ORG, PROV, RDF, SKOS, XSD, graph, iri
from structure.organisation import Organisation
from structure.things import COMMANDS, UNKNOWN, ChangeEvent, Edge, EdgeKind, Function, Post, Sort, Unit

UNIT, FUNCTION, POST = Sort.UNIT.value, Sort.FUNCTION.value, Sort.POST.value
EDGE_TERMS = {
    EdgeKind.LINE: AMPARO.lineHead,
    EdgeKind.MATRIX: AMPARO.matrixHead,
    EdgeKind.COORDINATION: AMPARO.coordinatesWith,
    EdgeKind.BODY: AMPARO.reportsToBody,
}
"""What ORG cannot tell apart; `org:subOrganizationOf` is written beside the first two."""


def write_turtle(org: Organisation, on: date | None = None, *, name: str = "", base: str = BASE) -> str:
    """The organisation as Turtle, the same text for the same organisation. `on`: the date it stands for, said in the file."""
    made = graph()
    house = URIRef(f"{base}house")
    made.add((house, RDF.type, ORG.FormalOrganization))
    made.add((house, SKOS.prefLabel, Literal(name or "house")))
    if on is not None:
        made.add((house, DCTERMS.valid, Literal(on)))
    for unit in org.units.values():
        _write_unit(made, house, unit, base)
    for function in org.functions.values():
        _write_function(made, function, base)
    for post in org.posts.values():
        _write_post(made, post, base)
    for place, change in enumerate(org.changes):
        _write_change(made, place, change, base)
    return str(made.serialize(format="turtle"))


def _write_unit(made: Graph, house: URIRef, unit: Unit, base: str) -> None:
    node = iri(base, UNIT, unit.id)
    made.add((node, RDF.type, ORG.OrganizationalUnit))
    made.add((node, DCTERMS.identifier, Literal(unit.id)))
    made.add((node, SKOS.prefLabel, Literal(unit.name)))
    made.add((node, ORG.classification, iri(base, "type", unit.type)))
    made.add((node, AMPARO.state, Literal(unit.state.value)))
    made.add((node, AMPARO.rank, Literal(unit.rank)))
    for place, former in enumerate(unit.formerly):
        made.add((node, SKOS.altLabel, Literal(former)))
        made.add((node, AMPARO.formerly, Literal(f"{place} {former}")))
    for tag in unit.tags:
        made.add((node, AMPARO.tag, Literal(tag)))
    if unit.autonomous:
        made.add((node, AMPARO.autonomous, Literal(True)))
    if not unit.heads:
        made.add((node, ORG.unitOf, house))
    for edge in unit.edges:
        _write_edge(made, node, edge, base)


def _write_edge(made: Graph, node: URIRef, edge: Edge, base: str) -> None:
    beside = edge.kind is EdgeKind.COORDINATION or edge.kind is EdgeKind.BODY
    sort = "body" if beside else UNIT
    head: Node = AMPARO.unknown if edge.head == UNKNOWN else iri(base, sort, edge.head)
    made.add((node, EDGE_TERMS[edge.kind], head))
    if edge.kind in COMMANDS and edge.head != UNKNOWN:
        made.add((node, ORG.subOrganizationOf, head))
    for matter in edge.matters:
        made.add((node, AMPARO.decides, Literal(f"{edge.kind.value} {edge.head} {matter}")))


def _write_function(made: Graph, function: Function, base: str) -> None:
    node = iri(base, FUNCTION, function.id)
    made.add((node, RDF.type, AMPARO.Function))
    made.add((node, RDF.type, SKOS.Concept))
    made.add((node, DCTERMS.identifier, Literal(function.id)))
    made.add((node, SKOS.prefLabel, Literal(function.name)))
    made.add((node, AMPARO.live, Literal(function.live)))
    for term, units in ((AMPARO.owner, function.owners), (AMPARO.contributor, function.contributors)):
        for unit in units:
            made.add((node, term, AMPARO.unknown if unit == UNKNOWN else iri(base, UNIT, unit)))
    for unit in function.owners:
        if unit != UNKNOWN and function.live:
            made.add((iri(base, UNIT, unit), ORG.purpose, node))
    if function.part_of is not None:
        made.add((node, SKOS.broader, iri(base, FUNCTION, function.part_of)))
    for basis in function.legal_basis:
        made.add((node, DCTERMS.source, Literal(basis)))
    if function.origin is not None:
        made.add((node, AMPARO.origin, Literal(function.origin)))


def _write_post(made: Graph, post: Post, base: str) -> None:
    node = iri(base, POST, post.id)
    made.add((node, RDF.type, ORG.Post))
    made.add((node, DCTERMS.identifier, Literal(post.id)))
    made.add((node, SKOS.prefLabel, Literal(post.title)))
    made.add((node, ORG.postIn, AMPARO.unknown if post.unit == UNKNOWN else iri(base, UNIT, post.unit)))
    made.add((node, AMPARO.fund, Literal(post.fund)))
    made.add((node, AMPARO.grade, Literal(post.grade)))
    made.add((node, AMPARO.live, Literal(post.live)))


def _write_change(made: Graph, place: int, change: ChangeEvent, base: str) -> None:
    node = iri(base, "change", f"{place:06d}-{change.operation}")
    made.add((node, RDF.type, ORG.ChangeEvent))
    made.add((node, DCTERMS.identifier, Literal(change.operation)))
    made.add((node, AMPARO.kind, Literal(change.kind.value)))
    made.add((node, PROV.startedAtTime, Literal(f"{change.on.isoformat()}T00:00:00", datatype=XSD.dateTime)))
    for term, units in ((ORG.originalOrganization, change.originals), (ORG.resultingOrganization, change.results)):
        for unit in units:
            made.add((node, term, iri(base, UNIT, unit)))
    if change.primary is not None:
        made.add((node, AMPARO.primary, iri(base, UNIT, change.primary)))
