"""A place of the card can be asked for its cell in the sheet, and formulas mean the cells of their own table."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from govtracker.arithmetic.places import CardPlaces
from govtracker.export.document import Formula
from govtracker.export.layout import document
from govtracker.export.workbook.addresses import Addresses, addresses
from govtracker.export.workbook.plan import plan
from govtracker.export.workbook.values import CellPlan
from govtracker.export.workbook.writer import excel_bytes
from govtracker.forms import loader
from govtracker.model.figure import Figure
from govtracker.model.place import Place
from tests.forms.everything.card import FORM, SETTING, hard_card

HARD = loader.load(FORM)
UPPER, LOWER = Place("indicators", "a1", "weight"), Place("indicators", "a1", "actual")


def test_every_cell_shows_what_stands_at_its_place(tmp_path: Path) -> None:
    card, path = hard_card(), tmp_path / "a.xlsx"
    found, places = document(HARD, card, SETTING, "가온군"), CardPlaces(HARD, card, SETTING)
    path.write_bytes(excel_bytes([found]).data)
    sheet = openpyxl.load_workbook(path, data_only=True).active
    assert sheet is not None
    shown = {}
    for place, address in addresses(plan(found).cells).items():
        figure = places.value(place)
        if isinstance(figure, Figure) and figure.value is not None:
            assert sheet[address].value == pytest.approx(float(figure.value)), (place, address)
            shown[place] = address
    assert len(shown) > 50
    assert len(set(shown.values())) == len(shown)


def test_lines_of_text_have_cells_too() -> None:
    card = hard_card()
    known = addresses(plan(document(HARD, card, SETTING, "가온군")).cells)
    values = CardPlaces(HARD, card, SETTING)
    texts = {values.value(place) for place in known}
    assert card.pledge.title in texts
    assert any(isinstance(text, str) and text.startswith("굵은 글자가 섞인 줄") for text in texts)


def test_a_formula_means_the_cells_of_its_own_table_first() -> None:
    cells = Addresses(
        [
            CellPlan(0, 0, 0, 0, place=UPPER, table=1),
            CellPlan(0, 1, 0, 1, place=LOWER, table=1),
            CellPlan(5, 27, 5, 27, place=UPPER, table=2),
        ]
    )
    sum_of = Formula("SUM({},{},{})", (UPPER, LOWER, Place("nowhere")))
    assert cells.filled(sum_of, 1) == "SUM(A1,B1,0)"
    assert cells.filled(sum_of, 2) == "SUM(AB6,B1,0)"
    assert cells.filled(sum_of, 3) == "SUM(A1,B1,0)"
