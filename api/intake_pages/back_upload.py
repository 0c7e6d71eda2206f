"""A form with one file, read as it comes: small fields first, then the file, a piece at a time. Nothing is written anywhere.

This is the only place that reads `multipart/form-data`. It uses the parser that only tells where parts begin and end; the ones
above it, and the framework's, write large files to a disk in clear (tests/laws/test_sources.py).
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from api.pages.typed import NotAForm
from policies.refusal import Refusal

MOST_FIELDS: Final = 20
MOST_OF_A_FIELD: Final = 4096
"""Bytes: fields are addresses and tokens of ours. What is written goes in another form."""
KIND: Final = b"multipart/form-data"


class NoFile(Refusal):
    """The form came without a file."""

    code: ClassVar[str] = "no_file"
    status: ClassVar[int] = 422


class OneFileOnly(Refusal):
    """More than one file came in one form: half of them would be kept if one were refused."""

    code: ClassVar[str] = "one_file_only"
    status: ClassVar[int] = 422


@dataclass(slots=True)
class _Part:
    """What is known of the part that is read just now."""

    header: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)
    name: str = ""
    is_file: bool = False


class FormWithFile:
    """Reads the form of a request. Ask for `fields` first, then for `content`: each reads as far as it needs.

    Both raise NotAForm for what is no such form, and whatever the stream raises.
    """

    def __init__(self, content_type: str, stream: AsyncIterator[bytes]) -> None:
        kind, options = parse_options_header(content_type)
        if kind != KIND or not options.get(b"boundary"):
            raise NotAForm()
        self._stream = stream
        self._part = _Part()
        self._fields: dict[str, str] = {}
        self._content = bytearray()
        self._began = self._named = self._over = False
        self.file_name = ""
        callbacks = {
            "on_part_begin": self._on_part_begin,
            "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value,
            "on_header_end": self._on_header_end,
            "on_headers_finished": self._on_headers_finished,
            "on_part_data": self._on_part_data,
            "on_part_end": self._on_part_end,
            "on_end": self._on_end,
        }
        try:
            self._parser = MultipartParser(options[b"boundary"], callbacks)  # type: ignore[arg-type]  # a TypedDict, all keys of ours in it
        except FormParserError:
            raise NotAForm() from None

    async def fields(self) -> Mapping[str, str]:
        """What stood before the file, by name. Raises NoFile if no file follows."""
        while not self._began and await self._read():
            pass
        if not self._began:
            raise NoFile() if self._over else NotAForm()
        return dict(self._fields)

    async def content(self) -> AsyncIterator[bytes]:
        """The bytes of the file, as they come; to the very end of the form. Raises NoFile and OneFileOnly."""
        size = 0
        while True:
            size += len(self._content)
            piece = bytes(self._content)
            self._content.clear()
            yield piece
            if not await self._read():
                break
        if not self._over:
            raise NotAForm()
        if not self.file_name and not size:
            raise NoFile()

    async def _read(self) -> bool:
        """Read on; False: there is no more."""
        chunk = await anext(self._stream, None)
        if chunk is None:
            return False
        try:
            self._parser.write(chunk)
        except FormParserError:
            raise NotAForm() from None
        return True

    def _on_part_begin(self) -> None:
        self._part = _Part()

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._part.header += data[start:end].lower()

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        if b"\0" not in self._part.header:  # parts a name from its value: no header holds one
            self._part.header += b"\0"
        self._part.header += data[start:end]

    def _on_header_end(self) -> None:
        name, _, value = bytes(self._part.header).partition(b"\0")
        self._part.header.clear()
        if name.strip() != b"content-disposition":
            return
        _, options = parse_options_header(value)
        self._part.name = _text(options.get(b"name", b""))
        self._part.is_file = b"filename" in options
        if self._part.is_file:
            if self._began:
                raise OneFileOnly()
            self.file_name = _text(options[b"filename"])

    def _on_headers_finished(self) -> None:
        self._began = self._began or self._part.is_file

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._part.is_file:
            self._content += data[start:end]
            return
        self._part.value += data[start:end]
        if len(self._part.value) > MOST_OF_A_FIELD:
            raise NotAForm()

    def _on_part_end(self) -> None:
        if not self._part.is_file and not self._began:
            self._fields[self._part.name] = _text(bytes(self._part.value))
            if len(self._fields) > MOST_FIELDS:
                raise NotAForm()

    def _on_end(self) -> None:
        self._over = True


def _text(raw: bytes) -> str:
    """A name or a value as browsers write it: UTF-8, with quotes and line breaks of names as `%22`, `%0D` and `%0A`."""
    told = raw.decode(errors="replace")
    return told.replace("%22", '"').replace("%0D", "").replace("%0A", "")
