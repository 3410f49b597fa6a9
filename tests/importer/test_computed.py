"""A printed figure that the form computes is compared with what it computes, wherever in the form it stands."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from govtracker.export.layout import document
from govtracker.export.workbook.writer import excel_bytes
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.importer.assembly.plan import plan_workbook
from govtracker.importer.assembly.setting import Given
from govtracker.importer.package.reading import read
from govtracker.model.card import Card
from tests.forms.county import test_county_form as county
from tests.forms.everything import card as everything

HARD = loader.load(everything.FORM)


def written(form: Form, card: Card, setting: Setting, path: Path) -> Path:
    path.write_bytes(excel_bytes([document(form, card, setting, form.municipality)]).data)
    return path


def changed(path: Path) -> set[str]:
    """Every formula's value in a workbook, raised by one and without the formula; the cells that were changed."""
    values = openpyxl.load_workbook(path, data_only=True)
    book = openpyxl.load_workbook(path)
    cells = set()
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            cell.value = values[sheet.title][cell.coordinate].value + 1
            if "백만원" not in cell.number_format:
                cells.add(f"{sheet.title}!{cell.coordinate}")
    book.save(path)
    return cells


def told(form: Form, card: Card, setting: Setting, path: Path) -> list[str]:
    plan = plan_workbook(read(path), [form], Given(term=setting.term, as_of=setting.as_of))
    return [note.split(":")[0] for note in plan.ledger.notes if "계산하면" in note]


CARDS = pytest.mark.parametrize(
    ("form", "card", "setting"),
    [(HARD, everything.hard_card(), everything.SETTING), (county.FORM, county.CARD, county.SETTING)],
    ids=["everything", "county"],
)


@CARDS
def test_what_was_exported_agrees(form: Form, card: Card, setting: Setting, tmp_path: Path) -> None:
    assert told(form, card, setting, written(form, card, setting, tmp_path / "a.xlsx")) == []


@CARDS
def test_every_changed_figure_is_told(form: Form, card: Card, setting: Setting, tmp_path: Path) -> None:
    path = written(form, card, setting, tmp_path / "a.xlsx")
    cells = changed(path)
    assert len(cells) > 5
    assert sorted(told(form, card, setting, path)) == sorted(cells)
