"""Every value of an import says which cell it came from, and that cell shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from govtracker.forms import loader
from govtracker.importer.assembly.plan import ImportPlan, plan_workbook
from govtracker.importer.assembly.setting import Given
from govtracker.importer.package.reading import read
from govtracker.jobs.demo import Sample
from tests.importer.mutants import draw
from tests.importer.mutator import LAYOUTS, save
from tests.support.expected import CASES, SAMPLES, needs_cases
from tests.support.origins import faults

FORMS = [loader.find(key) for key in loader.form_keys()]


def told(plan: ImportPlan) -> list[str]:
    return [fault for card in plan.cards for fault in faults(plan.form, card, plan.origins[card.pledge.id])]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.form)
def test_every_value_of_a_printed_card_says_its_cell(sample: Sample) -> None:
    assert told(plan_workbook(read(sample.file), FORMS, Given())) == []


@pytest.mark.parametrize("kind", LAYOUTS)
def test_every_value_of_other_layouts_says_its_cell(kind: str, tmp_path: Path) -> None:
    path = save(draw(kind, 3).mutant, tmp_path / "a.xlsx")
    assert told(plan_workbook(read(path), FORMS, Given())) == []


@needs_cases
def test_every_value_of_the_real_workbooks_says_its_cell() -> None:
    found = {
        path.name: told(plan_workbook(read(path), FORMS, Given())) for path in sorted(CASES.glob("*.xlsx"))
    }
    assert {name: faults[:3] for name, faults in found.items() if faults} == {}
