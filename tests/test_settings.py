"""What the surroundings may tell us, and what they may not."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from settings import Settings, inherited, secret_in


@pytest.fixture(autouse=True)
def _bare(monkeypatch):
    for name in ("AMPARO_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "AMPARO_ENVIRONMENT"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("told", "language"),
    [("es_ES.UTF-8", "es"), ("pt_BR", "pt"), ("fr", "fr"), ("C.UTF-8", "en"), ("de_DE.UTF-8", "en"), ("", "en")],
)
def test_the_operators_language_is_that_of_the_machine_where_it_is_one_of_ours(monkeypatch, told, language):
    monkeypatch.setenv("LANG", told)
    assert Settings().lang == language


def test_our_own_variable_decides_before_the_machines(monkeypatch):
    monkeypatch.setenv("LANG", "es_ES.UTF-8")
    monkeypatch.setenv("AMPARO_LANG", "fr")
    assert Settings().lang == "fr"


def test_a_process_has_no_address_that_it_was_not_given(monkeypatch, tmp_path):
    assert Settings().house_url_file is None
    (tmp_path / "url").write_text("postgresql+psycopg://house_council@/house\n", encoding="utf-8")
    monkeypatch.setenv("AMPARO_HOUSE_URL_FILE", str(tmp_path / "url"))
    settings = Settings()
    assert settings.house_url_file == Path(tmp_path / "url")
    assert settings.ombuds_url_file is None
    assert secret_in(settings.house_url_file) == "postgresql+psycopg://house_council@/house"


@pytest.mark.parametrize(("name", "value"), [("ENVIRONMENT", "production"), ("COUNCIL_PORT", "70000"), ("DESK_PORT", "x")])
def test_a_value_that_cannot_be_read_stops_the_start_and_is_not_repeated(monkeypatch, name, value):
    monkeypatch.setenv(f"AMPARO_{name}", value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert f"input_value='{value}'" not in str(refused.value)


def test_children_inherit_no_setting_and_no_proxy(monkeypatch):
    monkeypatch.setenv("AMPARO_PACK", "eu")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
    monkeypatch.setenv("PGPASSWORD", "word")
    monkeypatch.setenv("PATH", "/usr/bin")
    kept = inherited()
    assert kept["PATH"] == "/usr/bin"
    assert not {"AMPARO_PACK", "HTTPS_PROXY", "PGPASSWORD"} & kept.keys()
