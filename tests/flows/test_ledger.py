"""The ledger's flow: counts out, codes when it fails, and nothing of what is in the ledger."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.ledger import fold_ledger
from flows.offices import office_of
from flows.safe import SafeError
from tests.fixtures.ledgers import BEGUN, KEY, acted
from tests.fixtures.ombuds_office import OmbudsStage


@pytest.fixture
def key_file(ombuds_office: OmbudsStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The flow's own process, as the supervisor starts it: the address of its role and its key file."""
    url, key = tmp_path / "url", tmp_path / "ledger-ombuds.key"
    url.write_text(ombuds_office.database.url("ombuds_flows"))
    key.touch(mode=0o600)
    key.write_bytes(bytes(KEY))
    for name, value in {"ENVIRONMENT": "test", "OMBUDS_URL_FILE": url, "OMBUDS_LEDGER_KEY_FILE": key}.items():
        monkeypatch.setenv(f"AMPARO_{name}", str(value))
    office_of.cache_clear()
    acted(ombuds_office, 3)
    ombuds_office.to_day(BEGUN["ombuds"].replace(day=2))
    yield key
    office_of("ombuds").engine.dispose()
    office_of.cache_clear()


def test_the_flow_folds_and_tells_only_how_many_days(key_file: Path, ombuds_office: OmbudsStage):
    assert asyncio.run(fold_ledger.fn("ombuds")) == {"heads": 1, "leaves": 32}
    assert asyncio.run(fold_ledger.fn("ombuds")) == {"heads": 0, "leaves": 0}
    assert ombuds_office.rows("SELECT count(*) FROM ledger_head") == [(1,)]


def test_what_goes_wrong_leaves_as_a_code_and_a_reference(key_file: Path, ombuds_office: OmbudsStage):
    key_file.chmod(0o644)
    with pytest.raises(SafeError) as failed:
        asyncio.run(fold_ledger.fn("ombuds"))
    assert failed.value.code == "fold_failed"
    assert failed.value.__cause__ is None
    assert str(key_file) not in str(failed.value)
    assert ombuds_office.rows('SELECT ref::text, "where", what FROM trouble') == [
        (failed.value.ref, "ledger", "LedgerKeyUnusable")
    ]
    assert ombuds_office.rows("SELECT count(*) FROM ledger_head") == [(0,)]


def test_without_its_key_nothing_is_folded(key_file: Path, ombuds_office: OmbudsStage, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("AMPARO_OMBUDS_LEDGER_KEY_FILE")
    with pytest.raises(SafeError):
        asyncio.run(fold_ledger.fn("ombuds"))
    assert ombuds_office.rows("SELECT count(*) FROM ledger_head") == [(0,)]
