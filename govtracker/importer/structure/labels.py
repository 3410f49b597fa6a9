"""Labels as sheets spell them: folded for comparing, templates of the form as patterns, spellings of time."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from govtracker.forms.columns import Leaf
from govtracker.forms.loader import vocabulary
from govtracker.forms.template import fill, match
from govtracker.model.dates import Months

_QUOTES = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "`": "'",
        "´": "'",
        "＇": "'",
        "∼": "~",
        "～": "~",
        "〜": "~",
        "ㆍ": "·",
        "・": "·",
        "•": "·",
        "‧": "·",
    }
)
_WIDE = re.compile("[\uff01-\uff5e\uffe0-\uffe6]")
_LEAD = re.compile(r"^(?:[□■◻○●◦▪◆◇※\-·]|\d{1,2}\s*[.)]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]\.?|[가-하]\.)\s*")


@cache
def fold(text: str) -> str:
    """Without white space, in one spelling of full-width signs, quotation marks, dots and tildes; case kept."""
    plain = _WIDE.sub(
        lambda found: unicodedata.normalize("NFKC", found[0]), unicodedata.normalize("NFC", text)
    )
    return re.sub(r"\s+", "", plain).translate(_QUOTES)


@cache
def fold_heading(text: str) -> str:
    """A heading without its number or mark and without the brackets of a group heading."""
    text = _LEAD.sub("", text.strip(), count=1)
    return fold(re.sub(r"[【】]", "", text))


@cache
def bare(text: str) -> str:
    """A folded label without what stands in round brackets at its end."""
    return re.sub(r"\([^()]*\)$", "", text)


@cache
def pattern(template: str) -> re.Pattern[str]:
    """Pattern of a folded label whose template has names such as `{as_of_year}`."""
    return re.compile(match(fold(template)))


def unfolded(folded: str, text: str) -> str:
    """The part of a text that was folded so; the folded one where it can't be found."""
    found = re.search(r"\s*".join("." if char in "'~·" else re.escape(char) for char in folded), text)
    return found[0] if found else folded


def head_labels(leaf: Leaf, level: int) -> frozenset[str]:
    """Folded spellings of one level of a column's head: the form's own, and the usual ones of its year or quarter."""
    template = leaf.column.head.split("|")
    return _spellings(leaf.head[level], template[level] if level < len(template) else "", leaf.span)


@cache
def _spellings(label: str, template: str, span: Months | None) -> frozenset[str]:
    own = fold(label)
    labels = {own, bare(own)}
    if span and span.first:
        names = {
            "year": span.first[:4],
            "yy": span.first[2:4],
            "quarter": str((int(span.first[5:7]) + 2) // 3),
        }
        for name, group in (("{quarter}", "quarter"), ("{year}", "year"), ("{yy}", "year")):
            if name in template and (group == "quarter" or "{quarter}" not in template):
                labels |= {fold(fill(spelling, names)) for spelling in vocabulary("time")[group]}
                break
    return frozenset(labels - {""})
