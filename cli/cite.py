"""`amparo cite`: how a document is cited, made clean, taken apart and checked; one citation, or every one in a text.

It reads the pack's forms and nothing else. The number of a council's meeting has no key of its own in the JSON: it is in
`canonical`, it is no session and no year, and a warning says so where it could be taken for one.
"""

import json
import sys
from bisect import bisect_right
from pathlib import Path
from typing import Annotated, Any, ClassVar

import typer

from cli.refuse import refuse, spoken
from policies.citations import CitationForms, load
from policies.pack import pack_folder
from policies.refusal import Refusal
from policies.said import Said
from states.citing.citation import Citation
from states.citing.parsing import Found, find_all, parse
from web.messages import Messages

MISUSED = 2
NONE_THERE = 1


class NothingToCite(Refusal):
    """Neither a text nor a file."""

    code: ClassVar[str] = "nothing_to_cite"
    status: ClassVar[int] = 422


class TwoThingsToCite(Refusal):
    """A text and a file."""

    code: ClassVar[str] = "two_things_to_cite"
    status: ClassVar[int] = 422


class TextUnreadable(Refusal):
    """A file that is not there, or that is not text in UTF-8."""

    code: ClassVar[str] = "text_unreadable"
    status: ClassVar[int] = 422


class NoCitationForms(Refusal):
    """The pack does not say how its house cites documents."""

    code: ClassVar[str] = "no_citation_forms"
    status: ClassVar[int] = 422


def cite(
    text: Annotated[str | None, typer.Argument(help="One citation, clean or not.", show_default=False)] = None,
    *,
    find: Annotated[str | None, typer.Option("--find", metavar="FILE", help="Find all in a text; - reads the input.")] = None,
    pack: Annotated[str, typer.Option("--pack", metavar="P", help="Whose documents.")] = "oas",
    lang: Annotated[str | None, typer.Option("--lang", metavar="L", help="en, es, pt or fr.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Make a citation clean, take it apart, and say what is doubtful in it. Exit 1: it is no citation."""
    messages = spoken(lang, as_json=as_json)
    code = MISUSED
    try:
        if text is None and find is None:
            raise NothingToCite()
        if text is not None and find is not None:
            raise TwoThingsToCite()
        forms = _forms(pack)
        if find is not None:
            _print_found(_read(find), forms, messages, as_json=as_json)
            return
        code = NONE_THERE
        _print_one(parse(text or "", forms), messages, as_json=as_json)
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json, code=code))


def _forms(pack: str) -> CitationForms:
    """The forms alone: the rest of the pack may be as it likes."""
    path = pack_folder(pack) / "citations.toml"
    if not path.exists():
        raise NoCitationForms(pack=pack)
    return load(path)


def _read(name: str) -> str:
    """A file as it is, line ends too, so that places are those of the file."""
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return content.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise TextUnreadable() from None


def _print_one(citation: Citation, messages: Messages, *, as_json: bool) -> None:
    if as_json:
        _print_json(_facts(citation, messages))
        return
    print(citation.canonical)
    for name, value in citation.facts().items():
        if name != "canonical" and value not in (None, []):
            shown = ", ".join(value) if isinstance(value, list) else str(value)
            print(f"  {messages.say(Said(f'citing.{name}', {'value': shown}))}")
    if citation.meeting is not None:
        print(f"  {messages.say(Said('citing.meeting', {'value': str(citation.meeting)}))}")
    for warning in citation.warnings:
        print(f"  {messages.say(Said('citing.look', {'warning': messages.say(warning)}))}")


def _print_found(text: str, forms: CitationForms, messages: Messages, *, as_json: bool) -> None:
    """One line a citation, or a list. `start` and `end` count signs from 0; `line` and `column` from 1."""
    lines = [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]
    found = [(*_place(one, lines), one) for one in find_all(text, forms)]
    if as_json:
        _print_json([_found_facts(line, column, one, text, messages) for line, column, one in found])
        return
    for line, column, one in found:
        doubts = "".join(f"  [{messages.say(warning)}]" for warning in one.citation.warnings)
        print(f"{line}:{column}  {one.citation.canonical}{doubts}")
    print(messages.say(Said("citing.found", {"count": len(found)})))


def _found_facts(line: int, column: int, one: Found, text: str, messages: Messages) -> dict[str, Any]:
    place = {"start": one.start, "end": one.end, "line": line, "column": column, "text": text[one.start : one.end]}
    return place | _facts(one.citation, messages)


def _place(one: Found, lines: list[int]) -> tuple[int, int]:
    line = bisect_right(lines, one.start)
    return line, one.start - lines[line - 1] + 1


def _facts(citation: Citation, messages: Messages) -> dict[str, Any]:
    return citation.facts() | {"warnings": [messages.say(warning) for warning in citation.warnings]}


def _print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))
