"""Characters of a workbook in one spelling: what cannot be seen goes, blanks are blanks, escapes are what they mean."""

from __future__ import annotations

import re
import unicodedata

from govtracker.importer.package.symbols import PRIVATE

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
"""Zero-width, directional and joining signs, soft hyphens, variation selectors, byte order marks."""
_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff"
_LOOSE_JOINER = re.compile(f"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])")
"""A joining sign that joins no emoji."""
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\u115f\u1160\uffa0]")
"""Blanks of any width, and the Hangul fillers."""
_BREAKS = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
_CONTROLS = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]")
_GROUPED = re.compile(r"(?<![\d,.])\d{1,3}(?: \d{3})+(?![\d,])")
_PRIVATE = re.compile("[\uf000-\uf0ff\U000f0000-\U000ffffd]")


def clean(text: str, *, escaped: bool = True) -> str:
    """The text in NFC with line breaks as `\\n`; `escaped` = `_xHHHH_` stands for a character, as in SpreadsheetML."""
    if text.isascii() and text.isprintable() and "_x" not in text:
        return text
    if escaped:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    text = _BREAKS.sub("\n", text)
    text = _LOOSE_JOINER.sub("", _UNSEEN.sub("", _CONTROLS.sub("", text)))
    text = _BLANKS.sub(" ", text)
    text = _PRIVATE.sub(lambda found: PRIVATE.get(ord(found[0]), found[0]), text)
    return unicodedata.normalize("NFC", text)


def figure_text(text: str) -> str:
    """A figure in ASCII: full-width digits and signs folded, blanks between thousands taken for commas.

    An apostrophe that only keeps it text is dropped.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'’‘`")
    return _GROUPED.sub(lambda found: found[0].replace(" ", ","), plain)


def unknown_signs(text: str) -> str:
    """Characters of private use that nobody here knows: they show with one font only."""
    return "".join(dict.fromkeys(_PRIVATE.findall(text)))
