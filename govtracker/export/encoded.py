"""What an encoder of documents asks for besides them, and what it gives: a file's bytes, not yet written."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

Pictures = Callable[[str], bytes]
"""Bytes of a picture by its sha."""


def no_picture(sha: str) -> bytes:
    """For documents without pictures."""
    raise KeyError(sha)


class Encoded(NamedTuple):
    """A file's bytes and the number of its parts (pages or cards), none where the encoder was stopped.

    `remarks` are sentences for the reader: texts that were made smaller to fit, characters that no font has.
    """

    data: bytes
    parts: int
    remarks: tuple[str, ...] = ()


STOPPED = Encoded(b"", 0)
