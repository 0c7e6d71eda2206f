"""The words of an export: the W3C Organization Ontology, and a few of our own for what it has no word for.

ORG (https://www.w3.org/TR/vocab-org/, 2014) has units, posts and change events. It has no functions with one owner, no kinds of
heads and no value for what nobody knows; for these stands the vocabulary AMPARO, whose terms are listed in
docs/decisions/0031-exchange.md.
"""

from typing import Final
from urllib.parse import quote, unquote

from rdflib import DCTERMS, ORG, PROV, RDF, RDFS, SKOS, XSD, Graph, Namespace, URIRef

from structure.things import Sort

AMPARO: Final = Namespace("urn:amparo:vocabulary:")
BASE: Final = "urn:amparo:house:"
"""Where an export's things live unless the caller names a place of its own."""


def graph() -> Graph:
    """An empty graph with short names bound."""
    made = Graph()
    for short, space in (("org", ORG), ("skos", SKOS), ("prov", PROV), ("dcterms", DCTERMS), ("amparo", AMPARO)):
        made.bind(short, space)
    return made


def iri(base: str, sort: str, id: str) -> URIRef:
    """The name of a thing: reversible, whatever characters its id has."""
    return URIRef(f"{base}{sort}:{quote(id, safe='')}")


def id_of(name: str) -> str:
    """The id at the end of a name: after the last `:`, `/` or `#`."""
    return unquote(name.replace("#", ":").replace("/", ":").rsplit(":", 1)[-1])


__all__ = ["AMPARO", "BASE", "DCTERMS", "ORG", "PROV", "RDF", "RDFS", "SKOS", "XSD", "Sort", "graph", "id_of", "iri"]
