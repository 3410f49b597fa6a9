"""What all writers of files share: how they ask for pictures and tell their progress, and how a file is replaced.

Files are written beside their target, flushed, then moved into place: a full disk never costs the old file.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from govtracker.errors import FileTrouble

Pictures = Callable[[str], bytes]
"""Bytes of the picture of a digest."""
Progress = Callable[[int, int], bool]
"""(done, of) -> whether to go on."""


def no_picture(sha: str) -> bytes:
    """For documents without pictures."""
    raise KeyError(sha)


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to `path` atomically; FileTrouble (with the old file untouched) where that fails."""
    temporary = path.parent / f".{secrets.token_hex(8)}.tmp"
    try:
        with temporary.open(
            "xb"
        ) as file:  # not tempfile's: others may read the result as far as the folder lets them
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise FileTrouble(
            path.name,
            "파일을 쓸 수 없습니다.",
            "다른 프로그램에서 열려 있지 않은지, 폴더와 남은 공간을 확인하세요.",
            detail=str(error),
        ) from error
