"""The file that holds a door's own key: nobody else may read it, and it is a key."""

from pathlib import Path

import pytest

from actions.sessions import (
    Secret,
    ServerKeyUnusable,
    read_server_key,
)


@pytest.mark.parametrize(("size", "mode"), [(31, 0o600), (33, 0o600), (32, 0o640), (32, 0o604), (0, 0o600)])
def test_a_key_file_that_others_read_or_that_is_no_key_is_refused(tmp_path: Path, size: int, mode: int):
    file = tmp_path / "council.key"
    file.write_bytes(b"k" * size)
    file.chmod(mode)
    with pytest.raises(ServerKeyUnusable):
        read_server_key(file)
    with pytest.raises(ServerKeyUnusable):
        read_server_key(tmp_path / "missing")


def test_a_good_key_file_is_read(tmp_path: Path):
    file = tmp_path / "council.key"
    file.write_bytes(b"k" * 32)
    file.chmod(0o600)
    assert read_server_key(file) == Secret(b"k" * 32)
