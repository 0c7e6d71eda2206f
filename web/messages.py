"""The message catalogues: a key and its facts in, a sentence in the person's language out.

Catalogues are gettext files by domain, `web/locale/<language>/LC_MESSAGES/<domain>.po`, read as they are; the key is
the msgid, the sentence the msgstr with `{named}` facts. A date is written long (13 April 2026); `{day:full}` adds the
weekday. `{claim:claim}` is a fact that has words of its own, those of the key `claim.<fact>`; `{type:thing.raw}` is one
that may have some, as a house names its types of units: else it is said as it is.

    python -m web.messages      # what is missing in which language; exits 1 if anything is
"""

import re
import string
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from policies.said import Said

LANGUAGES: Final = ("en", "es", "pt", "fr")
DEFAULT: Final = "en"
LOCALE: Final = Path(__file__).parent / "locale"
OR_RAW: Final = ".raw"
LOCALES: Final = {"en": "en_GB", "es": "es", "pt": "pt_BR", "fr": "fr"}
"""How each language writes dates and numbers."""
_WORDS: Final = re.compile(r"[a-z_]+(\.[a-z_]+)*")
_MSGID: Final = re.compile(r'^msgid "(.+)"$', re.MULTILINE)


class MessageError(Exception):
    """A catalogue or a sentence is not what the program needs; whoever wrote either must mend it."""


class UnknownMessageError(MessageError, KeyError):
    """No catalogue has this key."""

    def __str__(self) -> str:
        """Say it without the quotes that KeyError puts around."""
        return str(self.args[0])


class UnknownLanguageError(MessageError):
    """There are no catalogues in this language."""


class Messages:
    """All sentences of one language. Reads the files once; make one a language and keep it.

    Raises UnknownLanguageError, and MessageError for a key that two files define or a file that is not a catalogue.
    """

    def __init__(self, language: str, folder: Path = LOCALE) -> None:
        if language not in LANGUAGES:
            raise UnknownLanguageError(f"there are no messages in {language!r}; there are: {', '.join(LANGUAGES)}")
        self.language = language
        self._sentences: dict[str, str] = {}
        self._facts = _Facts(Locale.parse(LOCALES[language]), self._sentences)
        for path in _files(folder, language):
            for key, sentence in _read(path).items():
                if key in self._sentences:
                    raise MessageError(f"{path}: another file already defines the message {key!r}")
                self._sentences[key] = sentence

    def __contains__(self, key: str) -> bool:
        """Whether there is a sentence for this key."""
        return bool(self._sentences.get(key))

    def say(self, said: Said) -> str:
        """Return the sentence. Raises UnknownMessageError for a key without one, MessageError for a fact it lacks."""
        sentence = self._sentences.get(said.key)
        if not sentence:
            raise UnknownMessageError(
                f"no message {said.key!r} in {self.language!r}: add it to a file of web/locale, in all four languages"
            )
        try:
            return self._facts.vformat(sentence, (), said.params)
        except (KeyError, ValueError, IndexError) as wrong:
            raise MessageError(f"message {said.key!r} in {self.language!r}: {wrong!r}") from wrong

    def say_key(self, key: str) -> str:
        """The sentence of a key that has no facts."""
        return self.say(Said(key))


class _Facts(string.Formatter):
    """str.format for facts only: names, no attributes or items, and dates and numbers as the language writes them."""

    def __init__(self, locale: Locale, sentences: Mapping[str, str]) -> None:
        self._locale = locale
        self._sentences = sentences

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:  # noqa: ARG002  # the signature is string.Formatter's
        if not field_name.isidentifier():
            raise ValueError(f"{{{field_name}}} is not the plain name of a fact")
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, datetime):
            return f"{self._date(value.date(), format_spec)}, {self._time(value)}"
        if isinstance(value, date):
            return self._date(value, format_spec)
        if format_spec:
            words = self._sentences.get(f"{format_spec.removesuffix(OR_RAW)}.{value}") if isinstance(value, str) else None
            if not words and isinstance(value, str) and format_spec.endswith(OR_RAW):
                return value.replace("_", " ")
            if not words:
                raise ValueError(
                    f"{value!r} is no date and has no message {format_spec}.{value}, so it cannot be written as that"
                )
            return words
        return format_decimal(value, locale=self._locale) if isinstance(value, int) else str(value)

    def _date(self, day: date, style: str) -> str:
        if style not in ("", "full"):
            raise ValueError(f"a date is written long or full, not {style!r}")
        return _written(day, "full" if style else "long", str(self._locale))

    def _time(self, instant: datetime) -> str:
        if instant.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        offset, zone = instant.strftime("%z"), instant.tzinfo
        clock = format_time(instant, "HH:mm", tzinfo=zone, locale=self._locale)
        return f"{clock} (UTC{offset[:3]}:{offset[3:5]})"


@lru_cache(maxsize=4_000)  # days alone, nobody's: a page writes the same ones many times
def _written(day: date, style: str, locale: str) -> str:
    written = format_date(day, style, locale=locale)
    # CLDR writes "1 mars"; French says and prints "1er mars" (Lexique des règles typographiques, Imprimerie nationale).
    return re.sub(r"\b1 (?=\D)", "1er ", written, count=1) if locale == "fr" else written


def for_header(accept_language: str | None) -> str:
    """Return the best of our languages for an `Accept-Language` header; English when none fits or it makes no sense.

    Regions are ignored (`pt-BR` is `pt`). Among equal weights the first named wins.
    """
    best, weight = DEFAULT, 0.0
    for item in (accept_language or "").split(","):
        tag, _, rest = item.partition(";")
        language = tag.strip().lower().replace("_", "-").partition("-")[0]
        found = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", rest) if rest else None
        quality = float(found[1]) if found else (0.0 if rest else 1.0)
        if language in LANGUAGES and quality > weight:
            best, weight = language, quality
    return best


def complete(folder: Path = LOCALE) -> list[str]:
    """Return every gap, a line each: keys missing, empty, doubled, fuzzy or malformed, facts other than in English."""
    return [*(gap for language in LANGUAGES for gap in _flaws(folder, language)), *_differences(folder)]


def _flaws(folder: Path, language: str) -> Iterator[str]:
    """What is wrong within one language."""
    seen: dict[str, str] = {}
    for path in _files(folder, language):
        place = f"{language}/{path.name}"
        try:
            sentences = _read(path)
        except MessageError as broken:
            yield str(broken)
            continue
        keys = _MSGID.findall(path.read_text(encoding="utf-8"))
        yield from (f"{place}: {key} is there twice" for key in sorted({key for key in keys if keys.count(key) > 1}))
        for key, sentence in sentences.items():
            if key in seen:
                yield f"{place}: {key} is also in {seen[key]}"
            seen[key] = path.name
            if not sentence.strip():
                yield f"{place}: {key} is empty"
            elif _names(sentence) is None:
                yield f"{place}: {key} has braces that are not {{name}}, {{name:full}} or {{name:key}}"


def _differences(folder: Path) -> Iterator[str]:
    """What another language has or lacks, compared with the file of the same name in English."""
    names = sorted({path.name for language in LANGUAGES for path in _files(folder, language)})
    for name in names:
        english = _lenient(folder / "en" / "LC_MESSAGES" / name)
        for language in LANGUAGES[1:]:
            other = _lenient(folder / language / "LC_MESSAGES" / name)
            yield from (f"{language}/{name}: {key} is missing" for key in english if key not in other)
            yield from (f"en/{name}: {key} is missing, {language} has it" for key in other if key not in english)
            for key in (key for key in english if other.get(key)):
                if _names(english[key]) != _names(other[key]):
                    yield f"{language}/{name}: {key} has other facts in braces than English"


def _files(folder: Path, language: str) -> list[Path]:
    return sorted((folder / language / "LC_MESSAGES").glob("*.po"))


def _read(path: Path) -> dict[str, str]:
    """Keys and sentences of one file; a sentence marked fuzzy counts as empty, because nobody has checked it."""
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, ignore_obsolete=True, charset="utf-8", abort_invalid=True)
    except (OSError, ValueError, PoFileError) as broken:
        name = f"{path.parent.parent.name}/{path.name}"
        raise MessageError(f"{name}: it is not a readable catalogue ({broken})") from broken
    return {str(message.id): "" if message.fuzzy else str(message.string) for message in catalogue if message.id}


def _lenient(path: Path) -> dict[str, str]:
    """As `_read`, but nothing for a file that is missing or broken, which is reported elsewhere."""
    try:
        return _read(path)
    except MessageError:
        return {}


def _names(sentence: str) -> set[str] | None:
    """The facts a sentence names; None if its braces are malformed."""
    try:
        parts = [(name, spec) for _, name, spec, _ in string.Formatter().parse(sentence) if name is not None]
    except ValueError:
        return None
    fits = all(name.isidentifier() and (not spec or _WORDS.fullmatch(spec)) for name, spec in parts)
    return {name for name, _ in parts} if fits else None


def main() -> int:
    """Write the gaps to standard output; return how the process should end."""
    gaps = complete()
    sys.stdout.writelines(f"{gap}\n" for gap in gaps)
    return 1 if gaps else 0


if __name__ == "__main__":
    raise SystemExit(main())
