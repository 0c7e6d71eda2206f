"""`amparo decide`: whether a vote adopts, by a rule of the pack, and why. Reads the rules of decision and nothing else."""

import json
import sys
from typing import Annotated, ClassVar

import typer

from cli.refuse import refuse, spoken
from policies.decisions import load
from policies.pack import pack_folder
from policies.refusal import Refusal
from states.deciding.counting import Outcome, decide
from states.deciding.tally import Tally
from web.messages import Messages

MISUSED = 2


class NoDecisionRules(Refusal):
    """The pack does not say how its house decides."""

    code: ClassVar[str] = "no_decision_rules"
    status: ClassVar[int] = 422


def count(
    *,
    rule: Annotated[str, typer.Option("--rule", metavar="R", help="A rule of the pack: majority, two_thirds, ...")],
    members: Annotated[int, typer.Option("--members", metavar="M", help="All members, those that may not vote too.")],
    for_: Annotated[int, typer.Option("--for", metavar="A", help="Votes for.")],
    against: Annotated[int, typer.Option("--against", metavar="B", help="Votes against.")],
    abstain: Annotated[int, typer.Option("--abstain", metavar="C", help="Abstentions.")],
    present: Annotated[int | None, typer.Option("--present", metavar="P", help="How many were there.")] = None,
    absent: Annotated[int | None, typer.Option("--absent", metavar="D", help="How many were not.")] = None,
    entitled: Annotated[int | None, typer.Option("--entitled", metavar="E", help="How many may vote, if not all.")] = None,
    spoiled: Annotated[int, typer.Option("--spoiled", metavar="S", help="Papers nobody can read.")] = 0,
    parties: Annotated[int, typer.Option("--parties", metavar="N", help="Members that a dispute is about.")] = 0,
    pack: Annotated[str, typer.Option("--pack", metavar="NAME", help="Whose rules.")] = "oas",
    lang: Annotated[str | None, typer.Option("--lang", metavar="L", help="en, es, pt or fr.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Count a vote. Exit 0: adopted or not; 2: the numbers cannot be, or there is no such rule."""
    messages = spoken(lang, as_json=as_json)
    try:
        tally = Tally(
            members=members,
            for_=for_,
            against=against,
            abstain=abstain,
            present=present,
            absent=absent,
            entitled=entitled,
            spoiled=spoiled,
            parties=parties,
        )
        outcome = _decided(rule, tally, pack)
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json, code=MISUSED))
    _print(outcome, messages, as_json=as_json)


def _decided(rule: str, tally: Tally, pack: str) -> Outcome:
    path = pack_folder(pack) / "decisions.toml"
    if not path.exists():
        raise NoDecisionRules(pack=pack)
    return decide(rule, load(path), tally)


def _print(outcome: Outcome, messages: Messages, *, as_json: bool) -> None:
    why = " ".join(messages.say(said) for said in outcome.why)
    if as_json:
        answer = {"adopted": outcome.adopted, "needed": outcome.needed, "base": outcome.base, "why": why}
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print(why)
