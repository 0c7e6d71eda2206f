"""Writing a release: all forms of one report in a folder, with a signed list of them. Written whole or not at all, once."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import ClassVar, Final

from policies.refusal import Refusal
from reports.form.page import STYLE_HASH, render_html
from reports.form.paper import render_pdf
from reports.form.placing import manifest_of, place, signature_of
from reports.form.schema import schema
from reports.form.sheet import render_csv, render_dictionary
from reports.form.verify import MANIFEST, SIGNATURE, SIGNED
from reports.shape import Report
from web.messages import LANGUAGES

REPORT: Final = "report.json"
_FORMS: Final[tuple[tuple[str, Callable[[Report, str], str | bytes], str], ...]] = (
    ("report", render_html, "html"),
    ("report", render_pdf, "pdf"),
    ("report", render_csv, "csv"),
    ("dictionary", render_dictionary, "csv"),
)


class ReleaseDiffers(Refusal):
    """A release of this series and edition is there already and is another one. An edition never changes."""

    code: ClassVar[str] = "release_differs"


def write_release(
    report: Report,
    folder: Path,
    sign: Callable[[bytes], bytes],
    *,
    key: str = "",
    told: Callable[[str], None] | None = None,
) -> Path:
    """Write the release into `folder`, which must not exist, or hold this same release: then it is left as it is.

    `sign` makes the Ed25519 signature (64 bytes) of what it is given; `key` names its public key (`verify.key_name`); `told`
    hears each file's name once it is made. Raises ReleaseDiffers if another release is there, OSError if it cannot be written.
    """
    if folder.exists():
        _same_or_refused(report, folder, sign)
        return folder
    files = forms(report, told)
    manifest = manifest_of(report, files, style=STYLE_HASH)
    place(folder, {**files, MANIFEST: manifest, SIGNATURE: signature_of(manifest, sign, key=key)})
    return folder


def forms(report: Report, told: Callable[[str], None] | None = None) -> dict[str, bytes]:
    """Every file of a release by its name, before the manifest."""
    files: dict[str, bytes] = {REPORT: report.written().encode(), "report.schema.json": schema().encode()}
    for lang in LANGUAGES:
        for stem, make, ending in _FORMS:
            made = make(report, lang)
            files[f"{stem}.{lang}.{ending}"] = made if isinstance(made, bytes) else made.encode()
            if told is not None:
                told(f"{stem}.{lang}.{ending}")
    return files


def _same_or_refused(report: Report, folder: Path, sign: Callable[[bytes], bytes]) -> None:
    """Leave a folder that holds this report, whole and under our signature. The forms are not made again: a newer program may
    set them otherwise, and what is released stays as it was released."""
    try:
        manifest = (folder / MANIFEST).read_bytes()
        names: dict[str, str] = json.loads(manifest)["files"]
        whole = {path.name for path in folder.iterdir()} == {*names, MANIFEST, SIGNATURE}
        unchanged = whole and all(sha256((folder / name).read_bytes()).hexdigest() == names[name] for name in names)
        signature = bytes.fromhex(json.loads((folder / SIGNATURE).read_bytes())["signature"])
        same = unchanged and (folder / REPORT).read_bytes() == report.written().encode() and signature == sign(SIGNED + manifest)
    except (OSError, ValueError, KeyError, TypeError):
        same = False
    if not same:
        raise ReleaseDiffers(series=report.series, edition=report.edition)
