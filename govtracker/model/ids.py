"""Stable identities of lines, tables, events, people: they survive editing and are not part of equality."""

from __future__ import annotations

import secrets


def new_id() -> str:
    """Twelve hexadecimal digits, unique within any book an office will ever keep."""
    return secrets.token_hex(6)
