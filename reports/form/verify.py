"""Checks a release from outside: `python verify.py FOLDER KEY`. Needs Python and PyNaCl, and nothing of Amparo.

A release is a folder: the forms of one report, `manifest.json` with the SHA-256 of each, and `manifest.json.sig`, an Ed25519
signature over the fixed words `amparo.report.1` and a line's end, followed by the manifest's bytes. KEY is the public key,
64 hex digits; its owner publishes it apart from the release.
"""

import json
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.sig"
FORMAT = "amparo-release-1"
SIGNED = b"amparo.report.1\n"
_MOST = 1 << 20
"""Bytes read of a manifest or a signature at most: both are small, and whoever made them is not trusted yet."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. Names of files are as they stand in the folder or in the manifest, in order.

    `signed`: the manifest's signature is by the key given. `trouble`: why the manifest could not be read, None if it could.
    """

    series: str | None
    edition: str | None
    key: str | None
    """Name of the key that signed, as the release says: the first 32 hex digits of the SHA-256 of the public key."""
    signed: bool
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    trouble: str | None = None

    @property
    def genuine(self) -> bool:
        """Whether the folder is what was signed: no more, no less, unchanged."""
        return self.signed and not (self.missing or self.changed or self.extra or self.trouble)

    def as_plain(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "genuine": self.genuine,
            "series": self.series,
            "edition": self.edition,
            "key": self.key,
            "signed": self.signed,
            "missing": list(self.missing),
            "changed": list(self.changed),
            "extra": list(self.extra),
            "trouble": self.trouble,
        }


def key_name(public_key: bytes) -> str:
    """A short name of a public key: 32 hex digits of its SHA-256. It says which key to try, not that it is trusted."""
    return sha256(public_key).hexdigest()[:32]


def verify_release(folder: Path, public_key: bytes) -> Verified:
    """Compare a folder with its manifest, and the manifest with its signature.

    Raises ValueError if `public_key` is not 32 bytes. A folder that cannot be read is a finding, not an error.
    """
    key = VerifyKey(public_key)
    try:
        written = _small(folder / MANIFEST)
        manifest = _manifest(written)
    except (OSError, ValueError) as wrong:
        return Verified(None, None, None, signed=False, trouble=f"{MANIFEST}: {type(wrong).__name__}")
    files: dict[str, str] = manifest["files"]
    signer, signed = _signature(folder, written, key)
    present = {path.name for path in folder.iterdir()} - {MANIFEST, SIGNATURE}
    return Verified(
        series=manifest["series"],
        edition=manifest["edition"],
        key=signer,
        signed=signed,
        missing=tuple(sorted(files.keys() - present)),
        changed=tuple(name for name in sorted(files.keys() & present) if _digest(folder / name) != files[name]),
        extra=tuple(sorted(present - files.keys())),
    )


def _small(path: Path) -> bytes:
    """The bytes of a small file. Raises ValueError for a large one, OSError for none."""
    with path.open("rb") as file:
        read = file.read(_MOST + 1)
    if len(read) > _MOST:
        raise ValueError("too large")
    return read


def _manifest(written: bytes) -> dict[str, Any]:
    """The manifest as an object. Raises ValueError if it is none."""
    read = json.loads(written)
    if not isinstance(read, dict) or read.get("format") != FORMAT or not isinstance(read.get("files"), dict):
        raise ValueError("not a manifest")
    if not all(isinstance(read.get(name), str) for name in ("series", "edition")):
        raise ValueError("not a manifest")
    if not all(isinstance(digest, str) and Path(name).name == name for name, digest in read["files"].items()):
        raise ValueError("not a manifest")
    return read


def _signature(folder: Path, manifest: bytes, key: VerifyKey) -> tuple[str | None, bool]:
    """The signer's key's name as written there, and whether `key` signed this manifest."""
    try:
        read = json.loads(_small(folder / SIGNATURE))
        name, signature = str(read["key"]), bytes.fromhex(read["signature"])
    except (OSError, ValueError, KeyError, TypeError):
        return None, False
    try:
        key.verify(SIGNED + manifest, signature)
    except (BadSignatureError, ValueError):
        return name, False
    return name, True


def _digest(path: Path) -> str | None:
    """SHA-256 of a plain file; None for anything else, which then differs from what was signed."""
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        found = sha256()
        while chunk := file.read(_MOST):
            found.update(chunk)
    return found.hexdigest()


def main(arguments: list[str]) -> int:
    """Say what was found; 0 when the release is genuine, 1 when it is not, 2 when the command was not understood."""
    try:
        folder, key = Path(arguments[0]), bytes.fromhex(arguments[1])
        found = verify_release(folder, key)
    except (IndexError, ValueError):
        sys.stderr.write("usage: python verify.py FOLDER KEY     (KEY: the public key, 64 hex digits)\n")
        return 2
    lines = [f"series {found.series}, edition {found.edition}", f"signature: {'good' if found.signed else 'NOT by this key'}"]
    lines += [f"{word}: {name}" for word in ("missing", "changed", "extra") for name in getattr(found, word)]
    lines += [f"trouble: {found.trouble}"] if found.trouble else []
    sys.stdout.write("\n".join([*lines, "GENUINE" if found.genuine else "NOT GENUINE", ""]))
    return 0 if found.genuine else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
