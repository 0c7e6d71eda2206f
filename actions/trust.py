"""Reading a door's keys from its files."""

from pathlib import Path

from actions.office import TrustSource
from actions.sessions import read_server_key
from records.books import Trust


def trust_in(ceremony: Path | None, *, pepper: Path | None = None, server_key: Path | None = None) -> TrustSource:
    """Where a door finds its keys: the ceremony's public key (hex), and its own key files of 32 bytes, each if it has one.

    Gives None as long as no ceremony was held. Raises ServerKeyUnusable for a key file that is not one, ValueError for a
    ceremony file that holds no key.
    """

    def read() -> Trust | None:
        try:
            public = None if ceremony is None else bytes.fromhex(ceremony.read_text(encoding="ascii").strip())
        except FileNotFoundError:
            return None
        if public is None:
            return None
        return Trust(
            ceremony=public,
            pepper=None if pepper is None else read_server_key(pepper),
            server_key=None if server_key is None else read_server_key(server_key),
        )

    return read
