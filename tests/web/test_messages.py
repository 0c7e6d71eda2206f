"""The catalogues are whole in four languages, and a sentence is made as its language writes dates and numbers."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import cli.due
import cli.refuse
import states.calendars
import states.due
from policies import calendars, limits, reading
from policies.limits import POLICIES, load
from policies.refusal import Refusal
from policies.said import Said
from web.messages import (
    LANGUAGES,
    LOCALE,
    MessageError,
    Messages,
    UnknownLanguageError,
    UnknownMessageError,
    complete,
    for_header,
)

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
DAY = Said("greet", {"day": date(2026, 4, 1)})


def write(folder: Path, language: str, *entries: tuple[str, str], domain: str = "core", before: str = "") -> None:
    file = folder / language / "LC_MESSAGES" / f"{domain}.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    body = "".join(f'{before}msgid "{key}"\nmsgstr "{text}"\n\n' for key, text in entries)
    file.write_text(HEADER + body, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Catalogues with one message in every language."""
    for language in LANGUAGES:
        write(tmp_path, language, ("greet", "{day}"))
    return tmp_path


def test_our_own_catalogues_have_no_gap():
    assert complete() == []
    for language in LANGUAGES:
        assert "due.result" in Messages(language, LOCALE)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "1 April 2026"), ("es", "1 de abril de 2026"), ("pt", "1 de abril de 2026"), ("fr", "1er avril 2026")],
)
def test_a_date_is_written_as_the_language_writes_it(folder: Path, language: str, expected: str):
    assert Messages(language, folder).say(DAY) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Wednesday, 1 April 2026"),
        ("es", "miércoles, 1 de abril de 2026"),
        ("pt", "quarta-feira, 1 de abril de 2026"),
        ("fr", "mercredi 1er avril 2026"),
    ],
)
def test_a_sentence_may_ask_for_the_weekday(folder: Path, language: str, expected: str):
    write(folder, language, ("greet", "{day:full}"))
    assert Messages(language, folder).say(DAY) == expected


def test_only_the_first_of_a_month_is_an_ordinal_in_french():
    days = [Said("due.day_zero", {"day": date(2027, 3, day)}) for day in (1, 11, 21)]
    said = [Messages("fr").say(day).split(" est ")[0] for day in days]
    assert said == ["Le 1er mars 2027", "Le 11 mars 2027", "Le 21 mars 2027"]


def test_numbers_words_and_instants(folder: Path):
    write(folder, "en", ("greet", "{count} {name} {at}"))
    at = datetime(2026, 4, 13, 14, 5, tzinfo=ZoneInfo("America/New_York"))
    said = Said("greet", {"count": 36500, "name": "a{count}%s", "at": at})
    assert Messages("en", folder).say(said) == "36,500 a{count}%s 13 April 2026, 14:05 (UTC-04:00)"


@pytest.mark.parametrize(
    ("sentence", "params"),
    [
        ("{other}", {"day": date(2026, 4, 1)}),
        ("{day.year}", {"day": date(2026, 4, 1)}),
        ("{day[0]}", {"day": date(2026, 4, 1)}),
        ("{}", {"day": date(2026, 4, 1)}),
        ("{day:short}", {"day": date(2026, 4, 1)}),
        ("{name:full}", {"name": "x"}),
        ("{at}", {"at": datetime(2026, 4, 13, 14, 5)}),  # noqa: DTZ001 -- the point of the test
    ],
)
def test_a_sentence_that_cannot_be_made_says_which(folder: Path, sentence: str, params):
    write(folder, "es", ("greet", sentence))
    with pytest.raises(MessageError, match=r"'greet' in 'es'"):
        Messages("es", folder).say(Said("greet", params))


def test_an_unknown_or_empty_message_is_named_with_what_to_do(folder: Path):
    write(folder, "pt", ("greet", ""))
    for key in ("greet", "nothing"):
        with pytest.raises(UnknownMessageError) as unknown:
            Messages("pt", folder).say(Said(key))
        assert str(unknown.value).startswith(f"no message '{key}' in 'pt': add it")
        assert key not in Messages("pt", folder)


def test_an_unknown_language_is_refused_and_the_known_ones_are_named():
    with pytest.raises(UnknownLanguageError, match="en, es, pt, fr"):
        Messages("de")


def test_a_key_in_two_files_is_an_error(folder: Path):
    write(folder, "en", ("greet", "again"), domain="due")
    with pytest.raises(MessageError, match=r"another file already defines the message 'greet'"):
        Messages("en", folder)
    assert "en/due.po: greet is also in core.po" in complete(folder)


def test_whole_catalogues_have_no_gap(folder: Path):
    assert complete(folder) == []


def test_each_kind_of_gap_is_found(folder: Path):
    write(folder, "en", ("greet", "{day}"), ("more", "more"), ("odd", "{0}"))
    write(folder, "es", ("greet", "{dia}"), ("more", " "), ("odd", "x"), ("own", "x"))
    write(folder, "pt", ("greet", "{day}"), ("greet", "{day}"), ("more", "mais"), ("odd", "{"))
    write(folder, "fr", ("greet", "{day:full}"), ("more", "plus"), ("odd", "x"), before="#, fuzzy\n")
    (folder / "fr" / "LC_MESSAGES" / "due.po").write_text('msgid "a\n')
    gaps = complete(folder)
    for gap in (
        "es/core.po: greet has other facts in braces than English",
        "es/core.po: more is empty",
        "en/core.po: own is missing, es has it",
        "pt/core.po: greet is there twice",
        "pt/core.po: odd has braces that are not {name}, {name:full} or {name:key}",
        "en/core.po: odd has braces that are not {name}, {name:full} or {name:key}",
        "fr/core.po: more is empty",
    ):
        assert gap in gaps
    assert any(gap.startswith("fr/due.po: it is not a readable catalogue") for gap in gaps)


def test_a_missing_key_and_a_missing_file_are_found(folder: Path):
    write(folder, "en", ("greet", "{day}"), ("more", "more"))
    (folder / "fr" / "LC_MESSAGES" / "core.po").unlink()
    gaps = complete(folder)
    assert "es/core.po: more is missing" in gaps
    assert "fr/core.po: greet is missing" in gaps


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("es", "es"),
        ("pt-BR,pt;q=0.9,en;q=0.8", "pt"),
        ("de-DE,de;q=0.9,fr;q=0.4,es;q=0.7", "es"),
        ("en;q=0.5, fr;q=0.5", "en"),
        ("en;q=0, fr;q=0.1", "fr"),
        ("ES-419", "es"),
        ("*", "en"),
        ("de", "en"),
        ("fr;q=nonsense, es", "es"),
        ("fr;level=1;q=1", "en"),
        (";;;,,,=", "en"),
        ("es" * 10_000, "en"),
    ],
)
def test_the_browsers_wish_is_followed_and_nonsense_is_english(header: str | None, language: str):
    assert for_header(header) == language


def test_every_limit_has_its_three_sentences():
    messages = Messages("en")
    for pack in ("oas", "eu"):
        for name, limit in load(POLICIES / pack / "limits.toml").items():
            assert limit.title == f"limit.{name}"
            for key in (limit.title, f"limit.from.{limit.starts_from}", f"limit.who.{limit.who}"):
                assert key in messages, key


def test_every_refusal_of_time_has_a_sentence():
    ours = (calendars, limits, reading, states.calendars, states.due, cli.due, cli.refuse)
    codes = {
        kind.code for kind in _below(Refusal) if kind.__module__ in {m.__name__ for m in ours} and "code" in vars(kind)
    }
    assert len(codes) == 18
    for language in LANGUAGES:
        messages = Messages(language)
        assert [code for code in sorted(codes) if f"refusal.{code}" not in messages] == []


def _below(kind: type) -> set[type]:
    return {kind}.union(*(_below(child) for child in kind.__subclasses__()))
