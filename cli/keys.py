"""`amparo keys`: the ceremony, who gets a key, who leaves; in files of their own: inviting, and the way back with two papers."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import key_invitations, key_recovery
from cli.key_dialogue import (
    DAY,
    AsJson,
    By,
    ByCode,
    ByPassphrase,
    Code,
    Data,
    Lang,
    Login,
    Mail,
    MayEnrol,
    NewPassphrase,
    Passphrase,
    Reads,
    Renew,
    Role,
    Shares,
    Start,
    Until,
    Who,
    ask_code,
    ask_new_passphrase,
    ask_passphrase,
    make_folder,
    operating,
    required_signer,
    say,
    signer_of,
    unused,
    write_new,
)
from policies.refusal import Refusal
from settings import Settings

if TYPE_CHECKING:  # SQLAlchemy takes a second to load, which every other command would pay: so the rest is imported where used
    from actions.keys import Share

app = typer.Typer(help="Keys of the ombudsperson's office: ceremony, people, recovery.", no_args_is_help=True)
app.command("invite")(key_invitations.invite)
app.command("invitations")(key_invitations.invitations)
app.command("sign")(key_invitations.sign)
app.command("sign-addressee")(key_invitations.sign_addressee)
app.command("export-seats")(key_recovery.export_seats)
app.command("recover")(key_recovery.recover)
app.command("import-seats")(key_recovery.import_seats)


@app.command("ceremony")
def ceremony(
    out: Annotated[Path | None, typer.Option(help="For a demo: three files in this folder, instead of the screen.")] = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Make the key all trust goes back to. Its three shares are shown once; any two of them bring every key back."""
    with operating(data, lang) as office:
        from actions.keys import hold_ceremony

        secrets = (data or Settings().data) / "secrets"
        public = hold_ceremony(office, secrets, lambda shares: hand_out(shares, out, lang))
        print(say(lang, "keys.held", start=public.hex()[:16]))


@app.command("enrol")
def enrol(
    name: Annotated[str, typer.Argument(help="As people know them.", show_default=False)],
    login: Login,
    role: Role = None,
    mail: Mail = None,
    language: Reads = "en",
    start: Start = None,
    until: Until = None,
    may_enrol: MayEnrol = False,
    renew: Renew = False,
    passphrase_file: Passphrase = None,
    share_file: Shares = None,
    by: By = None,
    by_passphrase_file: ByPassphrase = None,
    by_code: ByCode = None,
    data: Data = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Give a person a key and their offices, signed by two shares or by a holder; print what their authenticator needs."""
    with operating(data, lang, as_json=as_json) as office:
        from actions.keys import Newcomer
        from actions.keys import enrol as enrol_person

        signer = required_signer(office, share_file, (by, by_passphrase_file, by_code), lang)
        newcomer = Newcomer(
            name=name,
            login=login,
            passphrase=ask_new_passphrase(passphrase_file, lang),
            roles=tuple(role or ()),
            mail=mail,
            language=language,
            from_on=start.date() if start else None,
            until_on=until.date() if until else None,
            enrols=may_enrol,
            renew=renew,
        )
        enrolled = enrol_person(office, newcomer, signer)
        if as_json:
            print(json.dumps({"person": str(enrolled.person), "serial": enrolled.serial, "totp": enrolled.totp_address}))
            return
        print(say(lang, "keys.enrolled"))
        print(enrolled.totp_address)


@app.command("leave")
def leave(
    who: Who,
    on: Annotated[
        datetime | None, typer.Option("--on", metavar="D", formats=DAY, help="First day no longer; else today.")
    ] = None,
    share_file: Shares = None,
    by: By = None,
    by_passphrase_file: ByPassphrase = None,
    by_code: ByCode = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """End a person's offices and take their keys and seats, now."""
    with operating(data, lang) as office:
        from actions import key_changes

        signer = signer_of(office, share_file, (by, by_passphrase_file, by_code), lang)
        left = key_changes.leave(office, who, on=on.date() if on else None, signer=signer)
        print(say(lang, "keys.left", seats=left.seats, unread=left.unread))


@app.command("rotate")
def rotate(
    login: Login,
    passphrase_file: Passphrase = None,
    code: Code = None,
    new_passphrase_file: NewPassphrase = None,
    share_file: Shares = None,
    by: By = None,
    by_passphrase_file: ByPassphrase = None,
    by_code: ByCode = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Give yourself a new key and passphrase; your seats are sealed to it at once."""
    with operating(data, lang) as office:
        from actions import key_changes

        signer = signer_of(office, share_file, (by, by_passphrase_file, by_code), lang)
        present, digits = ask_passphrase(passphrase_file, lang), ask_code(code, lang)
        rotated = key_changes.rotate(office, login, present, digits, ask_new_passphrase(new_passphrase_file, lang), signer=signer)
        print(say(lang, "keys.rotated", serial=rotated.serial, seats=rotated.seats, closed=rotated.closed))


@app.command("chair")
def chair(
    name: Annotated[str, typer.Argument(help="Who is to get the weekly note.", show_default=False)],
    mail: Annotated[str, typer.Option("--mail", metavar="M", help="Where it goes.", show_default=False)],
    language: Reads = "en",
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Say who gets the weekly note about late duties, in place of whoever did. They get no key."""
    with operating(data, lang) as office:
        from actions.notices import name_chair

        name_chair(office, name, mail=mail, language=language)
        print(say(lang, "keys.named"))


@app.command("list")
def show(data: Data = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """Show whose keys are trusted, and how each begins, to compare with what the person sees."""
    with operating(data, lang, as_json=as_json) as office:
        from actions.key_recovery import holders

        found = holders(office)
        if as_json:
            print(json.dumps([{"name": each.name, "serial": each.serial, "start": each.start} for each in found]))
            return
        for each in found:
            print(say(lang, "keys.key_line", name=each.name, serial=each.serial, start=each.start))


def hand_out(shares: tuple["Share", ...], out: Path | None, lang: str | None) -> None:
    """Show the shares once, or write three files. If the third cannot be written, none is left."""
    from actions.keys import NEEDED

    if out is None:
        for number, share in enumerate(shares, start=1):
            print(say(lang, "keys.share", number=number, count=len(shares), needed=NEEDED))
            print(f"\n    {share.written()}\n", flush=True)
        print(say(lang, "keys.shown_once"), flush=True)
        return
    files = [out / f"share-{number}.txt" for number in range(1, len(shares) + 1)]
    unused(*files)
    make_folder(out)
    try:
        for file, share in zip(files, shares, strict=True):
            write_new(file, share.written() + "\n")
    except Refusal:
        for file in files:
            file.unlink(missing_ok=True)
        raise
