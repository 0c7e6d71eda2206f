"""Writing out a release: loads what draws charts and sets pages, so only the writing process imports it."""

from pathlib import Path

from nacl.signing import SigningKey

from reports.form.release import write_release
from reports.form.verify import key_name
from reports.shape import Report


def write_out(written: bytes, releases: Path, key: SigningKey) -> None:
    """Write the folder of a release (`report.json` is `written`), signed by `key`.

    Raises ReleaseDiffers where another release has its name, OSError where it cannot be written.
    """
    report = Report.read(written)

    def sign(content: bytes) -> bytes:
        return key.sign(content).signature

    write_release(report, releases / report.series / report.edition, sign, key=key_name(bytes(key.verify_key)))
