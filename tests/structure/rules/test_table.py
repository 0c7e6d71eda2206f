"""The table of docs/structure.md and the messages say what the classes say."""

import re
from collections.abc import Iterator
from inspect import getdoc
from pathlib import Path

import pytest

from policies.said import Said
from structure.rule import PlanRule, Rule
from structure.rules import PLAN_RULES, STATE_RULES
from web.messages import LANGUAGES, OR_RAW, Messages

ROOT = Path(__file__).parents[3]
SPOKEN = {language: Messages(language) for language in LANGUAGES}
ALL: tuple[Rule, ...] = (*STATE_RULES, *PLAN_RULES)
SEVERITIES = ("blocks", "warns", "informs")
ROW = re.compile(r"^\| (I\d+) \| [^|]+ \| ([a-z, ]+) \| (state|plan) \| `(\w+\.py)` \|$", re.MULTILINE)
FACT = re.compile(r"\{(\w+)(?::([\w.]+))?\}")
WORDED = {"structure.field": "name", "claim": "unit_is_live", "act": "create", "thing.raw": "oversight_body"}
"""How a fact that has words of its own begins -> one such fact."""


def rows() -> dict[str, tuple[str, str, str]]:
    found = ROW.findall((ROOT / "docs" / "structure.md").read_text())
    return {id: (severities, asked, file) for id, severities, asked, file in found}


def as_classes_say() -> Iterator[tuple[str, tuple[str, str, str]]]:
    for id in {rule.id for rule in ALL}:
        rules = [rule for rule in ALL if rule.id == id]
        severities = ", ".join(each for each in SEVERITIES if each in {rule.severity.value for rule in rules})
        (asked,) = {"plan" if isinstance(rule, PlanRule) else "state" for rule in rules}
        (file,) = {f"{type(rule).__module__.rpartition('.')[2]}.py" for rule in rules}
        yield id, (severities, asked, file)


def test_the_table_names_every_invariant_once_in_order():
    assert list(rows()) == [f"I{number}" for number in range(1, 17)]


def test_the_table_says_of_each_what_its_classes_say():
    assert rows() == dict(as_classes_say())


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: type(rule).__name__)
def test_a_rules_docstring_is_its_english_message_and_every_language_has_the_same_facts(rule):
    written = getdoc(type(rule)) or ""
    facts = {fact: (prefix, WORDED.get(prefix, f"<{fact}>")) for fact, prefix in FACT.findall(written)}
    named = Said(rule.key(), {fact: value for fact, (_, value) in facts.items()})
    assert SPOKEN["en"].say(named) == FACT.sub(lambda fact: as_said("en", *facts[fact[1]]), written)
    for language in LANGUAGES:
        assert all(as_said(language, *fact) in SPOKEN[language].say(named) for fact in facts.values())


def as_said(language, prefix, value):
    """A fact as a sentence has it: itself, or the words it has in that language."""
    return SPOKEN[language].say(Said(f"{prefix.removesuffix(OR_RAW)}.{value}")) if prefix else value
