"""`amparo keys invite`, `invitations`, `sign`, `sign-addressee`: a key that somebody made in a browser is signed here."""

import json
from typing import Annotated

import typer

from cli.key_dialogue import (
    AsJson,
    By,
    ByCode,
    ByPassphrase,
    Data,
    Lang,
    Login,
    Mail,
    MayEnrol,
    Reads,
    Renew,
    Role,
    Shares,
    Start,
    Until,
    operating,
    required_signer,
    say,
)


def invite(
    name: Annotated[str, typer.Argument(help="As people know them.", show_default=False)],
    login: Login,
    role: Role = None,
    mail: Mail = None,
    language: Reads = "en",
    start: Start = None,
    until: Until = None,
    may_enrol: MayEnrol = False,
    renew: Renew = False,
    share_file: Shares = None,
    by: By = None,
    by_passphrase_file: ByPassphrase = None,
    by_code: ByCode = None,
    data: Data = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Invite somebody to set up their own key at the desk's door; print the code to say to them."""
    with operating(data, lang, as_json=as_json) as office:
        from actions.invitations import Invited, invite_with

        signer = required_signer(office, share_file, (by, by_passphrase_file, by_code), lang)
        invited = Invited(
            name=name,
            login=login,
            roles=tuple(role or ()),
            mail=mail,
            language=language,
            from_on=start.date() if start else None,
            until_on=until.date() if until else None,
            enrols=may_enrol,
            renew=renew,
        )
        made = invite_with(office, invited, signer)
        if as_json:
            print(json.dumps({"id": str(made.id), "code": made.code, "expires": made.expires.isoformat()}))
            return
        print(say(lang, "setup.code", name=name, day=made.expires.date()))
        print(f"\n    {made.code}\n", flush=True)


def invitations(data: Data = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """Show who is invited, and whose key waits to be signed. Not its digits: those come from the person."""
    with operating(data, lang, as_json=as_json) as office:
        from actions.invitations import waiting

        found = waiting(office)
        if as_json:
            print(json.dumps([{"name": one.name, "login": one.login, "set_up": one.fingerprint is not None} for one in found]))
            return
        for one in found:
            key = "setup.waits_for_code" if one.fingerprint is None else "setup.waits_for_signature"
            print(say(lang, key, name=one.name, login=one.login, day=one.expires.date()))


def sign(
    login: Annotated[str, typer.Argument(help="The login they were invited with.", show_default=False)],
    digits: Annotated[str | None, typer.Option("--digits", metavar="D", help="As they said them, instead of asking.")] = None,
    share_file: Shares = None,
    by: By = None,
    by_passphrase_file: ByPassphrase = None,
    by_code: ByCode = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Sign the key that somebody set up, after they said its digits to you, by voice or face to face."""
    with operating(data, lang) as office:
        from actions.signing_keys import sign_with

        signer = required_signer(office, share_file, (by, by_passphrase_file, by_code), lang)
        heard = digits or str(typer.prompt(say(lang, "setup.digits"), err=True))
        signed = sign_with(office, login, heard, signer)
        print(say(lang, "setup.signed", name=signed.name))


def sign_addressee(
    name: Annotated[str, typer.Argument(help="Who gets letters, as the house calls them.", show_default=False)],
    digits: Annotated[str | None, typer.Option("--digits", metavar="D", help="As they said them, instead of asking.")] = None,
    share_file: Shares = None,
    by: By = None,
    by_passphrase_file: ByPassphrase = None,
    by_code: ByCode = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Sign the letter key of somebody outside the office, after they said its digits to you, by voice or face to face."""
    with operating(data, lang) as office:
        from actions.addressees import sign_with

        signer = required_signer(office, share_file, (by, by_passphrase_file, by_code), lang)
        sign_with(office, name, digits or str(typer.prompt(say(lang, "setup.digits"), err=True)), signer)
        print(say(lang, "letters.cli.signed", name=name))
