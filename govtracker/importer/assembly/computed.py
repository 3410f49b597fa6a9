"""Printed figures that the form computes: a sum on the sheet that disagrees is told with both numbers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

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
            unit = " 단위가 다른 것 같습니다." if _off_by_a_unit(printed.value, figure.value) else ""
            yield f"{cell}: 시트에는 {printed.printed()}, 계산하면 {figure.printed()}입니다.{unit}"


def _off_by_a_unit(one: Decimal, other: Decimal) -> bool:
    """Whether two figures differ by a factor of units alone: 1,000 (천원 for 백만원), 1,000,000, 100."""
    if not one or not other:
        return False
    ratio = max(abs(one), abs(other)) / min(abs(one), abs(other))
    return ratio in (100, 1000, 10_000, 1_000_000)


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
