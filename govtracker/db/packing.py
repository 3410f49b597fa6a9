"""Sections and plain values in one value of a table: JSON, made smaller, under zlib's checksum."""

from __future__ import annotations

import json
import zlib
from typing import Any

from govtracker.model.card import Section
from govtracker.model.codec import decode_section, encode


def packed(section: Section) -> bytes:
    """A section as it is kept in one value."""
    return packed_json(encode(section))


def unpacked(body: bytes) -> Section:
    """The section that was packed."""
    return decode_section(unpacked_json(body))


def packed_json(value: Any) -> bytes:
    """Plain values as they are kept in one of a table: JSON, made smaller."""
    return zlib.compress(json_text(value).encode())


def json_text(value: Any) -> str:
    """Plain values as JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def unpacked_json(body: bytes) -> Any:
    """The plain values that were packed."""
    return json.loads(zlib.decompress(body))
