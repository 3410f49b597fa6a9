"""Indicators as a sheet: one row each, every column that any of the form's tables of the section shows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from govtracker.arithmetic.records import RecordTable
from govtracker.forms.columns import Leaf, Setting
from govtracker.forms.schema import Form, SectionDef
from govtracker.model.card import Card, Indicator, Indicators, Section, Timed
from govtracker.model.dates import Months
from govtracker.model.figure import Figure, parse_figure
from govtracker.ui.sheets.base import RecordSheet, View, column_labels

_FIGURES = ("weight", "actual")


@dataclass(frozen=True, slots=True)
class Place:
    """A column: an attribute, the target of an interval, or a computed column of one table."""

    field: str
    span: Months | None = None
    table: int = -1
    leaf: Leaf | None = None


class IndicatorsSheet(RecordSheet):
    def __init__(
        self, section: Indicators, form: Form, definition: SectionDef, card: Card, setting: Setting
    ) -> None:
        self.definition = definition
        self.labels = column_labels("indicators")
        self.tables = [
            RecordTable(form, block, card, setting)
            for block in form.block
            if block.section == definition.key and block.kind == "table"
        ]
        self.places: list[Place] = []
        columns = []
        if definition.groups:
            self.places.append(Place("group"))
            columns.append(("group", self.labels["group"], 80))
        for place, head, width in self._found(section):
            self.places.append(place)
            columns.append((place.field, head, width))
        super().__init__(section, "rows", self._blank, columns)

    def _blank(self) -> Indicator:
        return Indicator(group=self.definition.groups[0].key if self.definition.groups else "")

    def _found(self, section: Indicators) -> list[tuple[Place, str, int]]:
        """Columns in the order of the tables, each once; then targets of intervals that no table shows."""
        found: list[tuple[Place, str, int]] = []
        seen: set[tuple[str, Months | None]] = set()
        for number, table in enumerate(self.tables):
            for leaf in table.leaves:
                field = leaf.column.field
                if field in ("no", "group"):
                    continue
                if leaf.computed:
                    found.append((Place(field, None, number, leaf), "\n".join(leaf.head), 76))
                elif (field, leaf.span) not in seen:
                    seen.add((field, leaf.span))
                    wide = {"name": 230, "indicator": 120, "note": 120, "unit": 56}.get(field, 62)
                    found.append((Place(field, leaf.span), "\n".join(leaf.head), wide))
        for row in section.rows:
            for timed in row.targets:
                if ("target", timed.span) not in seen:
                    seen.add(("target", timed.span))
                    found.append((Place("target", timed.span), _span_label(timed.span), 72))
        return found

    def view(self, row: int, column: int) -> View:
        place, record = self.places[column], self.records[row]
        if place.leaf is not None:
            table = self.tables[place.table]
            shown = table.shown(record, place.leaf) if any(record is other for other in table.rows) else ""
            return View(
                shown.printed() if isinstance(shown, Figure) else "",
                editable=False,
                computed=True,
                align="right",
            )
        if place.field == "group":
            return View(
                next((g.label for g in self.definition.groups if g.key == record.group), record.group)
            )
        if place.field == "target" and place.span is not None:
            return _figure(record.target(place.span))
        if place.field in _FIGURES:
            return _figure(getattr(record, place.field))
        return View(
            str(getattr(record, place.field)), align="left" if place.field in ("name", "note") else "center"
        )

    def edit(self, row: int, column: int, text: str) -> Section:
        place, record = self.places[column], self.records[row]
        if place.leaf is not None:
            return self.section  # type: ignore[no-any-return]
        if place.field == "group":
            key = next(
                (g.key for g in self.definition.groups if text.strip() in (g.label, g.key)), record.group
            )
            return self.with_record(row, replace(record, group=key))
        if place.field == "target" and place.span is not None:
            return self.with_record(
                row, replace(record, targets=_with(record.targets, place.span, parse_figure(text)))
            )
        if place.field in _FIGURES:
            return self.with_record(row, replace(record, **{place.field: parse_figure(text)}))
        return super().edit(row, column, text)


def _with(targets: tuple[Timed, ...], span: Months, figure: Figure) -> tuple[Timed, ...]:
    if not figure:
        return tuple(timed for timed in targets if timed.span != span)
    if any(timed.span == span for timed in targets):
        return tuple(Timed(span, figure) if timed.span == span else timed for timed in targets)
    return (*targets, Timed(span, figure))


def _figure(figure: Figure) -> View:
    return View(figure.printed(), align="right")


def _span_label(span: Months) -> str:
    return f"{(span.first or '').replace('-', '.')}~\n{(span.last or '').replace('-', '.')}"
