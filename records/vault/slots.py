"""Every place where sealed bytes are kept.

A law walks the tables against `SEALED`: a sealed column that is not here fails it.

The *name* goes into what is sealed and is frozen for ever; table and column may be renamed. One name can stand in two
places, above all where sealed bytes are copied as they are (post_out of one database to post_in of the other).
"""

from dataclasses import dataclass

TEXT_BLOCK = 1024
SHORT_BLOCK = 256
NO_BLOCK = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """A kind of sealed content and the column that keeps it.

    `block` is the smallest padded size in bytes (see padding.py); NO_BLOCK for keys, which all have one length, and for
    file contents, which are padded as a whole (see files.py). It may change for new rows, but not to or from NO_BLOCK.
    """

    name: str
    table: str
    column: str
    block: int = TEXT_BLOCK


STATEMENT = Slot("statement", "sealed_text", "sealed")
ABOUT = Slot("about", "sealed_text", "sealed", SHORT_BLOCK)
ANSWERS = Slot("answers", "sealed_text", "sealed")
MUST_NOT_SEE = Slot("must_not_see", "sealed_text", "sealed", SHORT_BLOCK)  # also: why someone has no seat
MESSAGE = Slot("message", "sealed_text", "sealed")
NOTE = Slot("note", "sealed_text", "sealed")
DRAFT = Slot("draft", "sealed_text", "sealed")
FINDINGS = Slot("findings", "sealed_text", "sealed")
CHOICE = Slot("choice", "sealed_text", "sealed", SHORT_BLOCK)  # her yes or no to a mediation, while the round lasts
REPORT_WORDS = Slot("report_words", "report_words", "words_sealed")  # to each reader's own key, until they are published

OFFICE_TEXT = Slot("office_text", "sealed_office_text", "sealed")  # to each reader: of the office

TAKEN_TIME = Slot("taken_time", "sealed_text", "sealed")  # when, where, with whom; a number that is safe

SERVED_COPY = Slot("served_copy", "sealed_text", "sealed")  # what went out as a letter, to whom and until when

OWN_DRAFT = Slot("own_draft", "sealed_draft", "sealed")  # to the author's own key, until it is sent

FILE_NAME = Slot("file_name", "sealed_file", "name_sealed", SHORT_BLOCK)
FILE_KEY = Slot("file_key", "sealed_file", "key_sealed", NO_BLOCK)
FILE_CONTENT = Slot("file_content", "sealed_chunk", "content_sealed", NO_BLOCK)

IDENTITY = Slot("identity", "sealed_identity", "sealed")
IDENTITY_KEY = Slot("identity_key", "sealed_identity", "key_sealed", NO_BLOCK)
IDENTITY_COPY = Slot("identity_copy", "sealed_identity_copy", "key_sealed", NO_BLOCK)  # to a custodian, or to recovery
IDENTITY_GRANT = Slot("identity_grant", "sealed_identity_grant", "key_sealed", NO_BLOCK)  # approved, to who asked
IDENTITY_REASON = Slot("identity_reason", "sealed_identity_words", "sealed", SHORT_BLOCK)  # also in the case, as a text
IDENTITY_ANSWER = Slot("identity_answer", "sealed_identity_words", "sealed", SHORT_BLOCK)  # a custodian's words, to the case

SEAT_KEY = Slot("seat_key", "seat", "key_sealed", NO_BLOCK)
EPOCH_OLD_KEY = Slot("epoch_old_key", "epoch", "old_key_sealed", NO_BLOCK)

SERVED_DOCUMENT = Slot("served_document", "post_out", "sealed")
SERVED_KEY = Slot("served_key", "post_out", "key_sealed", NO_BLOCK)
REPLY = Slot("reply", "post_out", "sealed")

IDEMPOTENT_ANSWER = Slot("idempotent_answer", "idempotency", "answer_sealed")

STAFF_KEY = Slot("staff_key", "staff_key", "key_wrapped", NO_BLOCK)
STAFF_TOTP = Slot("staff_totp", "staff_key", "totp_sealed", SHORT_BLOCK)
SESSION_KEY = Slot("session_key", "session", "key_wrapped", NO_BLOCK)

_ALSO_KEPT_IN = (
    Slot("served_document", "post_in", "sealed"),
    Slot("served_key", "post_in", "key_sealed", NO_BLOCK),
    Slot("reply", "post_in", "sealed"),
    Slot("identity_reason", "sealed_text", "sealed", SHORT_BLOCK),
    Slot("identity_key", "seat", "identity_key_sealed", NO_BLOCK),  # the same key, granted to one seat
    Slot("identity_key", "sealed_identity", "ring_sealed", NO_BLOCK),  # of who joined: to the key that the seats hold
    Slot("seat_key", "joining", "key_sealed", NO_BLOCK),  # to a code, until it is used
    Slot("staff_key", "letter_key", "key_wrapped", NO_BLOCK),  # of addressees, in the house
    Slot("staff_key", "invitation", "key_wrapped", NO_BLOCK),  # until the new key is signed
    Slot("staff_totp", "invitation", "totp_sealed", SHORT_BLOCK),
    Slot("staff_totp", "account", "totp_sealed", SHORT_BLOCK),  # of people who hold no key, in the house
)

SEALED: tuple[Slot, ...] = (
    STATEMENT,
    ABOUT,
    ANSWERS,
    MUST_NOT_SEE,
    MESSAGE,
    NOTE,
    DRAFT,
    FINDINGS,
    REPORT_WORDS,
    OFFICE_TEXT,
    TAKEN_TIME,
    OWN_DRAFT,
    CHOICE,
    FILE_NAME,
    FILE_KEY,
    FILE_CONTENT,
    IDENTITY,
    IDENTITY_KEY,
    IDENTITY_COPY,
    IDENTITY_GRANT,
    IDENTITY_REASON,
    IDENTITY_ANSWER,
    SEAT_KEY,
    EPOCH_OLD_KEY,
    SERVED_COPY,
    SERVED_DOCUMENT,
    SERVED_KEY,
    REPLY,
    IDEMPOTENT_ANSWER,
    STAFF_KEY,
    STAFF_TOTP,
    SESSION_KEY,
    *_ALSO_KEPT_IN,
)
