"""Every real specimen of domain.md 7.1 with its parts, typed again by hand, and what people make of them."""

from typing import Any

import pytest

from policies.citations import load
from policies.pack import PACKS
from states.citing.parsing import NotACitation, parse

OAS = load(PACKS / "oas" / "citations.toml")
EU = load(PACKS / "eu" / "citations.toml")

SPECIMENS: dict[str, tuple[Any, ...]] = {
    # written: canonical, body, kind, number, session, year, suffixes
    "AG/RES. 2876 (XLV-O/15)": ("AG/RES. 2876 (XLV-O/15)", "AG", "RES", 2876, "XLV-O", 2015, []),
    "AG/RES. 2814 (XLIV-O/14)": ("AG/RES. 2814 (XLIV-O/14)", "AG", "RES", 2814, "XLIV-O", 2014, []),
    "AG/RES. 1 (XLVII-E/14) rev. 1": ("AG/RES. 1 (XLVII-E/14) rev. 1", "AG", "RES", 1, "XLVII-E", 2014, ["rev. 1"]),
    "AG/RES. 1 (XL-E/10) CORR. 1": ("AG/RES. 1 (XL-E/10) corr. 1", "AG", "RES", 1, "XL-E", 2010, ["corr. 1"]),
    "AG/RES. 35 (I-O/71)": ("AG/RES. 35 (I-O/71)", "AG", "RES", 35, "I-O", 1971, []),
    "AG/DEC. 80 (XLV-O/15)": ("AG/DEC. 80 (XLV-O/15)", "AG", "DEC", 80, "XLV-O", 2015, []),
    "CP/RES. 1061 (2063/16)": ("CP/RES. 1061 (2063/16)", "CP", "RES", 1061, None, 2016, []),
    "CP/RES. 1051 (2017/15)": ("CP/RES. 1051 (2017/15)", "CP", "RES", 1051, None, 2015, []),
    "CP/RES. 760 (1217/99)": ("CP/RES. 760 (1217/99)", "CP", "RES", 760, None, 1999, []),
    "CP/doc.5190/16": ("CP/doc.5190/16", "CP", "doc", 5190, None, 2016, []),
    "CP/doc.4687/12 rev. 3": ("CP/doc.4687/12 rev. 3", "CP", "doc", 4687, None, 2012, ["rev. 3"]),
    "CP/doc.1112/80 rev. 4 corr. 1": ("CP/doc.1112/80 rev. 4 corr. 1", "CP", "doc", 1112, None, 1980, ["rev. 4", "corr. 1"]),
    "CP/CAAP-3175/12 add. 1": ("CP/CAAP-3175/12 add. 1", "CP/CAAP", "doc", 3175, None, 2012, ["add. 1"]),
    "CP/CAJP-3142/13": ("CP/CAJP-3142/13", "CP/CAJP", "doc", 3142, None, 2013, []),
    "CP/CG-1849/10 rev. 1": ("CP/CG-1849/10 rev. 1", "CP/CG", "doc", 1849, None, 2010, ["rev. 1"]),
    "CP/INF.5067/04 corr. 1": ("CP/INF.5067/04 corr. 1", "CP", "INF", 5067, None, 2004, ["corr. 1"]),
    "GT/VE 2/15": ("GT/VE 2/15", "GT/VE", "doc", 2, None, 2015, []),
    "AG/doc.5240/12 add. 1": ("AG/doc.5240/12 add. 1", "AG", "doc", 5240, None, 2012, ["add. 1"]),
    "OEA/Ser.G": ("OEA/Ser.G", "OEA", "Ser.G", None, None, None, []),
    "OEA/Ser.P/XLV-O.2": ("OEA/Ser.P/XLV-O.2", "OEA", "Ser.P", 2, "XLV-O", None, []),
    "OEA/Ser.D/I.1.2 Rev. 22": ("OEA/Ser.D/I.1.2 rev. 22", "OEA", "Ser.D", None, None, None, ["rev. 22"]),
    "OIG-IG-20-05": ("OIG-IG-20-05", "OIG", "IG", 5, None, 2020, []),
    "Executive Order No. 08-01 Rev. 9": ("Executive Order No. 08-01 rev. 9", "SG", "EO", 1, None, 2008, ["rev. 9"]),
    "EXECUTIVE ORDER 04-01 corr. 1": ("Executive Order No. 04-01 corr. 1", "SG", "EO", 1, None, 2004, ["corr. 1"]),
    "EO 05-7, Rev. No. 1": ("Executive Order No. 05-07 rev. 1", "SG", "EO", 7, None, 2005, ["rev. 1"]),
    "SN-40/15-16": ("SN-40/15-16", "SN", "note", 40, None, 2015, []),
    "E-009/25": ("E-009/25", "OEA", "press", 9, None, 2025, []),
    # read in the sources that domain.md names, or beside them
    "CP/RES. 995 (1832/11)": ("CP/RES. 995 (1832/11)", "CP", "RES", 995, None, 2011, []),
    "AG/RES. 1603 (XXVIII-O/98)": ("AG/RES. 1603 (XXVIII-O/98)", "AG", "RES", 1603, "XXVIII-O", 1998, []),
    "CAAP/GT/RVPP-151/12 add. 1-a": ("CAAP/GT/RVPP-151/12 add. 1.a", "CAAP/GT/RVPP", "doc", 151, None, 2012, ["add. 1.a"]),
    "CIDI/RES. 271 (XV-O/10)": ("CIDI/RES. 271 (XV-O/10)", "CIDI", "RES", 271, "XV-O", 2010, []),
    "CEPCIDI/doc. 1150/14": ("CEPCIDI/doc.1150/14", "CEPCIDI", "doc", 1150, None, 2014, []),
    "E-088/20": ("E-088/20", "OEA", "press", 88, None, 2020, []),
}

EUROPE = {
    "Directive (EU) 2019/1937": ("Directive (EU) 2019/1937", "EU", "Directive", 1937, 2019),
    "Directiva (UE) 2019/1937": ("Directive (EU) 2019/1937", "EU", "Directive", 1937, 2019),
    "Directive EU 2019 / 1937": ("Directive (EU) 2019/1937", "EU", "Directive", 1937, 2019),
    "Directive 95/46/EC": ("Directive 95/46/EC", "EC", "Directive", 46, 1995),
    "Regulation (EEC, Euratom) No 1182/71": (
        "Regulation (EEC, Euratom) No 1182/71",
        "EEC, Euratom",
        "Regulation",
        1182,
        1971,
    ),
    "Reglamento (CEE, Euratom) n.º 1182/71": (
        "Regulation (EEC, Euratom) No 1182/71",
        "EEC, Euratom",
        "Regulation",
        1182,
        1971,
    ),
    "Regulation (EU) 2016/679": ("Regulation (EU) 2016/679", "EU", "Regulation", 679, 2016),
    "Règlement (CE) nº 1049/2001": ("Regulation (EC) No 1049/2001", "EC", "Regulation", 1049, 2001),
}

DIRTY = {
    "AG/RES. 2876 (XLV-O/15)": (
        "AG/RES.2876(XLV-O/15)",
        "AG/RES 2876 (XLV-O/15)",
        "AGRES. 2876 (XLV-O/15)",
        "AG/AG/RES. 2876 (XLV-O/15)",
        "AG/RES. AG/RES. 2876 (XLV-O/15)",
        "AG/RES. RES. 2876 (XLV-O/15)",
        "AG/RES. 2876 (XLV-0/15)",
        "AG/RES. 2876 (XLV 0/15)",
        "AG/RES. 2876 (XLV O/15)",
        "AG/RES. 2876 (XLVO/15)",
        "AG/RES. 2876 (XL V-O/15)",
        "AG/RES. 2876 (XLV -O/15)",
        "AG/RES. 2876 (XLV- O/15)",
        "AG/RES. 2876 (XLV-O /15)",
        "AG/RES. 2876 (XLV-O/ 15)",
        "AG/RES. 2876 ( XLV-O/15 )",
        "AG/RES. 2876 (XLV\u2011O/15)",
        "AG/RES. 2876 (XLV–O/2015)",
        "AG/RES.\u00a02876\u00a0(XLV-O/15)",
        "AG/RES.\u202f2876\n(XLV-O/15)",
        "AG⁄RES. 2876 (XLV-O/15)",
        "AG/RES. 28\u00ad76 (XLV-O/15)",
        "ag/res. 2876 (xlv-o/15)",
        "AG/RÉS. 2876 (XLV-O/15)",
        "AG/RE\u0301S. 2876 (XLV-O/15)",
        "AG/RES. 2876 [XLV-O/15]",
        "AG/RES. 2876 (XLV-O/15",
        "AG/RES. 2876 XLV-O/15",
        "AG/RES. 2876, (XLV-O/15)",
        "AG / RES. 2876 (XLV-O/15)",
        "AG/RES. 2.876 (XLV-O/15)",
        "AG/RES. No. 2876 (XLV-O/15)",
        "Resolución AG/RES. 2876 (XLV-O/15)",
        "“AG/RES. 2876 (XLV-O/15).”",
        "(AG/RES. 2876 (XLV-O/15))",
    ),
    "AG/RES. 35 (I-O/71)": (
        "AG/RES. 35 (1-O/71)",
        "AG/RES. 35 (l-0/71)",
        "AG/RES.35 (1-0/71)",
    ),
    "AG/RES. 501 (XI-O/81)": ("AG/RES. 501 (X1-O/81)", "AG/RES. 501 (Xl-O/81)", "AG/RES. 5O1 (XI-O/81)"),
    "AG/RES. 1 (XLVII-E/14) rev. 1": (
        "AG/RES. 1 (XLV11-E/14) rev. 1",
        "AG/RES. 1 (XLVII-E/14) REV.1",
        "AG/RES. 1 (XLVII-E/14), rev. 1",
        "AG/RES. 1 (XLVII-E/14)rev.1",
        "AG/RES. 1 (XLVII-E/14) (rev. 1)",
        "AG/RES. 1 (XLVII E/14) Rev 1",
        "AG/RES.1(XLVII-E/14)Rev. No. 1",
    ),
    "AG/RES. ____ (XLV-O/15)": (
        "AG/RES. (XLV-O/15)",
        "AG/RES. n/k (XLV-O/15)",
        "AG/RES. … (XLV-O/15)",
        "AG/RES. ... (XLV-O/15)",
        "AG/RES. XXXX (XLV-O/15)",
        "AG/RES. ? (XLV-O/15)",
        "AG/RES. — (XLV-O/15)",
        "AG/RES._____ (XLV-O/15)",
        "AG/RES. _ _ _ (XLV-0/15)",
    ),
    "CP/RES. ____ (2036/15)": ("CP/RES. n/k (2036/15)", "CP/RES. (2036/15)", "CP/RES. ___ (2036/15)"),
    "CP/RES. 1061 (2063/16)": (
        "CP/RES.1061(2063/16)",
        "CP/RES 1061 (2063 / 16)",
        "CP/CP/RES. 1061 (2063/16)",
        "CP/RES. 1O61 (2063/l6)",
    ),
    "CP/doc.1112/80 rev. 4 corr. 1": (
        "CP/doc. 1112/80 rev.4 corr.1",
        "CP/DOC.1112/80 REV. 4 CORR. 1",
        "CP/doc.1112/80, rev. 4, corr. 1",
        "CP/doc.1112/80 Rev.4/Corr.1",
        "CP/doc 1112/80 rev 4 corr 1",
        "CP/doc.1112/1980 rév. 4 corr. 1",
        "CP/doc.1112-80 revisión 4 corrigendum 1",
    ),
    "CP/doc.____/16": ("CP/doc. /16", "CP/doc.___/16", "CP/doc./16"),
    "CP/CAAP-3175/12 add. 1": (
        "CP/CAAP 3175/12 add. 1",
        "CP/CAAP-3175/12 add.1",
        "CP CAAP-3175/12 ADD. 1",
        "CP/CAAP3175/12 Add 1",
        "CP/CAAP- 3175/12 addendum 1",
        "CP/CP/CAAP-3175/12 add. 1",
        "CP/CAAP-CP/CAAP-3175/12 add. 1",
        "cp/caap–3175/12 add. 1",
    ),
    "CP/CAAP-3175/12 add. 1.a": (
        "CP/CAAP-3175/12 add. 1a",
        "CP/CAAP-3175/12 add. 1 a",
        "CP/CAAP-3175/12 add. 1-a",
        "CP/CAAP-3175/12 ADD. 1.A",
        "CP/CAAP-3175/12 add. 1 A.",
    ),
    "GT/VE 2/15": ("GT/VE-2/15", "GT/VE2/15", "GT/VE 2 /15", "GT/GT/VE 2/15"),
    "OEA/Ser.P/XLV-O.2": ("OEA/Ser. P/XLV-0.2", "OEA/Ser.P/XLV-O/2", "OEA/SER.P/XLV O.2"),
    "OEA/Ser.D/I.1.2 rev. 22": ("OEA/Ser.D/I.1.2, Rev.22", "OEA/Ser. D/I.1.2 REV. 22"),
    "OIG-IG-20-05": ("OIG IG 20 05", "OIG-IG-20-5", "oig–ig–20–05"),
    "Executive Order No. 04-01 corr. 1": (
        "EO 04-1 corr. 1",
        "E.O. 04-01, Corr. 1",
        "Executive Order 04-01 Corr.1",
        "EO No. 04 01 corr. 1",
    ),
    "Executive Order No. 08-01 rev. 9": (
        "Orden Ejecutiva N.º 08-01 Rev. 9",
        "Orden Ejecutiva nº 08-1, Rev. 9",
        "Ordem Executiva n° 08-01 rev. 9",
        "Décret exécutif n° 08-01 rév. 9",
        "EXECUTIVE ORDER N° 08-01 REV. 9",
        "Executive Order No. Executive Order No. 08-01 Rev. 9",
        "ExecutiveOrder No.08-01Rev.9",
    ),
    "SN-40/15-16": ("SN 40/15-16", "SN-40/2015-2016", "SN-40/15/16"),
    "E-009/25": ("E 009/25", "E-9/25", "C-009/25", "E-009/25 [S]"),
    "CP/doc.5190/16": ("OEA/Ser.G CP/doc.5190/16", "OEA/Ser.G/CP/doc.5190/16", "CP/CP/doc.5190/16", "CP/doc.CP/doc.5190/16"),
}

NONE = (
    "",
    "hello",
    "AG",
    "EO",
    "AG/RES.",
    "AG/RES. abc (XLV-O/15)",
    "AG/RES. /15",
    "2876 (XLV-O/15)",
    "(XLV-O/15)",
    "12/15",
    "CP/doc.",
    "AG/RES. 2876 (XLV-O/15) and more",
    "AG/RES. 2876 (XLV-O/15) CP/doc.5190/16",
    "AG/RES. 2876 (XLV-O/15) rev. 1 of 2",
    "see AG/RES. 2876 (XLV-O/15)",
    "E-/25",
    "XAG/RES. 2876 (XLV-O/15)",
    "AG/RES. " + "1" * 40 + " (XLV-O/15)",
)


@pytest.mark.parametrize("written", SPECIMENS)
def test_a_real_specimen_is_read_with_all_its_parts(written: str):
    citation = parse(written, OAS)
    assert tuple(citation.facts().values()) == SPECIMENS[written]
    assert citation.warnings == ()


@pytest.mark.parametrize("written", EUROPE)
def test_another_house_cites_by_its_own_forms(written: str):
    citation = parse(written, EU)
    assert (citation.canonical, citation.body, citation.kind, citation.number, citation.year) == EUROPE[written]


PAIRS = [(clean, dirty) for clean, all_dirty in DIRTY.items() for dirty in all_dirty]


@pytest.mark.parametrize(("clean", "dirty"), PAIRS, ids=ascii)
def test_a_dirty_citation_is_the_same_as_the_clean_one(clean: str, dirty: str):
    assert parse(dirty, OAS) == parse(clean, OAS)
    assert parse(dirty, OAS).canonical == clean


def test_there_are_sixty_dirty_ones_typed_by_hand():
    assert sum(map(len, DIRTY.values())) >= 60


@pytest.mark.parametrize("written", NONE, ids=lambda text: text[:40] or "nothing")
def test_what_is_no_citation_is_refused_without_repeating_it(written: str):
    with pytest.raises(NotACitation) as refused:
        parse(written, OAS)
    assert refused.value.params == {}
    assert str(refused.value) == "not_a_citation()"


def test_a_house_reads_none_of_another_house():
    with pytest.raises(NotACitation):
        parse("Directive (EU) 2019/1937", OAS)
    with pytest.raises(NotACitation):
        parse("AG/RES. 2876 (XLV-O/15)", EU)


def test_the_meeting_of_a_council_is_neither_session_nor_year():
    citation = parse("CP/RES. 1051 (2017/15)", OAS)
    assert (citation.meeting, citation.session, citation.year) == (2017, None, 2015)
