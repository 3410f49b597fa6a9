"""Every figure and every text of a document has its place in the card, and the card has there what is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govtracker.arithmetic.places import CardPlaces, value_at
from govtracker.export.document import Cell, Document, Flow, Grid, Para, Pic
from govtracker.export.layout import document
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.model.card import Budget, Card
from govtracker.model.dates import Term, year_months
from govtracker.model.figure import BLANK, Figure, value
from govtracker.model.place import PLEDGE, Place, parse_place
from tests.forms.county import test_county_form as county
from tests.forms.everything import card as everything
from tests.support.random_cards import cards

HARD = loader.load(everything.FORM)
FORMS = (*(loader.find(key) for key in loader.form_keys()), county.FORM, HARD)
SETTING = Setting(Term(date(2022, 7, 1), date(2026, 6, 30)), date(2024, 12, 31))
NO_DATA = {"label", "head", "heading", "caption", "note"}
"""Roles of texts that the form says, not the card."""


def laid(form: Form, card: Card, setting: Setting) -> Document:
    return document(form, card, setting, form.municipality)


def grids(items: tuple[Flow, ...]) -> Iterator[Grid]:
    for item in items:
        if isinstance(item, Grid):
            yield item
            for row in item.rows:
                for cell in row.cells:
                    yield from grids(cell.content)


def cells(found: Document) -> Iterator[Cell]:
    yield from (cell for grid in grids(found.items) for row in grid.rows for cell in row.cells)


def texts(found: Document) -> Iterator[tuple[Para, Place | None]]:
    """Every paragraph that has a text of the card, with its place or that of its cell."""
    for item in found.items:
        if isinstance(item, Para) and item.role not in NO_DATA and item.text:
            yield item, item.place
    for cell in cells(found):
        for para in cell.content:
            if isinstance(para, Para) and para.text and not {cell.role, para.role} & {"head", "heading"}:
                yield para, para.place or cell.place


def figures(found: Document) -> Iterator[tuple[Place | None, Figure]]:
    for cell in cells(found):
        if cell.figure is not None:
            yield cell.place, cell.figure
        if cell.lower is not None:
            yield cell.lower.place, cell.lower.figure


def check(form: Form, card: Card, setting: Setting) -> None:
    found, places = laid(form, card, setting), CardPlaces(form, card, setting)
    for place, figure in figures(found):
        assert place is not None
        assert (places.value(place) or BLANK) == figure, place
    for para, place in texts(found):
        if para.role not in NO_DATA:
            assert place is not None, para.text
    for cell in cells(found):
        if cell.place and cell.role in ("text", "fact", "number", "title", "no"):
            shown = "\n".join(item.text for item in cell.content if isinstance(item, Para))
            held = places.value(cell.place)
            assert shown == (held if isinstance(held, str) else shown), cell.place
    printed = {place for place, _ in figures(found)}
    for grid in grids(found.items):
        counted = Counter(place for place, _ in figures(Document("", "", (grid,), {})))
        assert [place for place, count in counted.items() if count > 1] == []
        for row in grid.rows:
            for cell in row.cells:
                meant = set(cell.formula.places) if cell.formula else set()
                assert cell.place not in meant or cell.place is None
                assert meant <= printed | _hidden(meant, places)


def _hidden(meant: set[Place], places: CardPlaces) -> set[Place]:
    """Operands that no column prints: they are in the card all the same."""
    return {place for place in meant if places.value(place) is not None}


@pytest.mark.parametrize(
    ("form", "card", "setting"),
    [(HARD, everything.hard_card(), everything.SETTING), (county.FORM, county.CARD, county.SETTING)],
    ids=["everything", "county"],
)
def test_every_figure_and_text_of_a_card_has_its_place(form: Form, card: Card, setting: Setting) -> None:
    check(form, card, setting)


@settings(max_examples=4, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.data())
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_figure_and_text_of_a_random_card_has_its_place(form: Form, data: st.DataObject) -> None:
    check(form, data.draw(cards(form, SETTING)), SETTING)


# ------------------------------------------------------------------------ single places


def hard(place: Place) -> object:
    return value_at(HARD, everything.hard_card(), everything.SETTING, place)


def test_places_of_facts_pledge_and_money() -> None:
    card = everything.hard_card()
    budget = card.section("pairs")
    assert isinstance(budget, Budget)
    entered = Place("pairs", budget.items[0].id, "city", year_months(2019), "secured")
    assert value_at(HARD, card, everything.SETTING, Place(PLEDGE, field="title")) == card.pledge.title
    assert value_at(HARD, card, everything.SETTING, parse_place(str(entered))) == value(84)


def test_names_of_items_have_places() -> None:
    card = everything.hard_card()
    works = card.section("works")
    assert isinstance(works, Budget)
    printed = {cell.place for cell in cells(laid(HARD, card, everything.SETTING)) if cell.role == "label"}
    for item in works.items:
        place = Place("works", item.id, "item")
        assert place in printed
        assert value_at(HARD, card, everything.SETTING, place) == item.name != ""


def test_a_pair_s_sum_over_all_amounts() -> None:
    budget = everything.hard_card().section("pairs")
    assert isinstance(budget, Budget)
    spent = sum(a.figure.value or 0 for a in budget.amounts if a.measure == "executed" and a.source == "city")
    assert hard(Place("pairs", field="city", measure="executed")) == Figure("value", spent / budget.unit)


@pytest.mark.parametrize(
    "place",
    [Place("nowhere"), Place("pairs", "no such item", "city", year_months(2019), "secured"), Place("tally", field="x"),
     Place("state", field="no such fact"), Place("measures", "no such record", "name"), Place("outline", "no such line")],
    ids=str,
)  # fmt: skip
def test_a_place_that_the_card_lacks_has_nothing(place: Place) -> None:
    assert hard(place) is None


def test_pictures_and_cells_of_tables_have_places_too() -> None:
    found = laid(HARD, everything.hard_card(), everything.SETTING)
    inside = [cell for grid in grids(found.items) if grid.role == "nested" for cell in grid.rows[-1].cells]
    assert inside
    assert [hard_text(cell) for cell in inside] == ["글", "-", "2.5"] * (len(inside) // 3)
    pictures = [item for cell in cells(found) for item in cell.content if isinstance(item, Pic)]
    assert all(picture.place for picture in pictures)


def hard_text(cell: Cell) -> str:
    return "".join(item.text for item in cell.content if isinstance(item, Para))
