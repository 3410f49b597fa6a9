"""Any card that a form can print comes back from its exported workbook as an equal document."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from govtracker.export.excel import excel_bytes
from govtracker.export.layout import document
from govtracker.export.pages.paginate import pages
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.importer.plan import plan_workbook
from govtracker.importer.reading import read
from govtracker.importer.setting import Given
from govtracker.model.card import Card
from govtracker.model.dates import Term
from tests.hard.card import FORM as HARD_FILE
from tests.hard.card import SETTING as HARD_SETTING
from tests.strategies import cards

GWANAK = loader.find("gwanak")
HARD = loader.load(HARD_FILE)
GWANAK_SETTING = Setting(Term(date(2022, 7, 1), date(2026, 6, 30)), date(2023, 12, 31))


def assert_comes_back(form: Form, card: Card, setting: Setting) -> None:
    made = document(form, card, setting, "한빛구")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(excel_bytes([made])[0])
        workbook = read(path)
    plan = plan_workbook(workbook, [form], Given("한빛구", setting.term, setting.as_of))
    again = document(form, plan.cards[0], setting, "한빛구")
    for one, two in zip(made.items, again.items, strict=True):
        assert one == two


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(cards(GWANAK, GWANAK_SETTING))
def test_a_random_card_comes_back_from_excel(card: Card) -> None:
    assert_comes_back(GWANAK, card, GWANAK_SETTING)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(cards(HARD, HARD_SETTING))
def test_a_random_card_of_the_hard_form_comes_back_from_excel(card: Card) -> None:
    assert_comes_back(HARD, card, HARD_SETTING)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(cards(GWANAK, GWANAK_SETTING))
def test_a_random_card_fills_pages_without_an_empty_one(card: Card) -> None:
    found = pages(document(GWANAK, card, GWANAK_SETTING, "한빛구"))
    assert all(page.texts() for page in found)
