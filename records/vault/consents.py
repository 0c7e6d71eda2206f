"""The mark of a consent: two askings are compared by it without opening what was asked."""

import json
from collections.abc import Mapping
from uuid import UUID

from nacl.bindings.utils import sodium_memcmp

from records.vault.derive import Purpose, derive
from records.vault.epochs import Epoch


def consent_mark(epoch: Epoch, consent: UUID, asked: Mapping[str, str]) -> bytes:
    """32 bytes that only who holds this epoch can make of this consent and all that was asked in it.

    Two consents to the same text have different marks, in one case and in two: a copy of the database shows no equality.
    """
    said = json.dumps(asked, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return derive(epoch.seed, Purpose.CONSENT_MARK, consent.bytes + said.encode())


def is_mark_of(mark: bytes | None, epoch: Epoch, consent: UUID, asked: Mapping[str, str]) -> bool:
    """Whether exactly this was asked in this consent. None was made before there were marks: it is of nothing."""
    return mark is not None and sodium_memcmp(mark, consent_mark(epoch, consent, asked))
