"""A pack: all rules of one house, read from its folder of TOML, frozen, and named by its hash.

What is wrong in a file is refused with file, key and reason before anything runs by it. A matter is pinned to the edition it
was opened under, so a pack can also be written out and read back whole.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from policies.calendars import Calendars
from policies.citations import CitationForms
from policies.consents import ConsentRules
from policies.contacts import ContactRules
from policies.decisions import DecisionRules
from policies.documents import DocumentRules
from policies.files import FileRules
from policies.groups import GroupRules
from policies.letters import LetterRules
from policies.limits import Limits
from policies.mandates import MandateRules
from policies.meetings import MeetingRules
from policies.members import Membership
from policies.offered_times import OfferedTimeRules
from policies.office_record import OfficeRecordRules
from policies.officers import OfficerRules
from policies.periods import Sourced
from policies.refusal import Refusal
from policies.reports import ReportRules
from policies.rules import CLOCK_TAGS, House, KindPolicy, Ladder, Route, Rule
from policies.said import Said
from policies.serving import ServingRules
from policies.structure import StructureRules
from policies.wording import FOLDER as WORDS
from policies.wording import Wording

PACKS = Path(__file__).parent
T = TypeVar("T")


class PolicyRefused(Refusal):
    """A policy file that must not be used. Names the file, the key and the reason.

    `why` is the whole of it as a sentence, file and key included, where we have one; then the reason is its code.
    """

    code: ClassVar[str] = "policy_refused"
    status: ClassVar[int] = 500

    def __init__(self, file: str, key: str, reason: str, why: Said | None = None) -> None:
        super().__init__(file=file, key=key, reason=reason)
        self.why = why


class Pack(Rule):
    """One house's rules in one edition."""

    code: str
    house: House
    calendars: Calendars
    limits: Limits
    ladders: dict[str, Ladder]
    routes: dict[str, Route]
    kinds: dict[str, KindPolicy]
    structure: StructureRules | None = None
    """None: a house that restructures nothing by this product."""
    citations: CitationForms | None = None
    """None: a house whose symbols this product cannot read."""
    decisions: DecisionRules | None = None
    """None: a house that decides nothing by this product."""
    members: Membership | None = None
    """None: a house whose members this product does not count."""
    meetings: MeetingRules | None = None
    """None: a house that holds no meetings by this product."""
    documents: DocumentRules | None = None
    """None: a house whose documents this product does not number."""
    officers: OfficerRules | None = None
    """None: a house that keeps no register of officers by this product."""
    mandates: MandateRules | None = None
    """None: a house that registers no paragraphs by this product."""
    reports: ReportRules | None = None
    """None: a house that reports nothing by this product."""
    files: FileRules | None = None
    """None: a house that has no copies of files made by this product."""
    contacts: ContactRules | None = None
    """None: a house that writes no contact slips."""
    consents: ConsentRules | None = None
    """None: a house in which nobody is asked for a consent."""
    serving: ServingRules | None = None
    """None: a house that serves nothing as a sealed letter; what goes out is handed over on paper."""
    groups: GroupRules | None = None
    """None: a house in which each matter is one person's."""
    offered_times: OfferedTimeRules | None = None
    """None: a house that offers no times to talk by this product."""
    letters: LetterRules | None = None
    """None: a house in which nobody outside the office gets letters by this product."""
    office_record: OfficeRecordRules | None = None
    """None: a house whose office writes down nothing about itself by this product."""
    wordings: dict[str, Wording] = Field(default_factory=dict)
    """The words by which its texts are read, a language each. They belong to the edition: another word, another reading."""

    @cached_property
    def edition(self) -> str:
        """The name of this edition: SHA-256 over its canonical text, so that any change of any rule gives another name."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    def canonical(self) -> str:
        """The whole pack as one text that `from_text` reads back to an equal pack."""
        return self.model_dump_json(exclude_none=True)

    @classmethod
    def from_text(cls, text: str) -> "Pack":
        """Read back what `canonical` wrote. Raises ValidationError when it is not a pack of this program's shape."""
        return cls.model_validate_json(text)

    def unverified(self) -> Iterator[tuple[str, str]]:
        """Every value without a verified source, as (dotted name, source)."""
        yield from _unverified("", self)


def load_pack(folder: Path, words: Path = WORDS) -> Pack:
    """Read the pack in `folder`, and the words of every language if it registers paragraphs.

    Raises PolicyRefused for a missing or malformed file, an unknown key or a bad value.
    """
    house = _file(folder, "office.toml", House)
    mandates = _optional(folder, "mandates.toml", MandateRules)
    return Pack(
        code=folder.name,
        house=house,
        calendars=_file(folder, "calendars.toml", Calendars),
        limits=_file(folder, "limits.toml", Limits),
        ladders=_file(folder, "ladders.toml", dict[str, Ladder]),
        routes=_file(folder, "routes.toml", dict[str, Route]),
        kinds={kind: _file(folder, f"{kind}.toml", KindPolicy) for kind in house.kinds},
        structure=_optional(folder, "structure.toml", StructureRules),
        citations=_optional(folder, "citations.toml", CitationForms),
        decisions=_optional(folder, "decisions.toml", DecisionRules),
        members=_optional(folder, "members.toml", Membership),
        meetings=_optional(folder, "meetings.toml", MeetingRules),
        documents=_optional(folder, "documents.toml", DocumentRules),
        officers=_optional(folder, "officers.toml", OfficerRules),
        mandates=mandates,
        reports=_optional(folder, "reports.toml", ReportRules),
        files=_optional(folder, "files.toml", FileRules),
        contacts=_optional(folder, "contacts.toml", ContactRules),
        consents=_optional(folder, "consents.toml", ConsentRules),
        serving=_optional(folder, "serving.toml", ServingRules),
        groups=_optional(folder, "groups.toml", GroupRules),
        offered_times=_optional(folder, "offered_times.toml", OfferedTimeRules),
        letters=_letters(folder, house),
        office_record=_optional(folder, "office_record.toml", OfficeRecordRules),
        wordings={path.stem: _file(words, path.name, Wording) for path in sorted(words.glob("*.toml"))} if mandates else {},
    )


def _letters(folder: Path, house: House) -> LetterRules | None:
    """The rules of letters. Raises PolicyRefused also for a role that this house has not, or has at another door."""
    rules = _optional(folder, "letters.toml", LetterRules)
    strange = rules.strangers(house) if rules else []
    if strange:
        raise PolicyRefused(f"{folder.name}/letters.toml", "roles", f"not at the door they must be at: {', '.join(strange)}")
    return rules


def pack_folder(code: str) -> Path:
    """The folder of the pack called `code`. Raises PolicyRefused, naming the packs there are."""
    known = sorted(path.parent.name for path in PACKS.glob("*/office.toml"))
    if code not in known:
        raise PolicyRefused(file=f"policies/{code}", key="pack", reason=f"there is no such pack; there are: {', '.join(known)}")
    return PACKS / code


def _optional(folder: Path, name: str, shape: type[T]) -> T | None:
    return _file(folder, name, shape) if (folder / name).exists() else None


def _file(folder: Path, name: str, shape: type[T]) -> T:
    file = f"{folder.name}/{name}"
    try:
        content = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PolicyRefused(file=file, key="-", reason="the file is missing") from None
    except OSError as failed:
        raise PolicyRefused(file=file, key="-", reason=f"it cannot be read: {failed.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise PolicyRefused(file=file, key="-", reason=f"it is not readable TOML: {broken}") from None
    try:
        return TypeAdapter(shape).validate_python(content)
    except ValidationError as wrong:
        first = wrong.errors(include_input=False, include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"] if part not in CLOCK_TAGS) or "-"
        raise PolicyRefused(file=file, key=key, reason=str(first["msg"])) from None


def _unverified(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Sourced) and not value.verified:
        yield name, value.source
    if isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from _unverified(f"{name}.{field}" if name else field, getattr(value, field))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _unverified(f"{name}.{key}" if name else str(key), inner)
    elif isinstance(value, tuple | list):
        for place, inner in enumerate(value):
            yield from _unverified(f"{name}.{getattr(inner, 'code', place)}", inner)
