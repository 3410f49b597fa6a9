"""Names in braces in a form's labels: filled in where a label is printed, matched where a sheet's label is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from govtracker.model.dates import Term, korean_date

_YEAR = r"\d{4}"
NAMES: Mapping[str, str] = {
    "municipality": r".{1,12}?",
    "name": ".*",
    "term": r"\d{1,2}",
    "term_start": ".*",
    "as_of": r"[\d.년월일]+",
    "as_of_year": _YEAR,
    "first": _YEAR,
    "last": _YEAR,
}
"""What a name of the form's place and time looks like in a sheet, without blanks; other names are any text."""
UNNAMED = frozenset({"name", "term_start"})
"""Names that a sheet may spell otherwise: nothing is read off them."""
_NAME = re.compile(r"\{(?P<name>\w+)(?:\|(?P<default>[^}]*))?\}")


def fill(
    template: str, names: Mapping[str, str], facts: Callable[[str], str | None] = lambda key: None
) -> str:
    """A label with its names filled in; names that neither side knows stay.

    `{key|word}` is what `facts` says of the key, the word where that is empty.
    """

    def word(match: re.Match[str]) -> str:
        if match["default"] is None:
            return names.get(match["name"], match[0])
        said = facts(match["name"])
        return match[0] if said is None else said or match["default"]

    return _NAME.sub(word, template) if "{" in template else template


def names_of(term: Term, as_of: date) -> dict[str, str]:
    """The names that every label of a form may use: of its term and its as-of date."""
    return {
        "term": str(term.number),
        "term_start": f"{term.start.year}. {term.start.month}.",
        "as_of": korean_date(as_of),
        "as_of_year": str(as_of.year),
    }


def match(template: str) -> str:
    """Regular expression of a label, a group per name; a name that comes again is no group."""
    text, seen, end = "", set(UNNAMED), 0
    for found in _NAME.finditer(template):
        name = found["name"]
        like = NAMES.get(name, ".+?")
        known = name in seen
        text += re.escape(template[end : found.start()]) + (f"(?:{like})" if known else f"(?P<{name}>{like})")
        seen.add(name)
        end = found.end()
    return text + re.escape(template[end:])
