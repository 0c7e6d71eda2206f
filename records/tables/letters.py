"""Letters to people outside the office, the post between the two databases, and the keys that letters are sealed to."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from records.tables.metadata import METADATA

LETTER = Table(
    "letter",
    METADATA,
    Column("id", Uuid, primary_key=True, comment="crosses to the house, where nothing else tells of the matter"),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True),
    Column(
        "text_id",
        Uuid,
        ForeignKey("sealed_text.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
        comment="the office's own copy; to whom it went is sealed in it",
    ),
    Column("epoch", Integer, nullable=False, comment="of the matter: the answer is sealed to its public key"),
    Column("served_on", Date, nullable=False),
    Column("answer_by", Date, comment="null: no answer is asked for"),
    Column("taken_on", Date, comment="the addressee opened it at the other door"),
    Column("reply_id", Uuid, comment="the row of post_in that is the answer"),
    Column("came_on", Date, comment="the day the answer was written at the other door"),
    CheckConstraint("(reply_id IS NULL) = (came_on IS NULL)", name="answered"),
)

ADDRESSEE = Table(
    "addressee",
    METADATA,
    Column("person_id", Uuid, primary_key=True, comment="a person of the house; no foreign key, in ombuds they are nobody"),
    Column("serial", Integer, primary_key=True, comment="of several that are signed the highest counts"),
    Column("name", String, nullable=False),
    Column("office", String, nullable=False, comment="role in the house when the key was made"),
    Column("language", String, nullable=False),
    Column("box", LargeBinary, nullable=False, comment="X25519 public key that letters are sealed to"),
    Column("verify", LargeBinary, nullable=False, comment="Ed25519 public key"),
    Column("made_on", Date, nullable=False),
    Column("signed_by", LargeBinary, comment="Ed25519 public key of who compared the digits; null: nobody yet"),
    Column("signature", LargeBinary),
    Column("signed_on", Date),
    Column("ended_on", Date, comment="from this day on nothing is sealed to it"),
)

LETTER_KEY = Table(
    "letter_key",
    METADATA,
    Column("person_id", Uuid, ForeignKey("person.id"), primary_key=True),
    Column("serial", Integer, nullable=False),
    Column("key_wrapped", LargeBinary, nullable=False, comment="the key under the passphrase (Argon2id)"),
)


def _row() -> list[Column[Any]]:
    """What is copied, byte for byte."""
    return [
        Column("id", Uuid, primary_key=True),
        Column("sort", String, nullable=False, comment="letter, taken, reply; key, signed, ended, left"),
        Column("addressee_id", Uuid, nullable=False, comment="a person of the house"),
        Column("letter_id", Uuid, comment="only of letter, taken and reply"),
        Column("sealed", LargeBinary, comment="only of letter and reply; padded"),
        Column("key_sealed", LargeBinary, comment="only of letter"),
        Column("told", JSONB(none_as_null=True), comment="what is public of a key; only of key, signed, ended and left"),
        Column("made_on", Date, nullable=False, comment="a day, never an hour"),
    ]


_SHAPE = (
    "CASE sort WHEN 'letter' THEN letter_id IS NOT NULL AND sealed IS NOT NULL AND key_sealed IS NOT NULL AND told IS NULL"
    " WHEN 'reply' THEN letter_id IS NOT NULL AND sealed IS NOT NULL AND key_sealed IS NULL AND told IS NULL"
    " WHEN 'taken' THEN letter_id IS NOT NULL AND sealed IS NULL AND key_sealed IS NULL AND told IS NULL"
    " ELSE letter_id IS NULL AND sealed IS NULL AND key_sealed IS NULL AND told IS NOT NULL END"
)

POST_OUT = Table(
    "post_out",
    METADATA,
    *_row(),
    CheckConstraint(_SHAPE, name="shape"),
    Index("ix_post_out_made_on", "made_on"),
)

POST_IN = Table(
    "post_in",
    METADATA,
    *_row(),
    Column("came_on", Date, nullable=False, comment="the day it was carried here"),
    Column("read_on", Date, comment="the addressee opened it first"),
    Column("answered_on", Date),
    Column("done_on", Date, comment="answered, or read where no answer is asked for"),
    CheckConstraint(_SHAPE, name="shape"),
    Index("ix_post_in_addressee_id", "addressee_id"),
    Index("ix_post_in_letter_id", "letter_id"),
)
