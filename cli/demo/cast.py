"""The people of the demo and their accounts. Everything here is made up, and shown: a demo has no secrets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
import pyotp

from actions import addressees, keys, notices, people
from actions.office import Office, open_office, wall_now
from actions.people import Newcomer
from actions.posting import deliver
from actions.sessions import Secret, read_server_key
from actions.trust import trust_in
from cli.demo.scene import TLS, Scene, Unexpected
from cli.supervise.playing import Running
from settings import Settings

PASSPHRASE = "demo demo demo demo"  # noqa: S105  # a demo has no secrets: it is printed
"""Of every account of a demo. A real house asks each person for their own."""


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody of the demo: the name the stories use, the login, the offices."""

    name: str
    login: str
    roles: tuple[str, ...]


HOUSE = (
    Part("secretary of the council", "secretary", ("council_secretary",)),
    Part("chair", "chair", ("chair", "addressee")),
    Part("Secretary General", "sg", ("secretary_general", "addressee")),
    Part("head of a unit", "unit-head", ("head_of_unit", "addressee")),
    Part("chief of staff", "chief", ("chief_of_staff",)),
    Part("planning officer", "planning", ("secretariat_officer",)),
    Part("legal officer", "legal", ("secretariat_officer",)),
    Part("mission", "mission", ("mission",)),
    Part("auditor", "auditor", ("auditor",)),
    Part("operator", "operator", ("operator",)),
)


ADDRESSEE = "addressee"
"""The role of those to whom the office serves letters."""
HEAD = Part("head", "head", ("ombudsperson",))
ALTERNATE = Part("alternate", "alternate", ("alternate",))
OFFICERS = tuple(Part(f"officer {letter}", f"officer-{letter}", ("case_officer",)) for letter in "abc")


@dataclass(frozen=True, slots=True)
class Account:
    """How somebody signs in."""

    part: Part
    door: str
    totp_address: str


def engage(running: Running, since: date) -> list[Account]:
    """Give everybody of the house an account and their offices from `since` on."""
    key = read_server_key(_key_file(running))
    with _house(running) as office:
        return [Account(part, "council", _add(office, part, since, key)) for part in HOUSE]


def _add(office: Office, part: Part, since: date, key: Secret) -> str:
    newcomer = Newcomer(
        name=part.name,
        roles=part.roles,
        login=part.login,
        passphrase=PASSPHRASE,
        mail=f"{part.login}@house.invalid",
        from_on=since,
    )
    return people.add(office, newcomer, key).totp_address


def hold_ceremony(running: Running) -> tuple[str, ...]:
    """Make the key all trust goes back to; return the papers that its three holders would take home."""
    papers: list[str] = []
    with _ombuds(running) as office:
        keys.hold_ceremony(office, _secrets(running), lambda shares: papers.extend(share.written() for share in shares))
    return tuple(papers)


def enrol(running: Running, papers: tuple[str, ...], parts: tuple[Part, ...], since: date | None = None) -> list[Account]:
    """Give people of the ombudsperson's office a key of their own, signed by two of the three papers."""
    with _ombuds(running) as office:
        signer = keys.by_shares(office, papers[:2])
        return [Account(part, "desk", _enrol(office, part, since, signer)) for part in parts]


def leave_on(running: Running, name: str, role: str, day: date) -> None:
    """Write down the first day on which somebody of the ombudsperson's office holds an office no longer."""
    with _ombuds(running) as office:
        people.end(office, name, role, on=day)


def name_chair(running: Running) -> None:
    """Say who gets the weekly note."""
    with _ombuds(running) as office:
        notices.name_chair(office, "chair", mail="chair@house.invalid")


def make_letter_keys(running: Running, scene: Scene, accounts: list[Account], papers: tuple[str, ...]) -> None:
    """Let those who get letters make their keys at their door, as they would, and have these compared and signed.

    Two of the papers sign: the head's authenticator shows too few codes for so many in one minute. So that the stories find the
    keys in the office, the post carries them at once; everything else waits for its day.
    """
    digits = {}
    for account in (one for one in accounts if ADDRESSEE in one.part.roles):
        code = pyotp.TOTP(str(pyotp.parse_uri(account.totp_address).secret)).at(wall_now(), counter_offset=1)
        made = scene.post(account.part.name, "/v1/letter-key", {"passphrase": PASSPHRASE, "totp": code})
        digits[account.part.name] = made["fingerprint"]
    with _house(running) as house, _ombuds(running) as office:
        deliver(house, office, made_before=date.max)
        signer = keys.by_shares(office, papers[:2])
        for name, told in digits.items():
            addressees.sign_with(office, name, told, signer)
        deliver(office, house, made_before=date.max)


def _enrol(office: Office, part: Part, since: date | None, signer: keys.Signer) -> str:
    newcomer = keys.Newcomer(
        name=part.name,
        login=part.login,
        passphrase=PASSPHRASE,
        roles=part.roles,
        mail=f"{part.login}@ombuds.invalid",
        from_on=since,
    )
    return keys.enrol(office, newcomer, signer).totp_address


@contextmanager
def _house(running: Running) -> Iterator[Office]:
    folder = running.folder
    url = folder.secret_file("house-amparo_owner.url").read_text(encoding="utf-8").strip()
    office = open_office(url, database="house", environment=folder.environment, pack=Settings().pack)
    try:
        yield office
    finally:
        office.engine.dispose()


@contextmanager
def _ombuds(running: Running) -> Iterator[Office]:
    folder = running.folder
    url = folder.secret_file("ombuds-amparo_owner.url").read_text(encoding="utf-8").strip()
    trust = trust_in(folder.secret_file("ceremony.pub"), server_key=folder.key_file("desk.key"))
    office = open_office(url, database="ombuds", environment=folder.environment, pack=Settings().pack, trust=trust)
    try:
        yield office
    finally:
        office.engine.dispose()


def _secrets(running: Running) -> Path:
    return running.folder.secret_file("ceremony.pub").parent


def sign_in(scene: Scene, accounts: list[Account]) -> None:
    """Sign everybody in, as they would: name, passphrase, code."""
    for account in accounts:
        code = pyotp.TOTP(str(pyotp.parse_uri(account.totp_address).secret)).now()
        body = {"name": account.part.login, "passphrase": PASSPHRASE, "totp": code}
        answer = httpx.post(f"{scene.running.addresses[account.door]}/v1/sessions", json=body, timeout=30, verify=TLS)
        if not answer.is_success:
            raise Unexpected(f"{account.part.login} could not sign in: {answer.status_code}")
        scene.tokens[account.part.name] = (account.door, answer.json()["token"])


def _key_file(running: Running) -> Path:
    return running.folder.secret_file("council.key")
