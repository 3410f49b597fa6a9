"""Cards in other layouts than a card a sheet come in as the same cards, and nothing else becomes one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.importer.assembly.plan import ImportPlan, plan_workbook
from govtracker.importer.assembly.setting import Given
from govtracker.importer.package.reading import read
from govtracker.importer.structure.segment import regions
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.jobs.demo import Sample
from govtracker.jobs.dump import project
from govtracker.model.card import Card
from tests.importer.layouts import beside, copy_rows, split, stacked, without_pictures
from tests.support.expected import SAMPLES

of_every_form = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.form)
FORMS = [loader.find(key) for key in loader.form_keys()]


@cache
def plain(sample: Sample) -> Path:
    """The sample without pictures, comments and print areas, in a folder of its own."""
    import tempfile

    path = Path(tempfile.mkdtemp()) / "plain.xlsx"
    without_pictures(sample.file, openpyxl.load_workbook(sample.file, read_only=True).sheetnames).save(path)
    return path


def plan(path: Path, like: ImportPlan | None = None) -> ImportPlan:
    """The plan of a file; in the setting of another plan, as into that one's book."""
    given = Given()
    if like is not None:
        given = Given(like.municipality, like.term, like.period.as_of, like.period.label)
    return plan_workbook(read(path), FORMS, given)


@cache
def truth(sample: Sample) -> ImportPlan:
    return plan(plain(sample))


@cache
def names(sample: Sample) -> list[str]:
    """The sheets that hold a card each."""
    titles = {card.pledge.title for card in truth(sample).cards}
    book = openpyxl.load_workbook(plain(sample))
    found = [
        s.title
        for s in book.worksheets
        if any(c.value in titles for row in s.iter_rows(max_row=4) for c in row)
    ]
    return [name for name in found if book[name].sheet_state == "visible"]


def wanted(sample: Sample, sheets: list[str]) -> list[Card]:
    cards = plan_of(sample, tuple(sheets)).cards
    assert len(cards) == len(sheets)
    return cards


@cache
def plan_of(sample: Sample, sheets: tuple[str, ...]) -> ImportPlan:
    own = truth(sample)
    given = Given(own.municipality, own.term, own.period.as_of, own.period.label, sheets)
    return plan_workbook(read(plain(sample)), FORMS, given)


def same(found: ImportPlan, cards: list[Card]) -> None:
    """The very cards, judged as they are dumped."""
    form, setting = found.form, Setting(found.term, found.period.as_of)
    assert [(c.pledge.number, c.pledge.title) for c in found.cards] == [
        (c.pledge.number, c.pledge.title) for c in cards
    ]
    for ours, theirs in zip(found.cards, cards, strict=True):
        one, other = project(form, ours, setting), project(form, theirs, setting)
        assert {key for key in one if one[key] != other[key]} == set()
    sums = found.ledger.sums()
    assert sums["cells"] == sums["imported"] + sums["ignored"] + sums["unplaced"]


@of_every_form
@pytest.mark.parametrize("gap", [1, 3])
def test_cards_under_one_another(sample: Sample, gap: int, tmp_path: Path) -> None:
    sheets = names(sample)[:3]
    found = plan(stacked(plain(sample), sheets, tmp_path / "a.xlsx", gap=gap), truth(sample))
    same(found, wanted(sample, sheets))


@of_every_form
def test_cards_beside_one_another(sample: Sample, tmp_path: Path) -> None:
    sheets = names(sample)[:2]
    found = plan(beside(plain(sample), sheets, tmp_path / "a.xlsx"), truth(sample))
    same(found, wanted(sample, sheets))


def heading_rows(sample: Sample, sheet: str) -> list[int]:
    """Rows in which a part of the card begins, the first one with what stands above the first heading."""
    own = truth(sample)
    source = next(each for each in read(plain(sample)).sheets if each.name == sheet)
    found = regions(SheetView(source), own.form)
    tops = sorted({region.heading[0].row for region in found if region.heading})
    return [1, *tops]


def title_rows(sample: Sample, sheet: str) -> tuple[int, int]:
    first = openpyxl.load_workbook(plain(sample))[sheet]
    row = next(r for r in range(1, 9) if any(c.value for c in first[r]))
    return row, row


@of_every_form
@pytest.mark.parametrize("titled", [True, False], ids=["titled", "untitled"])
def test_one_card_over_several_sheets(sample: Sample, titled: bool, tmp_path: Path) -> None:
    sheet = names(sample)[0]
    rows = heading_rows(sample, sheet)
    parts = [rows[0], *rows[2::3]] if len(rows) > 4 else rows
    labels = [f"자료 {at}" for at in range(len(parts))]
    title = title_rows(sample, sheet) if titled else None
    path = split(plain(sample), sheet, parts, labels, tmp_path / "a.xlsx", title=title)
    same(plan(path, truth(sample)), wanted(sample, [sheet]))


@of_every_form
def test_a_sheet_that_is_nobodys_is_no_card(sample: Sample, tmp_path: Path) -> None:
    """Two cards and a part of a third without its name: it is told, and nothing of it is taken."""
    one, other, third = names(sample)[:3]
    rows = heading_rows(sample, third)
    book = without_pictures(plain(sample), [one, other, third])
    target = book.create_sheet("메모")
    copy_rows(book[third], (rows[-2], book[third].max_row), target, down=1 - rows[-2])
    del book[third]
    book.save(tmp_path / "a.xlsx")
    found = plan(tmp_path / "a.xlsx", truth(sample))
    same(replace(found, cards=found.cards), wanted(sample, [one, other]))
    left = {entry.status for entry in found.ledger.cells if entry.sheet == "메모"}
    assert "imported" not in left
    assert any(note.startswith("메모") for note in found.ledger.notes)
