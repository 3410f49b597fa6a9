"""Measures of money are what the catalogue says, and the catalogue is read strictly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from govtracker import resources
from govtracker.errors import FormTrouble
from govtracker.forms import loader
from govtracker.forms.columns import Setting, visible
from govtracker.forms.measures import (
    EXECUTED,
    PLANNED,
    ROLES,
    SECURED,
    in_role,
    measure_labels,
    measures,
    printed_measures,
)
from govtracker.model.dates import Term

SETTING = Setting(Term(date(2018, 7, 1), date(2022, 6, 30)), date(2021, 3, 31))


def test_every_role_is_played() -> None:
    assert {measure.role for measure in measures().values()} == set(ROLES)


def test_a_form_s_measures_by_role() -> None:
    keys = loader.find("suwon").section_def("budget").measures
    assert [in_role(keys, role) for role in (SECURED, EXECUTED, PLANNED)] == [
        ("secured",), ("executed",), ("planned",),
    ]  # fmt: skip
    assert in_role(loader.find("goyang").section_def("budget").measures, PLANNED) == ()


def test_measures_that_a_table_prints() -> None:
    form = loader.find("goyang")
    block = next(block for block in form.block if block.kind == "money")
    section = form.section_def(block.section)
    assert printed_measures(visible(block, section, form, SETTING)) == ("secured", "executed")
    assert measure_labels(section, block)["executed"] == "집행액"
    assert measure_labels(section, block)["planned"] == "계획"


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ('label = "돈"', "measure.money"),
        ('label = "돈"\nrole = "other"', "measure.money.role"),
        ('label = "돈"\nrole = "funding"\nunder = ["("]', "measure.money.under"),
        ('label = "돈"\nrole = "funding"\ncolour = "red"', "measure.money"),
    ],
)
def test_catalogue_is_read_strictly(
    table: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fields.toml").write_text(f"[measure.money]\n{table}\n", encoding="utf-8")
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    resources.table.cache_clear()
    measures.cache_clear()
    try:
        with pytest.raises(FormTrouble) as refused:
            measures()
    finally:
        resources.table.cache_clear()
        measures.cache_clear()
    assert place in str(refused.value)
