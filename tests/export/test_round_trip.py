"""Any card that a form can print comes back from its exported workbook as an equal document."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.cell_range import CellRange

from govtracker.export.document import Document, Grid, Para
from govtracker.export.layout import document
from govtracker.export.pages.engine import pages
from govtracker.export.workbook.writer import excel_bytes
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.importer.assembly.plan import plan_workbook
from govtracker.importer.assembly.setting import Given
from govtracker.importer.package.reading import read
from govtracker.model.card import Card
from govtracker.model.dates import Term
from tests.export.test_pages import assert_apart, assert_inside, missing, texts
from tests.forms.everything.card import FORM as HARD_FILE
from tests.forms.everything.card import SETTING as HARD_SETTING
from tests.support.random_cards import cards

HARD = loader.load(HARD_FILE)
GWANAK_SETTING = Setting(Term(date(2022, 7, 1), date(2026, 6, 30)), date(2023, 12, 31))


def assert_comes_back(form: Form, card: Card, setting: Setting) -> None:
    made = document(form, card, setting, "한빛구")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(excel_bytes([made])[0])
        assert_disjoint(path)
        workbook = read(path)
    plan = plan_workbook(workbook, [form], Given("한빛구", setting.term, setting.as_of))
    again = document(form, plan.cards[0], setting, "한빛구")
    for one, two in zip(made.items, again.items, strict=True):
        assert one == two


def assert_disjoint(path: Path) -> None:
    """No cell is in two merges: Excel takes such a sheet for damaged."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if "worksheets/sheet" in name and name.endswith(".xml"):
                merges = re.findall(r'mergeCell ref="([^"]+)"', package.read(name).decode())
                ranges = [CellRange(each) for each in merges]
                taken = Counter(cell for each in ranges for row in each.rows for cell in row)
                assert [cell for cell, count in taken.items() if count > 1] == []


OFFICIAL = {
    "goyang": Setting(Term(date(2018, 7, 1), date(2022, 6, 30)), date(2021, 12, 31)),
    "gwanak": GWANAK_SETTING,
    "suwon": Setting(Term(date(2018, 7, 1), date(2022, 6, 30)), date(2021, 3, 31)),
    "geumcheon": Setting(Term(date(2018, 7, 1), date(2022, 6, 30)), date(2021, 6, 30)),
}
of_every_form = pytest.mark.parametrize("key", OFFICIAL)


@of_every_form
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_random_card_comes_back_from_excel(key: str, data: st.DataObject) -> None:
    form = loader.find(key)
    assert_comes_back(form, data.draw(cards(form, OFFICIAL[key])), OFFICIAL[key])


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(cards(HARD, HARD_SETTING))
def test_a_random_card_of_the_hard_form_comes_back_from_excel(card: Card) -> None:
    assert_comes_back(HARD, card, HARD_SETTING)


@of_every_form
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_random_card_stands_whole_on_its_pages(key: str, data: st.DataObject) -> None:
    form = loader.find(key)
    assert_whole(form, data.draw(cards(form, OFFICIAL[key])), OFFICIAL[key])


def assert_whole(form: Form, card: Card, setting: Setting) -> None:
    """Every character of a card is on its pages, inside the margins, nothing over anything else, no page empty."""
    made = document(form, card, setting, "한빛구")
    found = pages(made)
    assert all(page.texts() for page in found), "no empty page"
    assert_inside(found, made)
    assert_apart(found)
    shown = Counter(texts(found) + missing(found))
    assert not Counter(filter(str.isprintable, printed_texts(made))) - shown, "nothing is lost"


def printed_texts(made: Document) -> str:
    """Every character that the document's paragraphs hold, tables in tables included, without blanks."""

    def of(item: object) -> str:
        if isinstance(item, Para):
            return item.text
        rows = item.rows if isinstance(item, Grid) else ()
        return "".join(of(inner) for row in rows for cell in row.cells for inner in cell.content)

    return "".join(map(of, made.items)).replace(" ", "")
