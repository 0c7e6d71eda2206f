"""Places and keys that the vault's tests share. Keys are fixed: nothing here is secret."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from records.vault import STATEMENT, Author, Context, Secret, Visibility


@pytest.fixture(scope="session")
def row() -> UUID:
    return UUID("22222222-2222-4222-8222-222222222222")


@pytest.fixture(scope="session")
def matter() -> UUID:
    return UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture(scope="session")
def here(row: UUID, matter: UUID) -> Context:
    return Context(STATEMENT, row, matter, 3, Author.VISITOR, Visibility.SHARED)


@pytest.fixture(scope="session")
def key() -> Secret:
    return Secret(bytes(range(32)))


@pytest.fixture(scope="session")
def pepper() -> Secret:
    return Secret(bytes(range(96, 128)))


@pytest.fixture(scope="session")
def vectors() -> dict[str, Any]:
    """Frozen on 2026-11-21. Never made again: a version that cannot open them has lost somebody's words (fact 10)."""
    return json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
