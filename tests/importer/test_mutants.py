"""Other workbooks of the same pledges, drawn: what stands in them arrives, nothing arrives elsewhere."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.importer.mutants import Drawn, draw, figures
from tests.importer.mutator import LAYOUTS, compared, leaves, save

LEAST = 0.98
"""Share of the values that must arrive at the first try."""
FEW, MANY = 5, 60
ONE_SHEET = ("공약마다 한 줄", "재원마다 한 줄")


def check(drawn: Drawn, path: Path) -> Counter[str]:
    """The verdicts on a file; nothing of it is wrong."""
    verdicts = drawn.judged(path)
    assert [each for each in verdicts if each[0] == "wrong"] == [], drawn.mutant.says
    return Counter(verdict for verdict, *_ in verdicts)


@pytest.mark.parametrize("kind", LAYOUTS)
def test_values_arrive_and_none_is_wrong(kind: str, tmp_path: Path) -> None:
    counted: Counter[str] = Counter()
    for seed in range(FEW):
        drawn = draw(kind, seed)
        counted += check(drawn, save(drawn.mutant, tmp_path / "a.xlsx"))
    assert counted["right"] >= LEAST * (counted["right"] + counted["missing"])
    assert counted["right"] > 50


@pytest.mark.soak
def test_values_of_hundreds_of_workbooks_arrive(tmp_path: Path) -> None:
    for kind, counted in figures(range(1000, 1000 + MANY), tmp_path).items():
        assert counted["wrong"] == 0, kind
        assert counted["right"] >= LEAST * (counted["right"] + counted["missing"]), kind


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_values_arrive_from_other_kinds_of_files(tmp_path: Path) -> None:
    """Saved by LibreOffice as .xls, .ods, HTML and CSV: merges, number formats and borders are told otherwise there."""
    drawn = {f"{at}": draw(kind, 500) for at, kind in enumerate(LAYOUTS)}
    files = [str(save(each.mutant, tmp_path / f"{name}.xlsx")) for name, each in drawn.items()]
    for suffix, filters in (
        ("xls", "xls"),
        ("ods", "ods"),
        ("html", "html"),
        ("csv", "csv:Text - txt - csv (StarCalc):44,34,76,1"),
    ):
        out = tmp_path / suffix
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            filters,
        ]
        subprocess.run([*command, "--outdir", str(out), *files], check=True, capture_output=True, timeout=180)
        for name, each in drawn.items():
            if suffix != "csv" or (each.mutant.kind in ONE_SHEET and len(each.mutant.book.worksheets) == 1):
                counted = check(each, out / f"{name}.{suffix}")
                assert counted["right"] >= LEAST * (counted["right"] + counted["missing"]), (
                    suffix,
                    each.mutant.says,
                )


def test_the_judge_sees_a_wrong_value_a_missing_one_and_a_card_too_many() -> None:
    wanted = draw("공약마다 한 줄", 1).mutant.wanted
    key = next(iter(wanted[0].facts))
    assert {verdict for verdict, *_ in compared(wanted, wanted)} == {"right"}
    other = [type(each)(**vars(each)) for each in wanted]
    other[0].facts = {**other[0].facts, key: "엉뚱한 값"}
    assert "wrong" in {verdict for verdict, *_ in compared(wanted, other)}
    assert "missing" in {verdict for verdict, *_ in compared(wanted, other[1:])}
    assert "wrong" in {verdict for verdict, *_ in compared(wanted[1:], wanted)}
    assert leaves(wanted[0])
