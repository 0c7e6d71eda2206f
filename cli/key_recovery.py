"""`amparo keys export-seats`, `recover`, `import-seats`: the way back after keys are lost."""

from io import StringIO
from pathlib import Path
from typing import Annotated

import typer

from cli.key_dialogue import (
    Code,
    Data,
    Lang,
    Login,
    Passphrase,
    ask_code,
    ask_passphrase,
    beside,
    operating,
    read_text,
    refusing,
    say,
    unused,
    write_new,
)


def export_seats(
    out: Annotated[Path, typer.Argument(help="File to write; the public keys go beside it, ending in .keys.")],
    person: Annotated[str | None, typer.Option("--person", metavar="WHO", help="This person's seats.")] = None,
    recovery: Annotated[bool, typer.Option("--recovery", help="The seats of recovery.")] = False,
    identities: Annotated[bool, typer.Option("--identities", help="Copies of who people are, for a custodian.")] = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Write seats, still sealed, to carry them to another machine."""
    if (person is not None) + recovery + identities != 1:
        raise typer.BadParameter("--person | --recovery | --identities")
    with operating(data, lang) as office:
        from actions.custody_recovery import export_copies
        from actions.key_recovery import export_seats as export

        seats, keys = StringIO(), StringIO()
        unused(out, beside(out))
        count = export_copies(office, seats, keys) if identities else export(office, seats, keys, person=person)
        write_new(out, seats.getvalue())
        write_new(beside(out), keys.getvalue())
        print(say(lang, "keys.exported", seats=count))


def recover(
    exported: Annotated[Path, typer.Argument(metavar="IN", help="Seats of recovery; IN.keys lies beside it.")],
    out: Annotated[Path, typer.Argument(help="File to write, to be imported by the person.")],
    to: Annotated[str, typer.Option("--to", metavar="WHO", help="Login or name of who is to read.", show_default=False)],
    share_file: Annotated[list[Path], typer.Option("--share-file", help="A file with one share; give two.", show_default=False)],
    lang: Lang = None,
) -> None:
    """Seal the seats of recovery to a person, with two shares. Needs no database and no network: use another machine."""
    with refusing(lang):
        from actions import custody_recovery

        unused(out)
        shares = [read_text(file) for file in share_file]
        found = custody_recovery.recover(read_text(exported).splitlines(keepends=True), read_text(beside(exported)), shares, to)
        write_new(out, "".join(found.lines))
        print(say(lang, "keys.recovered", seats=found.seats, start=found.fingerprint))


def import_seats(
    recovered: Annotated[Path, typer.Argument(metavar="IN", help="What `recover` wrote for you.")],
    login: Login,
    passphrase_file: Passphrase = None,
    code: Code = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Bring in seats that were recovered for you."""
    with operating(data, lang) as office:
        from actions import custody_recovery

        lines = read_text(recovered).splitlines(keepends=True)
        present, digits = ask_passphrase(passphrase_file, lang), ask_code(code, lang)
        found = custody_recovery.bring_in(office, login, present, digits, lines)
        print(say(lang, "keys.imported", restored=found.restored, seated=found.seated, left_out=found.left_out))
        if found.words:
            print(say(lang, "keys.imported_words", words=found.words))
