"""A refusal as a sentence: names of code in its facts are said as people say them, ids of people by their names."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from policies.pack import PolicyRefused
from policies.refusal import Refusal
from policies.said import Fact, Said
from web.messages import Messages

_GRANTS: Final = "may"
"""The fact that holds grants of an access policy, `role:relation`, with commas between; the sentence calls it {who}."""


_CLOCKS: Final = frozenset({"rule", "clocks"})
_PAUSES: Final = frozenset({"pause", "pauses"})
"""Facts that hold names of the kind's clocks and pauses, one or several."""
_STEPS: Final = frozenset({"possible", "known"})
"""Facts that hold names of steps: what can be done from here, and what there is at all."""
_CALLED: Final = {
    "language": "language",
    "document_step": "document_step",
    "missing_step": "document_step",
    "document_part": "document_part",
}
"""Facts that hold one name of code, and under what its word is filed."""


def sentence(refusal: Refusal, messages: Messages, otherwise: str = "") -> str:
    """What, why and what to do. `otherwise` is the key to say where nobody wrote `refusal.<code>`; without it that raises
    UnknownMessageError.
    """
    if isinstance(refusal, PolicyRefused) and refusal.why is not None:
        return messages.say(Said("refusal.policy_contradicts", {"reason": messages.say(refusal.why)}))
    key = refusal.said.key
    return messages.say(Said(key if key in messages or not otherwise else otherwise, _facts(refusal, messages)))


def move(messages: Messages, kind: str, trigger: str) -> str:
    """What a step is called: a move of the kind, or what can be done besides moves; else as it is."""
    return _label(messages, f"move.{kind}.{trigger}", f"step.{trigger}") or trigger


def _facts(refusal: Refusal, messages: Messages) -> Mapping[str, Fact]:
    facts = dict(refusal.params)
    for name, fact in refusal.params.items():
        if isinstance(fact, str) and refusal.names:
            facts[name] = ", ".join(refusal.names.get(one, one) for one in _listed(fact))
    for name, filed in _CALLED.items():
        called = refusal.params.get(name)
        if isinstance(called, str):
            facts[name] = _label(messages, f"{filed}.{called}") or called
    kind = refusal.params.get("kind")
    if isinstance(kind, str):
        facts |= _steps(refusal, kind, messages)
    return facts


def _steps(refusal: Refusal, kind: str, messages: Messages) -> dict[str, Fact]:
    told = {name: fact for name, fact in refusal.params.items() if isinstance(fact, str)}
    said: dict[str, Fact] = {}
    if "trigger" in told:
        said["trigger"] = _quoted(messages, [move(messages, kind, told["trigger"])])
    if "state" in told:
        said["state"] = _quoted(messages, [_label(messages, f"state.{kind}.{told['state']}") or told["state"]])
    for name in _STEPS & told.keys():
        steps = [move(messages, kind, one) for one in _listed(told[name])]
        said[name] = _quoted(messages, steps) or messages.say(Said("step.none"))
    for name in _CLOCKS & told.keys():
        said[name] = _named(messages, f"clock.{kind}", told[name])
    for name in _PAUSES & told.keys():
        said[name] = _named(messages, f"pause_called.{kind}", told[name])
    if refusal.unmet:
        said["unmet"] = " ".join(_label(messages, f"claim.{one}") or one for one in refusal.unmet)
    if _GRANTS in told:
        said["who"] = _who(messages, _listed(told[_GRANTS]))
    return said


def _who(messages: Messages, grants: Iterable[str]) -> str:
    """Roles and how they stand to the matter, in words: one piece a relation."""
    pairs = [(relation, role) for role, _, relation in (grant.partition(":") for grant in grants)]
    said = []
    for relation, found in groupby(pairs, key=lambda pair: pair[0]):
        roles = ", ".join(_label(messages, f"role.{role}") or role for _, role in found)
        said.append(messages.say(Said(f"grant.{relation}", {"roles": roles})))
    return "; ".join(said) or messages.say(Said("grant.nobody"))


def _named(messages: Messages, what: str, fact: str) -> str:
    said = _quoted(messages, [_label(messages, f"{what}.{one}") or one for one in _listed(fact)])
    return said or messages.say(Said("step.none"))


def _quoted(messages: Messages, said: Iterable[str]) -> str:
    return ", ".join(messages.say(Said("quoted", {"text": one})) for one in said)


def _listed(fact: str) -> list[str]:
    return [one for one in fact.split(", ") if one]


def _label(messages: Messages, *keys: str) -> str:
    return next((messages.say(Said(key)) for key in keys if key in messages), "")
