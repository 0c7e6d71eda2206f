"""What goes wrong in the vault.

    Exception
    ├── NotThisRow        whole bytes, but sealed for another place (see context.py), or under another key
    ├── Unreadable        bytes that are damaged, cut off, or of a layout that this version does not know
    ├── CannotSeal        libsodium refused; nothing was sealed and nothing may be stored instead
    ├── WrongPassphrase   the passphrase does not open the key; the door answers as for an unknown name
    └── Refusal           what a person can act on
        ├── UnsignedKey, PassphraseTooLong, SharesDoNotFit, SeatsFileBroken

The first four carry no text at all, so that no log can hold what people wrote.
"""

from typing import ClassVar

from policies.refusal import Refusal


class _Wordless(Exception):
    """An exception that takes no arguments: there is no place for text in it."""

    def __init__(self) -> None:
        super().__init__()


class NotThisRow(_Wordless):
    """Sealed for another place than the one it was opened for: rows were swapped, or the wrong key was used."""


class Unreadable(_Wordless):
    """Damaged, cut off, reordered, or of an unknown layout."""


class CannotSeal(_Wordless):
    """Sealing failed. The caller gives up the whole act: there is no second best way to keep text."""


class WrongPassphrase(_Wordless):
    """The passphrase does not open this key. Say the same as for an unknown name."""


class UnsignedKey(Refusal):
    """This person has no key that is signed up to the ceremony key, so nothing can be sealed to them.

    `person` is an id.
    """

    code: ClassVar[str] = "unsigned_key"


class PassphraseTooLong(Refusal):
    """The passphrase has more than `limit` characters. Refused before any work is done on it."""

    code: ClassVar[str] = "passphrase_too_long"
    status: ClassVar[int] = 422


class SharesDoNotFit(Refusal):
    """These recovery shares are misread, too few, or not of one ceremony. `needed` of them are required."""

    code: ClassVar[str] = "shares_do_not_fit"
    status: ClassVar[int] = 422


class SeatsFileBroken(Refusal):
    """A file of exported seats is damaged or cut off at line `line` (counted from 1)."""

    code: ClassVar[str] = "seats_file_broken"
    status: ClassVar[int] = 422


class SeatsFileTooOld(Refusal):
    """A file of seats from before they carried who people are. It is refused, so that no identity is lost unseen."""

    code: ClassVar[str] = "seats_file_too_old"
    status: ClassVar[int] = 422
