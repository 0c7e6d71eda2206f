"""What holds for any symbol and any dirt."""

from hypothesis import given
from hypothesis import strategies as st

from policies.citations import load
from policies.pack import PACKS
from states.citing.parsing import NotACitation, find_all, parse
from states.citing.roman import to_number

OAS = load(PACKS / "oas" / "citations.toml")
EU = load(PACKS / "eu" / "citations.toml")
NUMBERS = st.integers(1, 9999)
TWO = st.integers(0, 99).map("{:02}".format)
TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def roman(number: int) -> str:
    """From 1 to 99, by another way than the program's."""
    return TENS[number // 10] + ONES[number % 10]


ORDINARY = st.integers(1, 77).map(lambda n: f"{roman(n)}-O/{(1970 + n) % 100:02}")
SPECIAL = st.builds("{}-E/{}".format, st.integers(1, 99).map(roman), TWO)
SUFFIX = st.builds("{}. {}".format, st.sampled_from(["rev", "corr", "add"]), st.integers(1, 30))
LETTERED = st.builds("{}.{}".format, SUFFIX, st.sampled_from("abcdefgh"))
SUFFIXES = st.lists(SUFFIX | LETTERED, max_size=4).map(lambda many: "".join(f" {one}" for one in many))
COMMITTEE = st.sampled_from(["CAAP", "CAJP", "CSH", "CISC", "CG"])
SYMBOL = st.one_of(
    st.builds("AG/{}. {} ({})".format, st.sampled_from(["RES", "DEC"]), NUMBERS, ORDINARY | SPECIAL),
    st.builds("CP/{}. {} ({}/{})".format, st.sampled_from(["RES", "DEC"]), NUMBERS, NUMBERS, TWO),
    st.builds("{}.{}/{}".format, st.sampled_from(["CP/doc", "CP/INF", "CP/SA", "AG/doc"]), NUMBERS, TWO),
    st.builds("CP/{}-{}/{}".format, COMMITTEE, NUMBERS, TWO),
    st.builds("GT/VE {}/{}".format, NUMBERS, TWO),
    st.builds("Executive Order No. {}-{:02}".format, TWO, st.integers(1, 99)),
    st.builds("E-{:03}/{}".format, st.integers(1, 999), TWO),
)
CLEAN = st.builds("{}{}".format, SYMBOL, SUFFIXES)


@st.composite
def dirt(draw: st.DrawFn, clean: str) -> str:
    """The same symbol as somebody might have typed it."""
    text = clean
    if draw(st.booleans()) and "-O/" in text and not text.startswith("CP/CAAP"):
        text = text.replace("-O/", draw(st.sampled_from(["-0/", " O/", " -O/", "- 0/", "\u2013O/"])))
    for suffix in ("rev", "corr", "add"):
        how = draw(st.sampled_from([str.lower, str.upper, str.title]))
        before = draw(st.sampled_from([" ", "  ", "\u00a0", ", ", "", "/"]))
        text = text.replace(f" {suffix}. ", f"{before}{how(suffix)}{draw(st.sampled_from(['.', '. ', ' ']))}")
    if draw(st.booleans()):
        head = text[: text.index("/") + 1] if text.startswith(("AG/", "CP/", "GT/")) else ""
        text = head + text
    if draw(st.booleans()):
        text = text.replace(" (", draw(st.sampled_from(["(", "  (", " ( ", "\n("])))
    if draw(st.booleans()):
        text = text.replace(" ", draw(st.sampled_from(["\u00a0", "\u2009", "\t", "  "])))
    if draw(st.booleans()):
        text = text.replace("-", draw(st.sampled_from(["\u2010", "\u2011", "\u2013", "\u2212"])))
    return text


@given(CLEAN)
def test_a_clean_symbol_is_its_own_canonical_form(clean: str):
    assert parse(clean, OAS).canonical == clean


@given(st.data(), CLEAN)
def test_any_dirt_reads_as_the_clean_symbol(data: st.DataObject, clean: str):
    dirty = data.draw(dirt(clean))
    assert parse(dirty, OAS) == parse(clean, OAS)
    assert parse(dirty, OAS).canonical == clean


SCRAPS = st.text(alphabet="AGCPRESDOCdocIXVL0123456789/-.() _?,\u2013\u00a0\u00adrevcoaE", max_size=40)
BEGINNINGS = st.sampled_from(["AG/RES. ", "CP/RES. 10", "CP/doc.", "OEA/Ser.P", "EO ", "CP/", "GT/", "AG/RES. 5 ("])


@given(st.builds("{}{}".format, BEGINNINGS, SCRAPS) | st.text(max_size=60))
def test_reading_again_changes_nothing_and_nothing_else_is_ever_raised(text: str):
    try:
        citation = parse(text, OAS)
    except NotACitation:
        return
    again = parse(citation.canonical, OAS)
    assert again.canonical == citation.canonical
    assert again == citation


@given(st.lists(CLEAN | st.text(alphabet="abc EOAGCP/.,;\n", max_size=20), max_size=6))
def test_whatever_is_found_reads_alone_as_the_same(parts: list[str]):
    text = " ; ".join(parts)
    end = 0
    for found in find_all(text, OAS):
        assert found.start >= end
        end = found.end
        assert parse(text[found.start : found.end], OAS) == found.citation


@given(st.lists(CLEAN, min_size=1, max_size=6))
def test_every_symbol_put_into_a_text_is_found_there(symbols: list[str]):
    text = "".join(f"Having seen {symbol}; " for symbol in symbols)
    assert [found.citation.canonical for found in find_all(text, OAS)] == symbols


@given(st.integers(1, 99))
def test_roman_numbers_read_back(number: int):
    assert to_number(roman(number)) == number


@given(st.sampled_from(["Directive", "Regulation"]), st.integers(2015, 2051), NUMBERS)
def test_the_union_s_acts_are_their_own_canonical_form(kind: str, year: int, number: int):
    assert parse(f"{kind} (EU) {year}/{number}", EU).canonical == f"{kind} (EU) {year}/{number}"
