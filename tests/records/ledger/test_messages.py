"""What the check says: every finding in four languages, and no sentence that is never said."""

import re
import string
from dataclasses import replace
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from records.ledger import PublicHead, sign_head, verify
from records.ledger.entries import canonical

LOCALE = Path(__file__).parents[3] / "web" / "locale"


def found(lines, kept, known=None, **keys):
    return verify(lines, kept.public_key, known, **keys).findings


def catalogue(lang):
    text = (LOCALE / lang / "LC_MESSAGES" / "ledger.po").read_text(encoding="utf-8")
    return dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', text, flags=re.MULTILINE))


def each_finding(house, ombuds):
    """One example of every finding there is."""
    lines, hidden = house.export(), ombuds.export()
    yield from found([], house)
    yield from found(["x\n"], house)
    yield from found(lines[:3], house)
    yield from found([*lines, "x\n"] + ["y\n"] * 200, house)
    yield from found([lines[0], lines[2], *lines[1:]], house)
    yield from found([lines[0], house.edited(lines[1], leaf="00" * 32), *lines[2:]], house)
    yield from found(
        [lines[0], canonical({"index": 0, "leaf": house.leaves[0].hex()}).decode() + "\n", *lines[2:]], house
    )
    yield from found([hidden[0], house.edited(hidden[1], entry="x"), *hidden[2:]], ombuds)
    yield from found([*lines[:5], house.edited(lines[5], signature="00" * 64), *lines[6:]], house)
    yield from found([*lines[:5], hidden[5], *lines[6:]], replace(house, key=ombuds.key))
    yield from found(lines, replace(house, key=ombuds.key), earlier_keys=[house.public_key])
    yield from found([house.edited(hidden[0], log="house"), *hidden[1:]], ombuds)
    yield from found([lines[0], *lines[6:]], house)
    yield from found(house.renumbered([*lines, lines[5]]), house)
    yield from found(house.renumbered([*lines, lines[1]]), house)
    yield from found(house.renumbered(lines[:6]), house, house.heads[2])
    yield from found(house.renumbered(lines[:6]), house, PublicHead.of(house.heads[2].head))
    yield from found(lines, house, ombuds.heads[0])
    forked = replace(house.heads[0].head, root=bytes(32))
    yield from found(lines, house, sign_head(forked, house.key))


@pytest.mark.parametrize("lang", ["en", "es", "pt", "fr"])
def test_every_finding_has_its_sentence_and_every_sentence_its_finding(kept_house, kept_ombuds, lang):
    sentences = catalogue(lang)
    kept_ombuds.key = SigningKey.generate()
    kept_ombuds.sign_again()
    said = {one.key: one for one in each_finding(kept_house, kept_ombuds)}
    assert said.keys() == {key for key in sentences if key.startswith("ledger.finding.")}
    for one in said.values():
        named = {name for _, name, _, _ in string.Formatter().parse(sentences[one.key]) if name}
        assert named <= one.params.keys()


def test_the_four_catalogues_have_the_same_keys_and_facts():
    facts = {
        lang: {key: sorted(re.findall(r"{(\w+)}", text)) for key, text in catalogue(lang).items()}
        for lang in ("en", "es", "pt", "fr")
    }
    assert facts["en"] == facts["es"] == facts["pt"] == facts["fr"]
    assert all(text for lang in facts for text in catalogue(lang).values())
