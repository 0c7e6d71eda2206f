"""The files that `amparo structure` takes, and how it refuses one: every fault, by name and line, never the text."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from cli.due import day_after
from cli.refuse import refuse, spoken
from policies.pack import load_pack, pack_folder
from policies.refusal import Refusal
from policies.said import Said
from policies.structure import StructureRules
from structure.exchange.tables import read_csv
from structure.organisation import Organisation
from structure.reading import CaseFile, CaseFileRefused, Fault, read_case
from structure.reading.content import MOST_BYTES
from web.messages import Messages

MISUSED = 2
FORMATS = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
TABLES = ("units", "functions", "posts")


class CaseUnreadable(Refusal):
    """A file that is not there, is too large, or is not text in UTF-8. `file` is its name, as the command was given it."""

    code: ClassVar[str] = "case_unreadable"
    status: ClassVar[int] = 422


class CaseOfOtherKind(Refusal):
    """A file of a kind that the command cannot use."""

    code: ClassVar[str] = "case_of_other_kind"
    status: ClassVar[int] = 422


class NoStructureRules(Refusal):
    """The pack does not say what its house demands of its structure."""

    code: ClassVar[str] = "no_structure_rules"
    status: ClassVar[int] = 422


class FileRefused(Exception):
    """A case file with faults, and which of the files it is."""

    def __init__(self, file: str, refused: CaseFileRefused) -> None:
        super().__init__(file)
        self.file = file
        self.refused = refused


@dataclass(frozen=True, slots=True)
class Asked:
    """What every command of the group is given."""

    messages: Messages
    rules: StructureRules
    as_json: bool


@contextmanager
def asking(lang: str | None, pack: str, *, as_json: bool) -> Iterator[Asked]:
    """The language's messages and the pack's rules; a refusal inside is said and ends the process with 2."""
    messages = spoken(lang, as_json=as_json)
    try:
        rules = load_pack(pack_folder(pack)).structure
        if rules is None:
            raise NoStructureRules(pack=pack)
        yield Asked(messages, rules, as_json)
    except FileRefused as unread:
        sys.exit(_refuse_file(unread.refused, messages, as_json=as_json, file=unread.file))
    except CaseFileRefused as refused:
        sys.exit(_refuse_file(refused, messages, as_json=as_json))
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, as_json=as_json, code=MISUSED))


def case_of(path: Path, asked: Asked, on: str | None = None) -> CaseFile:
    """The case a file holds. Raises CaseUnreadable, CaseOfOtherKind, FileRefused, EffectDateUnknown."""
    format = FORMATS.get(path.suffix.lower())
    if format is None:
        raise CaseOfOtherKind(known=", ".join(FORMATS))
    text, day = text_of(path), day_of("--on", on)
    try:
        return read_case(text, "json" if format == "json" else "yaml", asked.rules, effect_on=day)
    except CaseFileRefused as refused:
        raise FileRefused(path.name, refused) from None


def shown_by(path: Path, asked: Asked, on: str | None = None) -> Organisation:
    """The organisation a file shows: of a case the result it shows, or else where its plan leads; of an export all there is.

    Tables are a folder with `units.csv` and, if there are any, `functions.csv` and `posts.csv`, or the table of units alone.
    """
    if path.suffix.lower() in FORMATS:
        case = case_of(path, asked, on)
        return case.target if case.target is not None else case.attempt().timeline.end
    if path.suffix.lower() == ".ttl":
        from structure.exchange.turtle_reading import read_turtle  # rdflib takes a third of a second to load

        return read_turtle(text_of(path))
    if path.suffix.lower() == ".csv":
        return read_csv(units=text_of(path))
    if path.is_dir():
        tables = {name: path / f"{name}.csv" for name in TABLES}
        return read_csv(**{name: text_of(table) for name, table in tables.items() if name == "units" or table.exists()})
    raise CaseOfOtherKind(known=", ".join((*FORMATS, ".ttl", ".csv")))


def text_of(path: Path) -> str:
    """The text of a file, not more than a case file may have. Raises CaseUnreadable."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise CaseUnreadable(file=path.name)
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise CaseUnreadable(file=path.name) from None


def day_of(option: str, text: str | None) -> date | None:
    """The day after an option. Raises BadDate."""
    return None if text is None else day_after(option, text)


def print_json(content: object) -> None:
    """One JSON document, dates as ISO."""
    print(json.dumps(content, ensure_ascii=False, indent=2, default=str))


def _refuse_file(refused: CaseFileRefused, messages: Messages, *, as_json: bool, file: str | None = None) -> int:
    sentence = messages.say(refused.said)
    if not as_json:
        print(
            f"{file}: {sentence}" if file else sentence,
            *(_line(fault, messages) for fault in refused.faults),
            sep="\n  ",
            file=sys.stderr,
        )
        return MISUSED
    faults_said: list[dict[str, Any]] = [
        {"kind": fault.kind, "place": fault.place, "line": fault.line or None, "message": messages.say(fault.said)}
        for fault in refused.faults
    ]
    print_json({"error": {"code": refused.code, "file": file, "message": sentence, "faults": faults_said}})
    return MISUSED


def _line(fault: Fault, messages: Messages) -> str:
    sentence = messages.say(fault.said)
    return messages.say(Said("structure.line", {"line": fault.line, "fault": sentence})) if fault.line else sentence
