"""Text into plain data: dictionaries, lists, words, numbers, dates. The one place that touches YAML.

The text may come from anybody. It is read event by event, without recursion and without making any object it names: it has
a largest size, depth and number of values, and a value that is referred to counts again each time.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, Literal

import yaml

from structure.reading.faults import CaseFileRefused, Fault, Path

Format = Literal["yaml", "json"]
MOST_BYTES: Final = 32_000_000
MOST_VALUES: Final = 2_000_000
DEEPEST: Final = 40
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER: Final = re.compile(r"[-+]?[0-9]{1,18}")
_FRACTION: Final = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: Final[dict[str, object]] = {"": None, "~": None, "null": None, "true": True, "false": False}


def content_of(text: str, format: Format) -> object:
    """The plain data a text holds. Raises CaseFileRefused.

    Words are those of YAML 1.2: `no` and `on` are words, not switches; only `true`, `false`, `null` and ISO dates are more.
    """
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise CaseFileRefused([Fault("too_large")])
    return _from_json(text) if format == "json" else _from_yaml(text)


def lines_of(text: str, wanted: set[Path]) -> dict[Path, int]:
    """The line each of these places begins on, counted from 1; only for a text that `content_of` could read."""
    found: dict[Path, int] = {}
    try:
        for path, line in _places(text):
            if path in wanted:
                found.setdefault(path, line)
    except yaml.YAMLError:
        return found  # JSON that is not YAML, such as one with tabs: those lines stay unsaid
    return found


def _from_json(text: str) -> object:
    def pairs(given: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(given)
        if len(made) < len(given):
            keys = [key for key, _ in given]
            raise CaseFileRefused([Fault("duplicate_key", name=key) for key in made if keys.count(key) > 1])
        return made

    try:
        content = json.loads(text, object_pairs_hook=pairs)
    except json.JSONDecodeError as broken:
        raise CaseFileRefused([Fault("unreadable", line=broken.lineno)]) from None
    except RecursionError:
        raise CaseFileRefused([Fault("too_deep")]) from None
    except ValueError:
        raise CaseFileRefused([Fault("unreadable")]) from None  # a number of thousands of digits
    _count(content)
    return content


def _count(content: object) -> None:
    values, row = 0, [content]
    for _ in range(DEEPEST + 1):
        values += len(row)
        if values > MOST_VALUES:
            raise CaseFileRefused([Fault("too_large")])
        row = [inner for value in row if isinstance(value, dict | list) for inner in _inside(value)]
        if not row:
            return
    raise CaseFileRefused([Fault("too_deep")])


def _inside(value: dict[str, Any] | list[Any]) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value


def _from_yaml(text: str) -> object:
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as broken:
        mark = getattr(broken, "problem_mark", None)
        raise CaseFileRefused([Fault("unreadable", line=mark.line + 1 if mark else 0)]) from None
    if builder.faults:
        raise CaseFileRefused(builder.faults)
    return builder.whole


class _Open:
    """A mapping or list that is being filled."""

    def __init__(self, anchor: str | None, made: dict[str, Any] | list[Any]) -> None:
        self.anchor = anchor
        self.made = made
        self.key: str | None = None
        self.values = 1


class _Builder:
    """Puts the events of one document together."""

    def __init__(self) -> None:
        self.whole: object = None
        self.faults: list[Fault] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[object, int]] = {}
        self._values = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        """Use one event. Raises CaseFileRefused at once for what must not be read on."""
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent():
                self._begin(event, {})
            case yaml.SequenceStartEvent():
                self._begin(event, [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end(event)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise _stop("two_documents", event)

    def _scalar(self, event: Any) -> None:
        if event.tag not in (None, "!"):
            raise _stop("tag_not_read", event)
        if self._takes_key():
            self._key(event.value, event)
            return
        value = plain(event.value) if event.implicit[0] else event.value
        self._put(value, 1, event)
        if event.anchor is not None:
            self._anchors[event.anchor] = value, 1

    def _begin(self, event: Any, made: dict[str, Any] | list[Any]) -> None:
        if event.tag not in (None, "!"):
            raise _stop("tag_not_read", event)
        if self._takes_key():
            raise _stop("key_is_no_word", event)
        if len(self._open) >= DEEPEST:
            raise _stop("too_deep", event)
        self._open.append(_Open(event.anchor, made))

    def _end(self, event: Any) -> None:
        done = self._open.pop()
        if done.anchor is not None:
            self._anchors[done.anchor] = done.made, done.values
        self._put(done.made, done.values, event, counted=done.values - 1)

    def _alias(self, event: Any) -> None:
        if self._takes_key():
            raise _stop("key_is_no_word", event)
        if event.anchor not in self._anchors:  # of a value that is still being written: it would hold itself
            raise _stop("alias_of_itself", event)
        value, values = self._anchors[event.anchor]
        self._put(value, values, event)

    def _takes_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].made, dict) and self._open[-1].key is None

    def _key(self, key: str, event: Any) -> None:
        if key in self._open[-1].made:
            self.faults.append(Fault("duplicate_key", name=key, line=_line(event)))
        self._open[-1].key = key

    def _put(self, value: object, values: int, event: Any, counted: int = 0) -> None:
        """Put a value of so many values where it belongs; `counted` of them have been counted already."""
        self._values += values - counted
        if self._values > MOST_VALUES:
            raise _stop("too_large", event)
        if not self._open:
            self.whole = value
            return
        holder = self._open[-1]
        holder.values += values
        if isinstance(holder.made, list):
            holder.made.append(value)
        elif holder.key is not None:
            holder.made[holder.key] = value
            holder.key = None


def plain(word: str) -> object:
    """What an unquoted word of YAML means."""
    if word in _WORDS:
        return _WORDS[word]
    if not word[0].isdigit() and word[0] not in "+-":
        return word
    if _NUMBER.fullmatch(word):
        return int(word)
    if _FRACTION.fullmatch(word):
        return float(word)
    if _DATE.fullmatch(word):
        try:
            return date.fromisoformat(word)
        except ValueError:
            return word  # 2015-02-30: the shape says that it is no date
    return word


def _stop(kind: str, event: Any) -> CaseFileRefused:
    return CaseFileRefused([Fault(kind, line=_line(event))])


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _places(text: str) -> Iterator[tuple[Path, int]]:
    """Every key and item with its line, in the order of the text. JSON is YAML too."""
    path: list[str | int | None] = []
    counts: list[int | None] = []
    """Of each open list the next place; of each mapping None."""
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            counts.pop()
            path.pop()
            _close(path, counts)
            continue
        if not isinstance(event, yaml.ScalarEvent | yaml.AliasEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent):
            continue
        line = _line(event)
        if counts and counts[-1] is not None:
            path[-1] = counts[-1]
            counts[-1] += 1
        elif counts and path[-1] is None:
            path[-1] = event.value if isinstance(event, yaml.ScalarEvent) else "?"
            yield tuple(part for part in path if part is not None), line
            continue
        yield tuple(part for part in path if part is not None), line
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            counts.append(0 if isinstance(event, yaml.SequenceStartEvent) else None)
            path.append(None)
        else:
            _close(path, counts)


def _close(path: list[str | int | None], counts: list[int | None]) -> None:
    """A value is complete: a mapping waits for its next key."""
    if counts and counts[-1] is None:
        path[-1] = None
