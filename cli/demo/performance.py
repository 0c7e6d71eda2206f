"""One performance: engage the cast, take the clock, play the stories, show the table."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from rich.console import Console

from actions.director import Director
from actions.office import Database, Office, open_office
from cli.demo import cast, script
from cli.demo.front_page import Shown, show_front_page
from cli.demo.scene import Scene
from cli.demo.stories import STORIES
from cli.supervise.playing import Running
from settings import Settings

DATABASES: tuple[Database, ...] = ("house", "ombuds")
_ROLES = {"flows": {"house": "house_flows", "ombuds": "ombuds_flows"}, "director": {"house": "director", "ombuds": "director"}}


@dataclass
class Performance:
    """What `amparo demo` plays. `went_well` only if every step was seen as expected."""

    console: Console
    begins: datetime
    staff_since: date
    once: bool
    went_well: bool = False

    def play(self, running: Running) -> bool:
        """Play all stories; True to have the house stopped afterwards."""
        with ExitStack() as stack:
            watched: dict[str, Office] = {name: stack.enter_context(_office(running, name, "flows")) for name in DATABASES}
            clocks = [stack.enter_context(_office(running, name, "director")) for name in DATABASES]
            director = Director(list(watched.values()), clocks)
            director.jump_to(self.begins)
            scene = Scene(running, director, watched)
            accounts = self._engage(running, scene)
            steps = [step for story in STORIES for step in story]
            played = script.play(steps, scene, self.console)
        script.show(played, self.console)
        self.went_well = all(each.as_expected for each in played)
        self._tell(running, scene, accounts)
        return self.once

    def _engage(self, running: Running, scene: Scene) -> list[cast.Account]:
        """The house's people, and the smallest office there can be: the head, and the alternate outside it."""
        scene.kept["papers"] = cast.hold_ceremony(running)
        cast.name_chair(running)
        accounts = cast.engage(running, self.staff_since)
        accounts += cast.enrol(running, scene.kept["papers"], (cast.HEAD, cast.ALTERNATE), self.staff_since)
        cast.sign_in(scene, accounts)
        cast.make_letter_keys(running, scene, accounts, scene.kept["papers"])
        scene.kept["accounts"] = accounts
        return accounts

    def _tell(self, running: Running, scene: Scene, accounts: list[cast.Account]) -> None:
        for name, address in running.addresses.items():
            self.console.print(f"{name}: {address}")
        self.console.print(f"Demo accounts (passphrase: {cast.PASSPHRASE}):")
        for account in accounts:
            self.console.print(f"  {account.part.login} at {account.door}: {account.totp_address}", soft_wrap=True)
        if not self.once:
            words = {name: told for name, told in scene.kept.items() if name.endswith(" words")}
            front = show_front_page(Shown(running.addresses, accounts, words))
            self.console.print(f"All doors and accounts, with the codes of the moment: {front}", soft_wrap=True)


@contextmanager
def _office(running: Running, database: Database, role: str) -> Iterator[Office]:
    file = running.folder.secret_file(f"{database}-{_ROLES[role][database]}.url")
    url = file.read_text(encoding="utf-8").strip()
    office = open_office(url, database=database, environment=running.folder.environment, pack=Settings().pack)
    try:
        yield office
    finally:
        office.engine.dispose()
