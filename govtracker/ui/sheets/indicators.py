"""Indicators as a sheet: one row each, every column that any of the form's tables of the section shows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from govtracker.arithmetic.records import RecordTable
from govtracker.forms.columns import Leaf, Setting, heading_label, screen_paths
from govtracker.forms.schema import Form, SectionDef
from govtracker.model.card import Card, Indicator, Indicators, Section, Timed
from govtracker.model.content import one_line
from govtracker.model.dates import Months
from govtracker.model.figure import Figure, parse_figure
from govtracker.model.place import Place
from govtracker.ui.sheets.base import RecordSheet, View, column_labels

_FIGURES = ("weight", "actual")
_WIDTHS = {"group": 80, "name": 130, "indicator": 84, "note": 60, "unit": 40}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet: an attribute, the target of an interval, or a computed column of the table."""

    field: str
    span: Months | None = None
    leaf: Leaf | None = None


def indicator_sheets(
    section: Indicators, form: Form, definition: SectionDef, card: Card, setting: Setting
) -> list[IndicatorsSheet]:
    """One sheet per table of the form; the first also shows what the records hold and no table does."""
    tables = [
        RecordTable(form, block, card, setting)
        for block in form.block
        if block.section == definition.key and block.kind == "table"
    ]
    shown = {(leaf.column.field, leaf.span) for t in tables for leaf in t.leaves if not leaf.computed}
    sheets = [IndicatorsSheet(section, definition, table, at == 0, shown) for at, table in enumerate(tables)]
    return sheets or [IndicatorsSheet(section, definition, None, True, shown)]


class IndicatorsSheet(RecordSheet):
    def __init__(
        self,
        section: Indicators,
        definition: SectionDef,
        table: RecordTable | None,
        first: bool,
        shown: set[tuple[str, Months | None]],
    ) -> None:
        self.definition = definition
        self.table = table
        self.title = heading_label(table.block, table.leaves) if table else ""
        self.labels = column_labels("indicators")
        self.shown_columns: list[SheetColumn] = []
        columns = []
        found = [*self._of_table(), *(self._stray(section, shown) if first else [])]
        for shown_column, path, width in found:
            self.shown_columns.append(shown_column)
            columns.append((shown_column.field, "\n".join(path), width))
        self.head_paths = [path for _, path, _ in found]
        super().__init__(section, "rows", self._blank, columns)

    def _blank(self) -> Indicator:
        return Indicator(group=self.definition.groups[0].key if self.definition.groups else "")

    @property
    def paths(self) -> list[tuple[str, ...]]:
        return self.head_paths

    @property
    def new_columns(self) -> list[int]:
        return [
            at for at, shown in enumerate(self.shown_columns) if shown.leaf is None and shown.field != "group"
        ]

    def _of_table(self) -> list[tuple[SheetColumn, tuple[str, ...], int]]:
        leaves = self.table.leaves if self.table else ()
        return [
            (SheetColumn(leaf.column.field, leaf.span, leaf if leaf.computed else None), path,
             46 if leaf.computed else _WIDTHS.get(leaf.column.field, 46))
            for leaf, path in zip(leaves, screen_paths(leaves), strict=True)
            if leaf.column.field not in ("no", "group")
        ]  # fmt: skip

    def _stray(
        self, section: Indicators, shown: set[tuple[str, Months | None]]
    ) -> list[tuple[SheetColumn, tuple[str, ...], int]]:
        """Attributes and targets that records have and no table of the form shows."""
        found: list[tuple[SheetColumn, tuple[str, ...], int]] = []
        for field, label in self.labels.items():
            grouped = field == "group" and self.definition.groups
            held = any(getattr(row, field) for row in section.rows)
            if grouped or ((field, None) not in shown and (held or self.table is None)):
                found.append((SheetColumn(field), (label,), _WIDTHS.get(field, 46)))
        spans = dict.fromkeys(timed.span for row in section.rows for timed in row.targets)
        for span in spans:
            if ("target", span) not in shown:
                found.append((SheetColumn("target", span), (_span_label(span),), 60))
        return found

    def feet(self) -> list[tuple[str, str]]:
        """(label, value) of the table's closing rows."""
        footers = self.table.block.footer if self.table else ()
        return [(f.label, self.table.footed(f).printed()) for f in footers] if self.table else []

    def view(self, row: int, column: int) -> View:
        shown_column, record = self.shown_columns[column], self.records[row]
        if shown_column.leaf is not None:
            table = self.table
            known = table is not None and any(record is other for other in table.rows)
            shown = table.shown(record, shown_column.leaf) if table is not None and known else ""
            return View(
                shown.printed() if isinstance(shown, Figure) else "",
                editable=False,
                computed=True,
                align="right",
            )
        if shown_column.field == "group":
            labels = (one_line(g.label) for g in self.definition.groups if g.key == record.group)
            return View(next(labels, record.group))
        if shown_column.field == "target" and shown_column.span is not None:
            return _figure(record.target(shown_column.span), words=not self._computes())
        if shown_column.field in _FIGURES:
            return _figure(getattr(record, shown_column.field))
        return View(
            str(getattr(record, shown_column.field)),
            align="left" if shown_column.field in ("name", "note") else "center",
        )

    def place(self, row: int, column: int) -> Place:
        shown = self.shown_columns[column]
        return Place(
            "", self.records[row].id, shown.field, shown.span, "", shown.leaf.key if shown.leaf else ""
        )

    def _computes(self) -> bool:
        """Whether the table computes with its targets, so that a word is amiss among them."""
        return self.table is not None and any(leaf.computed for leaf in self.table.leaves)

    def edit(self, row: int, column: int, text: str) -> Section:
        shown_column, record = self.shown_columns[column], self.records[row]
        if shown_column.leaf is not None:
            held: Section = self.section
            return held
        if shown_column.field == "group":
            key = next(
                (g.key for g in self.definition.groups if text.strip() in (one_line(g.label), g.key)),
                record.group,
            )
            return self.with_record(row, replace(record, group=key))
        if shown_column.field == "target" and shown_column.span is not None:
            return self.with_record(
                row, replace(record, targets=_with(record.targets, shown_column.span, parse_figure(text)))
            )
        if shown_column.field in _FIGURES:
            return self.with_record(row, replace(record, **{shown_column.field: parse_figure(text)}))
        return super().edit(row, column, text)


def _with(targets: tuple[Timed, ...], span: Months, figure: Figure) -> tuple[Timed, ...]:
    if not figure:
        return tuple(timed for timed in targets if timed.span != span)
    if any(timed.span == span for timed in targets):
        return tuple(Timed(span, figure) if timed.span == span else timed for timed in targets)
    return (*targets, Timed(span, figure))


def _figure(figure: Figure, *, words: bool = False) -> View:
    """A figure's cell; a word is a problem only where it is computed with."""
    word = figure.state == "text"
    problem = "숫자로 읽을 수 없어 글자로 보관했습니다." if word and not words else ""
    return View(figure.printed(), align="center" if word and words else "right", problem=problem)


def _span_label(span: Months) -> str:
    return f"{(span.first or '').replace('-', '.')}~\n{(span.last or '').replace('-', '.')}"
