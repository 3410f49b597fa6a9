"""Which option of a catalogue field a text means: labels and aliases, white space and width of letters left aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from govtracker.forms.schema import FactDef

_MEASURED = re.compile(r"\([\d.,%~]+\)$")
"""A figure in brackets behind a label: `정상추진(65%)`."""


def folded(text: str) -> str:
    """A text as it is compared: NFKC (full-width brackets are brackets), without white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def option_key(text: str, *facts: FactDef) -> str:
    """Key of the first option that a text spells, in the first field that has one; "" where none does."""
    for compared in _forms(text):
        for fact in facts:
            for option in fact.options:
                if compared in _spellings(option.label, *option.aliases):
                    return option.key
    return ""


def spelled(text: str, word: str) -> bool:
    """Whether a text is the word itself, spaced otherwise or with a figure in brackets."""
    return folded(word) in _forms(text)


def _forms(text: str) -> list[str]:
    """A text as it is compared: as it is, then without a figure in brackets; none for an empty one."""
    whole = folded(text)
    return [each for each in dict.fromkeys((whole, _MEASURED.sub("", whole))) if each]


def _spellings(*words: str) -> Iterable[str]:
    return {folded(word) for word in words}
