"""A form may stack any two measures: they print, come back from a sheet and are edited as the pair that they are."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from govtracker.export.layout import document
from govtracker.export.workbook.writer import excel_bytes
from govtracker.forms import loader
from govtracker.forms.schema import Form
from govtracker.importer.assembly.plan import plan_workbook
from govtracker.importer.assembly.setting import Given
from govtracker.importer.package.reading import read
from govtracker.model.card import Budget, Card
from govtracker.ui.sheets.budget import MoneySheet
from tests.forms.everything.card import FORM, SETTING, TERM, hard_card

PAIRS = pytest.mark.parametrize(
    "pair", [("planned", "secured"), ("executed", "planned")], ids=lambda pair: "over".join(pair)
)
USUAL = ("secured", "executed")


def stacking(pair: tuple[str, str], folder: Path) -> Form:
    """The everything-form with another pair in its first table of money."""
    text = FORM.read_text(encoding="utf-8")
    section, block = text.index('key = "pairs"'), text.index('kind = "money"')
    ends = text.index("[[section]]", section), text.index('kind = "money"', block + 1)
    changed = [_changed(text[section : ends[0]], pair), _changed(text[block : ends[1]], pair)]
    path = folder / "pairs.toml"
    path.write_text(
        text[:section] + changed[0] + text[ends[0] : block] + changed[1] + text[ends[1] :], encoding="utf-8"
    )
    return loader.load(path)


def _changed(text: str, pair: tuple[str, str]) -> str:
    renamed = dict(zip(USUAL, pair, strict=True))
    return re.sub("|".join(USUAL), lambda found: renamed[found[0]], text)


def card_of(pair: tuple[str, str]) -> Card:
    section = hard_card().section("pairs")
    assert isinstance(section, Budget)
    renamed = dict(zip(USUAL, pair, strict=True))
    amounts = tuple(replace(amount, measure=renamed[amount.measure]) for amount in section.amounts)
    return hard_card().with_section("pairs", replace(section, amounts=amounts))


@PAIRS
def test_it_comes_back_from_its_sheet(pair: tuple[str, str], tmp_path: Path) -> None:
    form, card = stacking(pair, tmp_path), card_of(pair)
    path = tmp_path / "a.xlsx"
    path.write_bytes(excel_bytes([document(form, card, SETTING, form.municipality)]).data)
    plan = plan_workbook(read(path), [form], Given(term=TERM, as_of=SETTING.as_of))
    assert [note for note in plan.ledger.notes if "계산하면" in note] == []
    back, kept = plan.cards[0].section("pairs"), card.section("pairs")
    assert isinstance(back, Budget)
    assert isinstance(kept, Budget)
    assert set(back.amounts) == {amount for amount in kept.amounts if amount.figure}


@PAIRS
def test_both_measures_have_a_row_in_the_window(pair: tuple[str, str], tmp_path: Path) -> None:
    form, card = stacking(pair, tmp_path), card_of(pair)
    block = next(block for block in form.block if block.stack)
    section = card.section("pairs")
    assert isinstance(section, Budget)
    sheet = MoneySheet(section, form, form.section_def("pairs"), block, card, SETTING)
    assert [measure for _, measure in sheet.lines[:2]] == list(pair)
    assert {measure for _, measure in sheet.lines} == set(pair)
