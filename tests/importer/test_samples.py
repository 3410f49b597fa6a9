"""The bundled workbooks of every form come in whole: nothing unplaced, each card equal to its truth, one book for all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.forms import loader
from govtracker.importer.assembly.plan import ImportPlan, plan_import
from govtracker.importer.assembly.setting import Given
from govtracker.jobs import books, demo, dumping, exporting, importing
from govtracker.jobs.demo import Sample
from tests.support.expected import CASES, ROOT, SAMPLE, SAMPLES, compared, judged

of_every_form = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.form)
PLANS: dict[str, ImportPlan] = {}


def planned(sample: Sample) -> ImportPlan:
    """The plan of a sample, its form found among all of them and its setting derived."""
    if sample.form not in PLANS:
        forms = [loader.find(key) for key in loader.form_keys()]
        PLANS[sample.form] = plan_import(sample.file, forms, Given())
    return PLANS[sample.form]


def truth_of(sample: Sample) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sample.file.with_suffix(".expected.json").read_text(encoding="utf-8"))
    return found


def dumped(sample: Sample, folder: Path) -> dict[str, Any]:
    plan = planned(sample)
    with books.new_book(folder / "a.govtracker", plan.municipality, plan.term, plan.form.key) as book:
        importing.commit(book, plan, sample.file)
        return dumping.dump(book)


def test_there_is_a_sample_of_every_municipalitys_form() -> None:
    official = [key for key in loader.form_keys() if not loader.find(key).general]
    assert sorted(sample.form for sample in SAMPLES) == official
    assert SAMPLES[0].file == SAMPLE


@of_every_form
def test_form_place_term_and_date_are_found(sample: Sample) -> None:
    plan = planned(sample)
    assert plan.form.key == sample.form
    assert plan.municipality == truth_of(sample)["municipality"]
    assert plan.term.label() == "2022-07-01..2026-06-30"
    assert (plan.period.label, plan.period.as_of.isoformat()) == ("2023년 하반기", "2023-12-31")


@of_every_form
def test_no_cell_is_unplaced_and_no_sum_disagrees(sample: Sample) -> None:
    ledger = planned(sample).ledger
    sums = ledger.sums()
    assert sums["cells"] == sums["imported"] + sums["ignored"] + sums["unplaced"]
    assert [entry for entry in ledger.cells if entry.status == "unplaced"] == []
    assert [note for note in ledger.notes if "계산하면" in note or "다릅니다" in note] == []


@of_every_form
def test_every_card_equals_its_truth(sample: Sample, tmp_path: Path) -> None:
    truth, dump = truth_of(sample)["cards"], dumped(sample, tmp_path)
    assert [card["title"] for card in dump["cards"]] == [card["title"] for card in truth]
    assert [card["number"] for card in dump["cards"]] == [card["number"] for card in truth]
    for card, found in zip(truth, dump["cards"], strict=True):
        assert compared(card, found) == {}, card["title"]
    if CASES.is_dir():
        assert judged(sample.file.with_suffix(".expected.json"), dump, tmp_path) == ""


@of_every_form
def test_every_picture_comes_along(sample: Sample) -> None:
    told = [entry for entry in planned(sample).ledger.beside if "그림" in entry.what]
    assert {entry.status for entry in told} <= {"imported"}
    expected = [card["pictures"] for card in truth_of(sample)["cards"] if "pictures" in card]
    assert not expected or len(told) == sum(expected)


def test_cards_of_all_forms_live_in_one_book(tmp_path: Path) -> None:
    made = demo.demo(tmp_path)
    count = {sample.form: len(truth_of(sample)["cards"]) for sample in SAMPLES}
    with Book.open(made.book) as book:
        entries = list_cards(book)
        assert {form: sum(e.form == form for e in entries) for form in count} == count
        assert len({entry.period.id for entry in entries}) == 1
        titles = [document.title for document in exporting.Documents(book, entries)]
    assert len(titles) == sum(count.values())
    rows = [row for imported in made.imported for change in imported.changes for row in change.rows]
    assert rows == []


def test_a_workbook_of_another_form_is_recognised_when_it_comes_into_a_book(tmp_path: Path) -> None:
    path = tmp_path / "a.govtracker"
    importing.import_into(path, SAMPLE, Given())
    other = SAMPLES[-1]
    imported = importing.import_into(path, other.file, Given(), anyway=True)
    assert (imported.plan.form.key, imported.plan.municipality) == (other.form, "한빛구")
    assert importing.import_into(path, SAMPLE, Given()).plan.form.key == SAMPLES[0].form


def test_the_generator_writes_the_same_bytes_and_the_bundled_truth(tmp_path: Path) -> None:
    tool = ROOT / "tools" / "make_sample.py"
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        subprocess.run([sys.executable, str(tool), str(folder)], check=True)
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert first == second
    for sample in SAMPLES:
        truth = sample.file.with_suffix(".expected.json")
        assert first[truth.name] == truth.read_bytes()
        assert sample.file.name in first
