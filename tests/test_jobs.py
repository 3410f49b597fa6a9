"""Jobs without a window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from govtracker import jobs
from govtracker.db import store
from govtracker.model.card import Budget, Period, Pledge
from govtracker.model.dates import parse_term
from tests.forms.everything.card import FORM


def test_a_new_pledge_has_every_section_and_budgets_in_the_forms_unit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVTRACKER_FORMS", str(FORM.parent))
    with jobs.new_book(
        tmp_path / "a.govtracker", "가온군", parse_term("2018-07-01..2022-06-30"), "everything"
    ) as book:
        jobs.add_pledge(book, Pledge("새 약속"), Period("2021년 1분기", date(2021, 3, 31)))
        card = store.load(book, store.entries(book)[0])
        form = jobs.form_of(book)
    assert [key for key, _ in card.sections] == [section.key for section in form.section]
    units = {key: section.unit for key, section in card.sections if isinstance(section, Budget)}
    assert units == {"pairs": 1_000_000, "plan": 1_000, "works": 1_000_000}


def test_the_demo_makes_a_book_a_pdf_and_a_workbook_each_time_anew(tmp_path: Path) -> None:
    first, second = jobs.demo(tmp_path), jobs.demo(tmp_path)
    assert first.book != second.book
    assert first.pdf.read_bytes() == second.pdf.read_bytes()
    assert first.workbook.read_bytes() == second.workbook.read_bytes()
    assert first.pages > 45
    assert sum(len(imported.plan.cards) for imported in first.imported) == 18
