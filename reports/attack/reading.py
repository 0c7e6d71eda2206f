"""Reading what was published: leniently, because an attacker takes what is there."""

import json
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ValidationError

from policies.refusal import Refusal
from reports.shape import TOTAL, Cell, Figure, Grouping, Identity, Place, Report, Table

REPORT = "report.json"
ASSUMED = "?"
"""Begins the measure of a table that names none: what it counts is then judged by how its numbers agree with others."""


class NoReportThere(Refusal):
    """The folder holds no `report.json` that can be opened."""

    code: ClassVar[str] = "no_report_there"
    status: ClassVar[int] = 422


class NotAReport(Refusal):
    """The file is not a report: no JSON, or a part is missing or wrong; `at` says which part."""

    code: ClassVar[str] = "not_a_report"
    status: ClassVar[int] = 422


def read_release(folder: Path) -> Report:
    """Read a release's folder (or its `report.json`).

    Besides our own reports it reads any that has at least series, edition, period and tables of cells with key and count. What
    it does not know it passes over. Raises NoReportThere and NotAReport.
    """
    path = folder / REPORT if folder.is_dir() else folder
    try:
        text = path.read_bytes()
    except OSError:
        raise NoReportThere(folder=folder.name) from None
    try:
        return Report.read(text)
    except ValidationError:
        pass
    try:
        return Report.model_validate(_filled(json.loads(text)))
    except ValidationError as error:
        raise NotAReport(folder=folder.name, at=".".join(map(str, error.errors()[0]["loc"])) or "report") from None
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise NotAReport(folder=folder.name, at="report") from None


def _filled(data: Any) -> dict[str, Any]:
    """The parts that an attacker needs, with what a plainer report leaves out."""
    period = _known(data.get("period") or {}, ("from", "to"))
    head = {"series": "", "edition": "", "house": "", "receiver": "", **_known(data, ("series", "edition", "house", "corrects"))}
    return {
        **head,
        "edition": str(head["edition"]),
        "kind": str(data.get("kind") or head["series"]),
        "house": str(head["house"] or ""),
        "period": period,
        "tables": [_table(each, number) for number, each in enumerate(data.get("tables") or ())],
        "groupings": [_known(each, Grouping.model_fields) for each in data.get("groupings") or ()],
        "identities": [_identity(each) for each in data.get("identities") or ()],
        "figures": [_figure(each) for each in data.get("figures") or ()],
        "origin": {"taken_on": period.get("to"), "policy_edition": "", "unverified": 0},
    }


def _known(data: Any, fields: Any) -> dict[str, Any]:
    return {name: data[name] for name in fields if data.get(name) is not None}


def _table(data: Any, number: int) -> dict[str, Any]:
    cells = [{"key": {}, "count": None, **_known(each, Cell.model_fields)} for each in data.get("cells") or ()]
    dimensions = data.get("dimensions")
    if dimensions is None:
        dimensions = list(dict.fromkeys(name for cell in cells for name in cell["key"]))
    for cell in cells:
        cell["key"] = {name: str(cell["key"].get(name, TOTAL)) for name in dimensions}
    known = {"name": str(number + 1), "kind": "flow", **_known(data, Table.model_fields)}
    return {**known, "measure": known.get("measure") or ASSUMED, "dimensions": dimensions, "cells": cells}


def _identity(data: Any) -> dict[str, Any]:
    terms = [_known(each, Place.model_fields) for each in data.get("terms") or ()]
    return {"name": "", **_known(data, Identity.model_fields), "terms": terms}


def _figure(data: Any) -> dict[str, Any]:
    figure = {"name": "", "unit": "number", "value": None, **_known(data, Figure.model_fields)}
    if "decimals" not in figure and isinstance(figure["value"], float):
        figure["decimals"] = len(repr(figure["value"]).rstrip("0").partition(".")[2])
    for part in ("part", "whole"):
        if figure.get(part) is not None:
            figure[part] = _known(figure[part], Place.model_fields)
    return figure
