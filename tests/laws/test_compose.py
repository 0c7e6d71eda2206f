"""docker-compose.yml and Dockerfile: valid by the schema of Compose, closed, and the same parts that the supervisor starts.

No engine runs them here: what is shown is what can be read from the files.
"""

import json
import re
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for

from cli.init_house import KEYS
from cli.supervise import postgres
from cli.supervise.data_folder import DataFolder
from cli.supervise.doors import DOORS, Ground, house_children
from cli.supervise.kept import ChildPlan
from settings import Settings, inherited
from tests.laws.tree import PACKAGES, ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name for name, service in SERVICES.items() if service["image"].startswith("amparo:")}
ONE_OFF = {"init", "operator"}
FROM_THE_OPERATOR = {"superuser.password", "superuser.url", "prefect.password"}
ELSEWHERE = {"PREFECT_SERVER_UI_STATIC_DIRECTORY", "PREFECT_UI_API_URL"}
"""Of the page that Prefect's server shows people: in containers there is none."""
FROM_A_FILE = {"PREFECT_SERVER_API_AUTH_STRING", "PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_API_AUTH_STRING"}
"""What Prefect takes from the environment alone; the container's shell reads it from a secret file."""


def schema() -> Validator:
    """The schema that the authors of Compose publish, as the library check-jsonschema brings it."""
    read = json.loads((files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json").read_text(encoding="utf-8"))
    made: Validator = validator_for(read)(read)
    return made


def said(service: dict[str, Any]) -> str:
    """All that a service runs, as one text."""
    return json.dumps([service.get("entrypoint"), service.get("command")])


@pytest.fixture
def plans(tmp_path: Path) -> dict[str, ChildPlan]:
    """What the supervisor would start, by name, on a data folder of a real house."""
    for folder in ("logs", "secrets"):
        (tmp_path / folder).mkdir()
    ports = dict.fromkeys(("prefect", *DOORS), ("127.0.0.1", 8080))
    return {plan.name: plan for plan in house_children(Ground(DataFolder(tmp_path, "real"), "oas", "en", ports))}


def test_the_file_is_valid_by_the_schema_of_compose():
    assert [error.message for error in schema().iter_errors(COMPOSE)] == []


@pytest.mark.parametrize("wrong", [{"privilege": True}, {"ports": [True]}, {"healthcheck": {"interval": 5}}])
def test_the_schema_can_refuse(wrong: dict[str, Any]):
    broken = COMPOSE | {"services": SERVICES | {"council": SERVICES["council"] | wrong}}
    assert not schema().is_valid(broken)


@pytest.mark.parametrize("name", SERVICES)
def test_no_container_can_do_more_than_it_must(name: str):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] == "${AMPARO_UID:-10001}:${AMPARO_GID:-10001}"
    assert service["ulimits"] == {"core": 0}
    allowed = {"privileged", "cap_add", "devices", "pid", "ipc", "network_mode", "userns_mode", "extra_hosts", "env_file"}
    assert not allowed & service.keys()


def test_only_the_doors_are_reached_from_outside_and_only_from_this_machine():
    assert {name for name, service in SERVICES.items() if "ports" in service} == set(DOORS)
    for name in DOORS:
        port = SERVICES[name]["environment"][f"AMPARO_{name.upper()}_PORT"]
        assert SERVICES[name]["ports"] == [f"127.0.0.1:{port}:{port}"]


def test_no_two_parts_share_a_network_but_each_with_its_server():
    pairs = {
        frozenset({one, other})
        for one in SERVICES.keys() - ONE_OFF
        for other in SERVICES.keys() - ONE_OFF
        if one != other and set(SERVICES[one]["networks"]) & set(SERVICES[other]["networks"])
    }
    with_database = {frozenset({name, "postgres"}) for name in (*DOORS, "worker")}
    assert pairs == with_database | {frozenset({"worker", "prefect"}), frozenset({"prefect", "prefect-postgres"})}


def test_only_the_worker_may_go_out():
    inside = {name for name, network in COMPOSE["networks"].items() if network.get("internal")}
    quiet = {
        name
        for name, network in COMPOSE["networks"].items()
        if network.get("driver_opts") == {"com.docker.network.bridge.enable_ip_masquerade": "false"}
    }
    assert {name for name, service in SERVICES.items() if set(service["networks"]) - inside - quiet} == {"worker"}
    assert {name for name, service in SERVICES.items() if set(service["networks"]) & quiet} == set(DOORS)


def test_every_secret_is_a_file_and_each_part_is_given_what_the_supervisor_gives_it(plans: dict[str, ChildPlan]):
    for name, plan in plans.items():
        theirs = {key: value for key, value in plan.env.items() if key.endswith("_FILE")}
        ours = {key: value for key, value in SERVICES[name]["environment"].items() if key.endswith("_FILE")}
        assert {key: f"/run/secrets/{Path(value).name}" for key, value in theirs.items()} == ours, name
        beside = {Path(value).with_suffix(".pub").name for key, value in ours.items() if key.endswith("_LEDGER_KEY_FILE")}
        mounted = set(SERVICES[name].get("secrets", ()))
        assert mounted - {"prefect.auth", "prefect.password"} == {Path(value).name for value in ours.values()} - {
            "prefect.auth"
        } | beside, name


def test_a_part_has_the_settings_that_the_supervisor_gives_it_and_no_other(plans: dict[str, ChildPlan]):
    for name, plan in plans.items():
        given = {key for key in plan.env if key not in inherited()} - ELSEWHERE
        ours = set(SERVICES[name]["environment"]) | {key for key in FROM_A_FILE if key in said(SERVICES[name])}
        optional = {key for key in ours if key.startswith("AMPARO_SMTP_")}
        extra = {"PYTHONDONTWRITEBYTECODE", "PREFECT_SERVER_UI_ENABLED"}
        assert given - optional == ours - extra - optional, name


def test_every_variable_is_a_setting():
    known = {f"AMPARO_{name.upper()}" for name in Settings.model_fields}
    told = {key for service in SERVICES.values() for key in service.get("environment", {}) if key.startswith("AMPARO_")}
    assert told - known == set()


def test_no_password_stands_in_the_file_or_in_a_variable():
    for name, service in SERVICES.items():
        for key, value in service.get("environment", {}).items():
            telling = re.search(r"PASSWORD|SECRET|TOKEN|PEPPER|KEY|AUTH|URL_FILE", key)
            assert telling is None or str(value).startswith("/run/secrets/"), f"{name}: {key}"


def test_every_named_secret_is_declared_mounted_and_made_by_somebody():
    declared = {name: Path(secret["file"]) for name, secret in COMPOSE["secrets"].items()}
    mounted = {name for service in SERVICES.values() for name in service.get("secrets", ())}
    assert mounted == set(declared)
    assert {name for name, file in declared.items() if file.parent.name != "secrets"} == FROM_THE_OPERATOR
    assert [name for name, file in declared.items() if file.name != name] == []
    assert set(KEYS) <= set(declared)


def test_the_superuser_is_given_to_nobody_but_the_server_and_the_one_who_makes_the_house():
    superuser = {"superuser.password", "superuser.url"}
    holders = {name for name, service in SERVICES.items() if superuser & set(service.get("secrets", ()))}
    assert holders == {"postgres", "init"}


def test_the_log_of_postgresql_is_as_silent_as_the_embedded_one():
    silent = {name: value for name, value in postgres._SETTINGS.items() if name not in {"listen_addresses", "port"}}
    silent.pop("unix_socket_permissions")  # nobody reaches its socket: it is on no shared volume
    for name in ("postgres", "prefect-postgres"):
        words = SERVICES[name]["command"]
        told = dict(word.split("=", 1) for before, word in pairwise(words) if before == "-c")
        assert silent.items() <= told.items(), name


def test_postgresql_is_made_as_the_embedded_one():
    source = (ROOT / "cli/supervise/postgres.py").read_text(encoding="utf-8")
    for option in SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split():
        assert option in source, option


def test_the_versions_are_those_that_are_tested():
    header = (postgres.postgres_installation() / "include" / "pg_config.h").read_text(encoding="utf-8")
    found = re.search(r'#define PG_VERSION "([\d.]+)"', header)
    assert found is not None
    assert {SERVICES[name]["image"] for name in ("postgres", "prefect-postgres")} == {f"postgres:{found[1]}"}
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "([^"]+)"$', project, re.MULTILINE)
    assert version is not None
    assert {SERVICES[name]["image"] for name in OURS} == {f"amparo:{version[1]}"}


def test_images_have_a_version_and_no_host():
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    images = {service["image"] for service in SERVICES.values()} | set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE))
    assert [image for image in images if not re.fullmatch(r"[a-z]+:\d[\w.-]*", image)] == []


def test_every_part_that_answers_is_asked_whether_it_can_work(plans: dict[str, ChildPlan]):
    for name, plan in plans.items():
        if plan.ready is None:
            assert "healthcheck" not in SERVICES[name], name
            continue
        asked = SERVICES[name]["healthcheck"]["test"][-1]
        assert f'"GET", "{plan.ready}"' in asked, name
        port = SERVICES[name]["environment"].get(f"AMPARO_{name.upper()}_PORT", "4200")
        assert f'"127.0.0.1", {port}' in asked, name


def test_prefects_server_is_run_as_the_supervisor_runs_it(plans: dict[str, ChildPlan]):
    ours = said(SERVICES["prefect"])
    words = list(plans["prefect"].argv[2:])
    for place in ("--host", "--port"):
        at = words.index(place)
        del words[at : at + 2]
    assert [word for word in words if word not in ours] == []
    same = ("DO_NOT_TRACK", "PREFECT_SERVER_ANALYTICS_ENABLED", "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD")
    assert {key: SERVICES["prefect"]["environment"][key] for key in same} == {key: plans["prefect"].env[key] for key in same}


def test_the_image_holds_the_product_and_runs_as_nobody_special():
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = set(re.findall(r"^COPY (\w+) \1$", dockerfile, re.MULTILINE))
    assert copied == {name for name in PACKAGES if (ROOT / name).is_dir()}
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")}
    assert sent == copied | {"requirements.lock", "pyproject.toml", "README.md", "settings.py"}
    assert "--require-hashes -r requirements.lock" in dockerfile
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", dockerfile, re.MULTILINE)
