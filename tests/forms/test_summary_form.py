"""The strict loader of the summary forms: whatever is wrong, the message names the file, the place and the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from govtracker import resources
from govtracker.errors import FormTrouble
from govtracker.forms.summary import FILE, load, summary_form

TEXT = (resources.root() / FILE).read_text(encoding="utf-8")


def edited(old: str, new: str) -> str:
    assert old in TEXT, f"the file has no {old!r} any more"
    return TEXT.replace(old, new, 1)


WRONG = {
    "unknown key at the top": (edited('none = "-"', 'none = "-"\ncolour = 1'), ["colour"]),
    "missing key": (edited('none = "-"', ""), ["none"]),
    "unknown key of a table": (
        edited("[overall.fields]", "[overall.fields]\nhaed = 1"),
        ["overall", "fields", "haed"],
    ),
    "unknown source": (edited('private = "민 간"', 'privat = "민 간"'), ["sources", "privat"]),
    "unknown kind": (edited('money = "예산"', 'monney = "예산"'), ["options", "monney"]),
    "unknown status": (
        edited('done_continued = "이행 후\\n계속추진"', 'finished = "끝"'),
        ["status", "finished"],
    ),
    "status without a grey": (edited('behind = "#E2E2E2"', ""), ["fills", "behind"]),
    "no colour": (edited('behind = "#E2E2E2"', 'behind = "grey"'), ["fills", "behind", "grey"]),
    "no hatch": (edited('on_hold = "/"', 'on_hold = "-"'), ["hatches", "on_hold"]),
    "wrong type": (edited("row_height = 7.2", 'row_height = "7.2"'), ["fields", "row_height"]),
    "too few widths": (edited("widths = [8.9, 11.3]", "widths = [8.9]"), ["fields", "widths"]),
    "too many heads": (edited('"추진부서"]', '"추진부서", "비고"]'), ["details.heads"]),
    "no TOML": ("key = 가", ["summary.toml"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named(tmp_path: Path, case: str) -> None:
    text, words = WRONG[case]
    path = tmp_path / FILE
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormTrouble) as caught:
        load(path)
    told = f"{caught.value.place} {caught.value.fault}"
    assert told.startswith(FILE)
    for word in words:
        assert word in told


def test_the_bundled_forms_load_and_their_tables_are_as_wide_as_the_page() -> None:
    form = summary_form()
    assert sum(form.details.widths) == form.page.width
    assert sum(form.changes.widths) == form.page.width
    for part in (form.overall.fields, form.overall.departments):
        statuses = len(form.overall.chart.fills) - 1
        assert part.label_width + sum(part.total_widths) + statuses * sum(part.widths) == pytest.approx(
            form.page.width
        )
