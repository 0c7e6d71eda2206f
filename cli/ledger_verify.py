"""The auditor's program: checks a ledger's export, or one person's proof, against a public key and nothing else.

It runs elsewhere, without database or configuration: `python -m cli.ledger_verify verify EXPORT --key KEY`. It needs
PyNaCl, typer, `records/ledger` (without its store), `policies/said.py`, `policies/refusal.py` and the messages.
"""

import ast
import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn, TextIO

import typer
from nacl.signing import VerifyKey

from policies.said import Fact, Said
from records.ledger import (
    Entry,
    Proof,
    PublicHead,
    SignedHead,
    Verdict,
    public_line,
    read_known_head,
    read_proof,
    read_verify_key,
    verify_proof,
)
from records.ledger import verify as verify_export

LONGEST_LINE = 64 * 1024  # characters; no line of an export comes near, and a longer one must not fill the memory
MESSAGES = Path(__file__).parent.parent / "web" / "locale"


class Language(StrEnum):
    """The languages the findings are told in."""

    EN = "en"
    ES = "es"
    PT = "pt"
    FR = "fr"


KeyFile = Annotated[Path, typer.Option("--key", help="Public keys in hex, one a line: the one in use first.")]
HeadFile = Annotated[Path | None, typer.Option("--head", help="A head you knew before: JSON, or a report's line.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
InLanguage = Annotated[Language, typer.Option("--lang", help="Language of the sentences.")]


def verify(
    export: Annotated[Path, typer.Argument(help="The file that `amparo ledger export` wrote.")],
    key: KeyFile,
    head: HeadFile = None,
    as_json: AsJson = False,
    lang: InLanguage = Language.EN,
) -> None:
    """Check an export of a ledger. Exit code 0: sound; 1: something was found; 2: a file cannot be read."""
    public_key, *earlier = _keys(key, lang)
    known = _head(head, lang)
    try:
        with export.open(encoding="utf-8", errors="surrogateescape") as file:
            verdict = verify_export(_lines(file), public_key, known, earlier_keys=earlier)
    except OSError:
        _unreadable("export", export, lang)
    if as_json:
        typer.echo(_verdict_as_json(verdict, lang))
    else:
        _tell(_summary(verdict), verdict.findings, verdict.last, known, lang)
    raise typer.Exit(0 if verdict.sound else 1)


def check_proof(
    proof: Annotated[Path, typer.Argument(help="The proof that somebody handed you.")],
    key: KeyFile,
    head: HeadFile = None,
    as_json: AsJson = False,
    lang: InLanguage = Language.EN,
) -> None:
    """Check that one entry stands in a ledger. Exit code 0: it does; 1: it does not; 2: a file cannot be read."""
    public_key, *earlier = _keys(key, lang)
    known = _head(head, lang)
    try:
        read = read_proof(proof.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        _unreadable("proof", proof, lang)
    wrong = verify_proof(read, public_key, known, earlier_keys=earlier)
    if as_json:
        typer.echo(_proof_as_json(read, wrong, lang))
    else:
        summary = Said("ledger.proof.unsound") if wrong else _proved(read)
        _tell(summary, wrong, PublicHead.of(read.signed.head), known, lang)
        if not wrong and (number := _number_in(read.entry)):
            typer.echo(Sentences(lang).of(Said("ledger.proof.destroyed", {"number": number})))
    raise typer.Exit(1 if wrong else 0)


def _number_in(entry: Entry) -> str:
    """The number that somebody has on paper, in an entry that says something was destroyed: its certificate's first 20 digits."""
    digits = str(entry.facts.get("certificate", "")).replace("-", "")[:20]
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _keys(path: Path, lang: Language) -> list[VerifyKey]:
    try:
        keys = [read_verify_key(line) for line in path.read_text(encoding="ascii").split()]
    except (OSError, ValueError):
        keys = []
    return keys or _unreadable("key", path, lang)


def _head(path: Path | None, lang: Language) -> SignedHead | PublicHead | None:
    try:
        return read_known_head(path.read_text(encoding="utf-8")) if path else None
    except (OSError, ValueError):
        _unreadable("head", path, lang)


def _unreadable(what: str, path: Path | None, lang: Language) -> NoReturn:
    typer.echo(Sentences(lang).of(Said(f"ledger.input.{what}", {"path": str(path)})), err=True)
    raise typer.Exit(2)


def _lines(file: TextIO) -> Iterator[str]:
    """The file's lines; one that is longer than any can be comes in pieces, each of which is then found unreadable."""
    while line := file.readline(LONGEST_LINE):
        yield line


def _summary(verdict: Verdict) -> Said:
    if not verdict.sound or verdict.log is None:
        return Said("ledger.verdict.unsound", {"count": len(verdict.findings)})
    facts: dict[str, Fact] = {"log": verdict.log.value, "leaves": verdict.leaves, "heads": verdict.heads}
    return Said("ledger.verdict.sound", facts)


def _proved(proof: Proof) -> Said:
    facts: dict[str, Fact] = {"what": proof.entry.what, "date": proof.entry.at_day}
    return Said("ledger.proof.sound", {**facts, "log": proof.signed.head.log.value})


def _tell(
    summary: Said,
    findings: Sequence[Said],
    last: PublicHead | None,
    known: SignedHead | PublicHead | None,
    lang: Language,
) -> None:
    sentences = Sentences(lang)
    typer.echo(sentences.of(summary))
    for finding in findings:
        typer.echo(f"- {sentences.of(finding)}")
    if not findings and last:
        typer.echo(f"  {public_line(last)}")
        if known is None:
            typer.echo(sentences.of(Said("ledger.verdict.no_known_head")))


def _verdict_as_json(verdict: Verdict, lang: Language) -> str:
    answer = {
        "sound": verdict.sound,
        "log": verdict.log,
        "leaves": verdict.leaves,
        "heads": verdict.heads,
        "head": public_line(verdict.last) if verdict.last else None,
        "findings": _findings(verdict.findings, lang),
    }
    return json.dumps(answer, ensure_ascii=False)


def _proof_as_json(proof: Proof, wrong: Sequence[Said], lang: Language) -> str:
    answer = {
        "sound": not wrong,
        "entry": proof.entry.as_plain(),
        "head": public_line(proof.signed.head),
        "findings": _findings(wrong, lang),
    }
    return json.dumps(answer, ensure_ascii=False)


def _findings(findings: Sequence[Said], lang: Language) -> list[dict[str, object]]:
    sentences = Sentences(lang)
    return [
        {
            "key": said.key,
            "params": {name: fact if isinstance(fact, int) else str(fact) for name, fact in said.params.items()},
            "sentence": sentences.of(said),
        }
        for said in findings
    ]


class Sentences:
    """The ledger's messages in one language, read without any library, because the auditor's machine has none."""

    def __init__(self, lang: Language) -> None:
        self._texts: dict[str, str] = {}
        texts = {"msgid": "", "msgstr": ""}
        part = "msgid"
        for line in (MESSAGES / lang / "LC_MESSAGES" / "ledger.po").read_text(encoding="utf-8").splitlines():
            word, _, rest = line.partition(" ")
            if word in texts:
                part, texts[word] = word, ast.literal_eval(rest)
            elif line.startswith('"'):
                texts[part] += ast.literal_eval(line)
            if part == "msgstr":
                self._texts[texts["msgid"]] = texts["msgstr"]

    def of(self, said: Said) -> str:
        """The sentence for `said`; dates are written as YYYY-MM-DD, which auditors' tools and people both read."""
        return self._texts[said.key].format(**said.params)


app = typer.Typer(help=__doc__, add_completion=False)
app.command()(verify)
app.command("check-proof")(check_proof)

if __name__ == "__main__":
    app()
