"""What is kept of a matter beside its state, each with what people call it, in the order in which a reader asks for it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from api import shapes
from web.countries import country, looked_for
from web.rendering import Tongue

ORDER: Final[Mapping[str, tuple[str, ...]]] = {
    "mandate": (
        "symbol",
        "task",
        "paragraph",
        "issued_by",
        "adopted_on",
        "addressee",
        "recipient",
        "unit",
        "function",
        "responsible_functions",
        "responsible_units",
        "due",
        "sunset",
        "review_by",
        "source",
    ),
    "proposal": ("proposer", "text_kind", "due", "effective", "source"),
    "meeting": (
        "body",
        "number",
        "sort",
        "day",
        "hour",
        "place",
        "order_document",
        "record_document",
        "record_circulated_on",
        "approved_by",
        "reason",
        "source",
    ),
}
"""Per kind, what its page tells; lists of things of their own (decisions, orders, items) stand in sections of their own."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is known of a matter. `href`: where more of it stands; empty: nowhere."""

    label: str
    value: str = field(repr=False)
    href: str = ""


Names = Mapping[str, Mapping[str, str]]
"""What codes stand for, by the thing they are of."""


def facts_of(matter: shapes.Detail, tongue: Tongue, link: Callable[[str], str], names: Names) -> tuple[Told, ...]:
    """What is known, without what is not."""
    return tuple(_facts(matter, tongue, link, names))


def _facts(matter: shapes.Detail, tongue: Tongue, link: Callable[[str], str], names: Names) -> Iterator[Told]:
    if matter.owner != "nobody":
        yield Told(tongue.t("council.fact.owner"), tongue.label(f"owner.{matter.owner}", matter.owner))
    if matter.responsible is not None:
        yield Told(tongue.t("council.fact.responsible"), matter.responsible.name)
    for name in ORDER.get(matter.kind, ()):
        value = matter.detail.get(name)
        if value is None or value in ([], "", {}):
            continue
        told, href = _value(name, value, tongue, link)
        yield Told(fact_label(name, tongue), names.get(name, {}).get(told, told), href)
    yield Told(tongue.t("council.fact.opened_on"), tongue.day(matter.opened_on))
    if matter.rested_on is not None:
        yield Told(tongue.t("council.fact.rested_on"), tongue.day(matter.rested_on))


def fact_label(name: str, tongue: Tongue) -> str:
    """What people call a thing that is known of a matter."""
    own = f"council.fact.{name}"
    return tongue.t(own) if tongue.known(own) else tongue.label(f"field.{name}", name)


def given(told: Mapping[str, Any], tongue: Tongue) -> str:
    """A day that an instrument gives, or a period from a day on."""
    if "on" in told:
        return tongue.day(_date(told["on"]))
    unit = tongue.label(f"option.unit.{told['unit']}", told["unit"])
    return tongue.t("council.given_period", count=int(told["count"]), unit=unit, day=_date(told["start"]))


def _value(name: str, value: Any, tongue: Tongue, link: Callable[[str], str]) -> tuple[str, str]:
    if name == "paragraph":
        return f"{value['symbol']}, {value['place']}", ""
    if name == "approved_by":
        return tongue.t("kind.meeting"), link(f"/meetings/{value}")
    if name == "text_kind":
        return tongue.label(f"option.{name}.{value}", value), ""
    return plain(value, tongue), ""


def plain(value: Any, tongue: Tongue) -> str:
    """A value of any simple sort as the language writes it."""
    if isinstance(value, bool):
        return tongue.t("council.yes" if value else "council.no")
    if isinstance(value, date):
        return tongue.day(value)
    if isinstance(value, int):
        return tongue.number(value) if value > 9999 else str(value)
    if isinstance(value, Mapping):
        return given(value, tongue)
    if isinstance(value, (list, tuple)):
        return tongue.both(str(one) for one in value)
    return str(value)


def countries(codes: list[str], tongue: Tongue) -> str:
    """States by name, in one line."""
    return tongue.both(sorted((country(tongue.language, code) for code in codes), key=looked_for))


def _date(told: Any) -> date:
    return told if isinstance(told, date) else date.fromisoformat(str(told))
