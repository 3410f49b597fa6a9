"""Place: where a figure or a text stands in a card. The one grammar for documents, sheets, ledgers and findings."""

from __future__ import annotations

from typing import NamedTuple

from govtracker.model.dates import Months

PLEDGE = "pledge"
"""Section of what belongs to the pledge itself: its number, title and field."""


class Place(NamedTuple):
    """A place in a card. Ids are stable, so it stays right when lines or rows are inserted before it.

    `section` is the key of the section, `id` that of the record, part, line, table, picture, person or budget item
    in it ("" = the section itself, a row of sums over all of them; what a form prints before it is entered goes by
    the form's own name). `field` says what of it: a fact's key, an attribute, a source of money, `row.column` of a
    table's cell; a line's own text has none. `span` and `measure` say which figure. `column` is the key of a column
    or the label of a closing row that the form computes, or a fact's option; an entered value has none.
    """

    section: str
    id: str = ""
    field: str = ""
    span: Months | None = None
    measure: str = ""
    column: str = ""

    def __str__(self) -> str:
        """`section/id/field/span/measure/column`, without the empty ones at the end."""
        when = f"{self.span.first or ''}..{self.span.last or ''}" if self.span else ""
        parts = (self.section, self.id, self.field, when, self.measure, self.column)
        return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts).rstrip("/")


def parse_place(text: str) -> Place:
    """The place that `str` of it says. ValueError where it says none."""
    parts = [part.replace("%2F", "/").replace("%25", "%") for part in text.split("/")]
    if not parts[0] or len(parts) > 6:
        raise ValueError(text)
    section, id_, field, when, measure, column = (*parts, *[""] * (6 - len(parts)))
    span = None
    if when:
        first, dots, last = when.partition("..")
        if not dots:
            raise ValueError(text)
        span = Months(first or None, last or None)
    return Place(section, id_, field, span, measure, column)
