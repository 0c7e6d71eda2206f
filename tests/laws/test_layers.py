"""Who may use whom: the contracts hold, each can fail, and the names they speak of are ours."""

import configparser
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from states.procedures import PROCEDURES
from tests.laws.tree import OURS, PACKAGES, ROOT

PLANTS = {
    "layers": [
        ("records/planted.py", "import web.messages"),
        ("web/planted.py", "import records.books"),
        ("api/planted.py", "import flows"),
        ("flows/planted.py", "import api"),
        ("policies/planted.py", "from states import table"),
        ("states/planted.py", "from records.books import Books"),
        ("actions/planted.py", "import cli"),
        ("reports/planted.py", "import actions"),
        ("records/planted.py", "import reports.shape"),
    ],
    "doors": [
        ("api/planted.py", "from records.books import Books"),
        ("flows/planted.py", "from records import clocks"),
        ("api/planted.py", "import reports"),
        ("flows/planted.py", "def late():\n    from records import clocks\n    return clocks"),
    ],
    "prefect": [
        ("api/planted.py", "import prefect"),
        ("actions/planted.py", "from prefect import flow"),
    ],
    "web_framework": [
        ("actions/planted.py", "from fastapi import Request"),
        ("flows/planted.py", "import starlette.requests"),
    ],
    "rules": [
        ("policies/planted.py", "import sqlalchemy"),
        ("states/planted.py", "import psycopg"),
        ("states/planted.py", "import fastapi"),
        ("policies/planted.py", "from starlette import requests"),
        ("states/planted.py", "from prefect import flow"),
        ("policies/planted.py", "from jinja2 import Template"),
        ("states/planted.py", "from nacl import secret"),
    ],
    "transitions": [
        ("states/planted.py", "from transitions import Machine"),
        ("actions/planted.py", "import transitions"),
    ],
    "sql": [
        ("actions/kernel/planted.py", "from sqlalchemy import text"),
        ("api/planted.py", "import sqlalchemy"),
        ("reports/planted.py", "from sqlalchemy import text"),
        ("cli/planted.py", "from alembic import op"),
    ],
    "vault": [
        ("api/planted.py", "from records.vault import boxes"),
        ("reports/planted.py", "from records.vault import boxes"),
        ("cli/planted.py", "import records.vault.boxes"),
    ],
    "settings": [
        ("policies/planted.py", "import settings"),
        ("records/planted.py", "from settings import Settings"),
        ("actions/planted.py", "from settings import Settings"),
    ],
    "kernel": [("actions/kernel/planted.py", "from actions.kinds import KINDS")],
    "procedures": [("states/proposal.py", "from states.mandate import MANDATE")],
    "kinds": [("actions/kinds/proposal.py", "from actions.kinds.mandate import KIND as OTHER")],
    "details": [("records/proposal.py", "from records import mandate")],
}
"""Contract to imports it must refuse: planted as a new file, or at the end of one that is there."""


def contracts() -> configparser.ConfigParser:
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter", encoding="utf-8")
    return config


def listed(contract: str, field: str) -> set[str]:
    return set(contracts()[f"importlinter:contract:{contract}"][field].split())


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    program = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    env = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(program, cwd=tree, env=env, capture_output=True, text=True, timeout=120, check=False)


EACH = [(contract, *plant) for contract, plants in PLANTS.items() for plant in plants]


def place_of(number: int) -> str:
    """The file that a plant stands in: its own, unless it goes to one that is there."""
    return EACH[number][1].replace("planted", f"planted_{number}")


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of our tree with everything planted in it, by the name of the contract."""
    tree = tmp_path_factory.mktemp("tree")
    for name in PACKAGES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=all_but_sources)
    for name in ("settings.py", ".importlinter"):
        shutil.copy(ROOT / name, tree / name)
    for number, (_, _, line) in enumerate(EACH):
        with (tree / place_of(number)).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    outcome = lint(tree)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    _, *said = re.split(r"^(.+)\n-+$", outcome.stdout.partition("Broken contracts")[2], flags=re.MULTILINE)
    return dict(zip(said[::2], said[1::2], strict=True))


def all_but_sources(folder: str, names: list[str]) -> list[str]:
    paths = [Path(folder, name) for name in names]
    return [path.name for path in paths if path.name == "__pycache__" or not (path.suffix == ".py" or path.is_dir())]


def test_every_contract_is_kept():
    outcome = lint(ROOT)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("number", range(len(EACH)), ids=["-".join(each) for each in EACH])
def test_a_planted_import_is_refused(refused: dict[str, str], number: int):
    name = contracts()[f"importlinter:contract:{EACH[number][0]}"]["name"]
    module = place_of(number).removesuffix(".py").replace("/", ".")
    assert re.search(rf"\b{re.escape(module)} ->", refused[name]), refused[name]


def test_every_contract_has_a_plant():
    written = {section.rpartition(":")[2] for section in contracts().sections() if ":contract:" in section}
    assert written == set(PLANTS)


def test_every_folder_of_the_product_stands_in_a_layer():
    there = {name for name in PACKAGES if (ROOT / name).is_dir()}
    layers = listed("layers", "layers") - {"|"}
    packages_here = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"bench"}  # measures the product, is none of it
    assert packages_here <= set(PACKAGES), "a new folder: give it a layer, and a line in the README"
    assert set(contracts()["importlinter"]["root_packages"].split()) == there
    assert {layer.strip("()") for layer in layers} == set(PACKAGES)
    assert {layer for layer in layers if not layer.startswith("(")} <= there


def test_every_kind_is_kept_apart():
    kinds = [table.kind for table in PROCEDURES]
    assert listed("procedures", "modules") == {f"states.{kind}" for kind in kinds}
    for contract, folder in (("kinds", "actions/kinds"), ("details", "records")):
        there = {f"{folder.replace('/', '.')}.{kind}" for kind in kinds if (ROOT / folder / f"{kind}.py").exists()}
        assert listed(contract, "modules") == there


def test_our_names_mean_our_files_wherever_we_stand(tmp_path: Path):
    names = [name for name in OURS if (ROOT / name).is_dir() or (ROOT / f"{name}.py").exists()]
    imports = [f"import {name}; print({name}.__file__)" for name in names]
    lines = [f"import sys; sys.path.append({str(ROOT)!r})", *imports]
    program = [sys.executable, "-c", "\n".join(lines)]
    said = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True).stdout
    for name, file in zip(names, said.splitlines(), strict=True):
        assert Path(file).is_relative_to(ROOT), f"{name} is {file}"
        assert ".venv" not in Path(file).parts, f"{name} is {file}"


def test_no_library_ships_a_name_of_ours():
    shipped = importlib.metadata.packages_distributions()
    taken = {name: others for name in (*OURS, "bench") if (others := set(shipped.get(name, ())) - {"amparo"})}
    assert taken == {}
