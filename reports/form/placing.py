"""What makes files a release: the list of them, its signature, and a folder that is whole as soon as it has its name.

Loads nothing heavy, so that a band without page and paper can be placed by a process that draws nothing.
"""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from reports.form.verify import FORMAT, SIGNED
from reports.shape import Report


def manifest_of(report: Report, files: Mapping[str, bytes], *, style: str = "") -> bytes:
    """The manifest: which release, the SHA-256 of each file, and by which hash a door allows the pages' own style."""
    plain = {
        "format": FORMAT,
        "series": report.series,
        "edition": report.edition,
        "symbol": report.symbol,
        "style": style,
        "files": {name: sha256(content).hexdigest() for name, content in files.items()},
    }
    return (json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def signature_of(manifest: bytes, sign: Callable[[bytes], bytes], *, key: str) -> bytes:
    """What `manifest.json.sig` holds. `sign` makes an Ed25519 signature (64 bytes), `key` names the public key."""
    plain = {"algorithm": "Ed25519", "key": key, "signature": sign(SIGNED + manifest).hex()}
    return (json.dumps(plain, sort_keys=True) + "\n").encode()


def place(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write beside, force to disk, then rename: a folder with the release's name is always whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.parent / f".{folder.name}.{token_hex(8)}"
    beside.mkdir()
    try:
        for name, content in files.items():
            with (beside / name).open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        _settle(beside)
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    _settle(folder.parent)


def _settle(folder: Path) -> None:
    """Force a folder's list of names to disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
