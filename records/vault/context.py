"""What sealed bytes are bound to: the place they were sealed for. Opened for any other place, they are refused."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from uuid import UUID

from records.vault.slots import Slot

NO_MATTER = UUID(int=0)
"""For what belongs to a person or a session and not to a matter."""


class Layout(IntEnum):
    """The first byte of everything sealed. A new layout gets a new number; the old ones stay readable."""

    TEXT = 1
    BOX = 2
    FILE = 3
    PASSPHRASE = 4


class Author(StrEnum):
    """Who wrote it, as a kind. Frozen: the value goes into what is sealed."""

    VISITOR = "visitor"
    OFFICE = "office"
    ADDRESSEE = "addressee"
    PROGRAM = "program"


class Visibility(StrEnum):
    """Who it is meant for.

    Frozen: the value goes into what is sealed, so that a note cannot be moved into a message.
    """

    SHARED = "shared"  # the visitor and the office
    OFFICE = "office"  # the office alone
    SERVED = "served"  # one addressee
    OWN = "own"  # the one person or session it was made for


@dataclass(frozen=True, slots=True)
class Context:
    """The place sealed bytes belong to. `epoch` is 0 where no case epoch takes part; `matter` may be NO_MATTER."""

    slot: Slot
    row: UUID
    matter: UUID
    epoch: int
    author: Author
    visibility: Visibility

    def encoded(self, layout: Layout) -> bytes:
        """The canonical bytes: each field after its length, so that no two places look alike.

        Table and column are left out.
        """
        fields = (
            bytes([layout]),
            self.slot.name.encode(),
            self.row.bytes,
            self.matter.bytes,
            self.epoch.to_bytes(4, "big"),
            self.author.value.encode(),
            self.visibility.value.encode(),
        )
        return b"".join(len(field).to_bytes(2, "big") + field for field in fields)
