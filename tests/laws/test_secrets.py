"""What people wrote and what opens it is in no repr: a repr ends up in logs, tracebacks and error reports."""

import dataclasses
import inspect
import pickle
import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel, Field

from records.vault.secret import Secret
from tests.laws.test_words import modules

TELLING = re.compile(r"(.*_)?(statement|text|message|words|about|identity|passphrase|password|totp|seed|secret)(_key)?")
"""Names of fields that hold what people wrote, or typed in confidence."""
MARK = "tell-nobody-0f3a"


def classes() -> Iterator[type]:
    """Every class that the product defines."""
    for module in modules():
        found = (one for _, one in inspect.getmembers(module, inspect.isclass))
        yield from (one for one in found if one.__module__ == module.__name__)


def shown(one: type) -> list[str]:
    """Fields of text or bytes, telling by their name, that the class's repr would show."""
    if dataclasses.is_dataclass(one):
        if not one.__dataclass_params__.repr:  # it has one of its own
            return []
        fields = [(field.name, field.type, field.repr) for field in dataclasses.fields(one)]
    elif issubclass(one, BaseModel):
        fields = [(name, field.annotation, field.repr) for name, field in one.model_fields.items()]
    else:
        return []
    plain = [(name, is_shown) for name, kind, is_shown in fields if re.search(r"\b(str|bytes)\b", str(kind))]
    return [name for name, is_shown in plain if is_shown and TELLING.fullmatch(name)]


def test_no_class_shows_what_people_wrote():
    assert sorted(f"{one.__module__}.{one.__name__}.{name}" for one in classes() for name in shown(one)) == []


def test_a_class_that_shows_it_is_found():
    @dataclasses.dataclass
    class Letter:
        text: str
        day: str
        passphrase: bytes = dataclasses.field(default=b"", repr=False)

    class Complaint(BaseModel):
        statement: str | None
        identity: str = Field(repr=False)
        text: Secret | None = None

        model_config = {"arbitrary_types_allowed": True}

    assert shown(Letter) == ["text"]
    assert shown(Complaint) == ["statement"]


def test_a_secret_does_not_show_itself():
    secret = Secret(MARK.encode())
    held = dataclasses.make_dataclass("Held", ["inside"])(secret)
    for text in (repr(secret), str(secret), f"{secret}", f"{[secret]}", repr(held), repr({"a": secret})):
        assert MARK not in text
    with pytest.raises(TypeError):
        pickle.dumps(secret)
