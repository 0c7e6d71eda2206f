"""Every key that lower layers say has its sentence, and every fact in a sentence is given by whoever says it."""

import ast
import importlib
import inspect
import pkgutil
import re
import string
from collections.abc import Iterator
from types import ModuleType

import pytest

from policies.refusal import Refusal
from policies.said import Said
from states.procedures import PROCEDURES
from states.table import StateTable
from tests.laws.tree import PACKAGES, ROOT, Source, dotted, sources
from web.messages import Messages, complete

ENGLISH = Messages("en")
NOT_IMPORTED = ("records.migrations",)
"""alembic's own files run when they are imported."""


def modules() -> Iterator[ModuleType]:
    """Every module of the product."""
    for name in PACKAGES:
        if (ROOT / name / "__init__.py").exists():
            for found in pkgutil.walk_packages([str(ROOT / name)], f"{name}.", onerror=_fail):
                if not found.name.startswith(NOT_IMPORTED):
                    yield importlib.import_module(found.name)


def _fail(name: str) -> None:
    raise ImportError(name)


def refusals() -> list[type[Refusal]]:
    """Every refusal of the product that has a code of its own."""
    names = {module.__name__ for module in modules()}
    waiting, found = [Refusal], []
    while waiting:
        waiting += (one := waiting.pop()).__subclasses__()
        if "code" in vars(one) and one.__module__ in names:
            found.append(one)
    return found


def facts_of(key: str) -> set[str]:
    """The facts that the English sentence names; the other languages name the same (web.messages)."""
    sentence = ENGLISH._sentences[key]
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_the_catalogues_have_no_gap():
    assert complete() == []


def test_every_refusal_has_its_sentence():
    assert sorted(one.code for one in refusals() if f"refusal.{one.code}" not in ENGLISH) == []


def test_a_code_means_one_refusal():
    codes = [one.code for one in refusals()]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_every_refusal_says_what_it_is_and_answers_as_a_refusal():
    assert [one.__qualname__ for one in refusals() if not one.__doc__] == []
    assert [one.code for one in refusals() if not 400 <= one.status < 600] == []
    assert [one.code for one in refusals() if not re.fullmatch(r"[a-z]+(_[a-z]+)*", one.code)] == []


def raised(source: Source, module: ModuleType) -> Iterator[tuple[ast.Call, type[Refusal]]]:
    """Every place where a refusal is made, with its class."""
    for node in source.walk():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            made = getattr(module, node.func.id, None)
            if inspect.isclass(made) and issubclass(made, Refusal) and "code" in vars(made):
                yield node, made


def test_a_refusal_brings_every_fact_its_sentence_names():
    by_path = {source.path: source for source in sources()}
    lacking = []
    for module in modules():
        path = module.__name__.replace(".", "/")
        source = by_path.get(f"{path}.py") or by_path[f"{path}/__init__.py"]
        for call, made in raised(source, module):
            given, key = {keyword.arg for keyword in call.keywords}, f"refusal.{made.code}"
            told = made.__init__ is not Refusal.__init__ or None in given  # its own constructor, or **facts
            if not told and key in ENGLISH and facts_of(key) - given:
                lacking.append(f"{source.at(call)} {made.code}")
    assert lacking == []


def test_every_key_that_is_said_has_its_sentence():
    unknown = []
    for source in sources():
        for call in (node for node in source.walk() if isinstance(node, ast.Call) and dotted(node.func) == "Said"):
            key = call.args[0] if call.args else None
            if isinstance(key, ast.Constant) and key.value not in ENGLISH:
                unknown.append(f"{source.at(call)} {key.value}")
    assert unknown == []


def labels(table: StateTable) -> Iterator[str]:
    """What a procedure's stages, moves, clocks, pauses and claims are called where people see them."""
    yield from (f"state.{table.kind}.{state}" for state in table.states)
    yield from (f"move.{table.kind}.{trigger}" for trigger in table.triggers)
    yield from (f"clock.{table.kind}.{clock.name}" for clock in table.clocks)
    yield from {f"claim.{guard.__name__}" for move in table.moves for guard in move.only_if}


@pytest.mark.parametrize("table", PROCEDURES, ids=lambda table: table.kind)
def test_every_part_of_a_procedure_has_its_name(table: StateTable):
    assert [key for key in labels(table) if key not in ENGLISH] == []


@pytest.mark.parametrize("table", PROCEDURES, ids=lambda table: table.kind)
def test_a_name_of_a_part_needs_no_facts(table: StateTable):
    known = [key for key in labels(table) if key in ENGLISH]
    assert [key for key in known if facts_of(key) or not ENGLISH.say(Said(key))] == []
