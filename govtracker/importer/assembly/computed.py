"""Printed figures that the form computes: a sum on the sheet that disagrees is told with both numbers."""

from __future__ import annotations

from collections.abc import Iterator

from govtracker.arithmetic.budget import MoneyTable, column_total, grand_total
from govtracker.arithmetic.records import RecordTable
from govtracker.importer.meaning.partial_card import PartialCard as Draft
from govtracker.importer.structure.labels import fold
from govtracker.model.card import Card, Facts
from govtracker.model.figure import Figure, parse_figure


def compare(draft: Draft, card: Card) -> Iterator[str]:
    """A sentence for every computed figure that the sheet prints otherwise."""
    tables: dict[int, MoneyTable | RecordTable] = {}
    for place, text, path in draft.computed:
        figure = _computed(draft, card, path.split("|"), tables)
        printed = parse_figure(text)
        if figure is None or printed.value is None or figure.value is None:
            continue
        if printed.value != figure.value:
            yield f"{draft.page.sheet.name}!{place}: 시트에는 {printed.printed()}, 계산하면 {figure.printed()}입니다."


def settle(draft: Draft, card: Card) -> Card:
    """The card without facts that only repeat a sum which the form computes in their place."""
    for block in draft.form.block:
        for cell in (cell for row in block.rows for cell in row if cell.sum):
            figure, _ = column_total(draft.form, card, draft.setting, cell.sum)
            for key, section in card.sections:
                if isinstance(section, Facts) and figure:
                    fact = section.get(cell.fact)
                    if fold(fact.text) in (fold(figure.printed() + cell.suffix), fold(figure.printed())):
                        left = tuple(other for other in section.values if other is not fact)
                        card = card.with_section(key, Facts(left))
    return card


def _computed(
    draft: Draft, card: Card, path: list[str], tables: dict[int, MoneyTable | RecordTable]
) -> Figure | None:
    if path[0] == "total":
        return grand_total(draft.form, card, path[1], path[2])
    at = int(path[1])
    block = draft.form.block[at]
    if at not in tables:
        kind = MoneyTable if path[0] == "money" else RecordTable
        tables[at] = kind(draft.form, block, card, draft.setting)
    table = tables[at]
    if isinstance(table, MoneyTable):
        return _money(table, path)
    if path[0] == "footer":
        footer = next(f for f in block.footer if f.label == path[2])
        return table.footed(footer)
    return _record(table, path)


def _money(table: MoneyTable, path: list[str]) -> Figure | None:
    leaf = next((x for x in table.every if x.key == path[3] and str(x.span) == path[4]), None)
    item, _, source = path[2].partition(".")
    row = next((x for x in table.rows if x.source == source and x.item == int(item)), None)
    return table.sums.figure(row, leaf, path[5]) if leaf and (row or not source) else None


def _record(table: RecordTable, path: list[str]) -> Figure | None:
    leaf = next((x for x in table.every if x.key == path[3] and str(x.span) == path[4] and x.computed), None)
    at = int(path[2])
    shown = table.shown(table.rows[at], leaf) if leaf and at < len(table.rows) else None
    return shown if isinstance(shown, Figure) else None
