"""Printed figures that the form computes: a sum on the sheet that disagrees is told with both numbers."""

from __future__ import annotations

from collections.abc import Iterator

from govtracker.arithmetic.budget import column_total
from govtracker.arithmetic.places import CardPlaces
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.structure.labels import fold
from govtracker.model.card import Card, Facts
from govtracker.model.figure import Figure, parse_figure


def compare(partial: PartialCard, card: Card) -> Iterator[str]:
    """A sentence for every computed figure that the sheet prints otherwise."""
    places = CardPlaces(partial.form, card, partial.setting)
    for cell, text, place in partial.computed:
        figure, printed = places.value(place), parse_figure(text)
        if not isinstance(figure, Figure) or printed.value is None or figure.value is None:
            continue
        if printed.value != figure.value:
            yield f"{partial.page.sheet.name}!{cell}: 시트에는 {printed.printed()}, 계산하면 {figure.printed()}입니다."


def settle(partial: PartialCard, card: Card) -> Card:
    """The card without facts that only repeat a sum which the form computes in their place."""
    for block in partial.form.block:
        for cell in (cell for row in block.rows for cell in row if cell.sum):
            figure, _ = column_total(partial.form, card, partial.setting, cell.sum)
            for key, section in card.sections:
                if isinstance(section, Facts) and figure:
                    fact = section.get(cell.fact)
                    if fold(fact.text) in (fold(figure.printed() + cell.suffix), fold(figure.printed())):
                        left = tuple(other for other in section.values if other is not fact)
                        card = card.with_section(key, Facts(left))
    return card
