"""Workbooks after public reports: only what is told changes, and it is told at its place."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from PIL import Image

from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.importer.assembly.plan import ImportPlan, plan_workbook
from govtracker.importer.assembly.setting import Given
from govtracker.importer.package import preflight
from govtracker.importer.package.reading import read
from govtracker.jobs.dump import project
from tests.support.expected import SHARED

FOLDER = SHARED / "public-cases"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/public-cases is in the workshop only")
Leaves = dict[str, Any]


@cache
def planned(name: str) -> ImportPlan:
    path = FOLDER / f"{name}.xlsx"
    preflight.check(path)
    return plan_workbook(read(path), [loader.find(key) for key in loader.form_keys()], Given())


@cache
def card(name: str) -> dict[str, Any]:
    plan = planned(name)
    (own,) = plan.cards
    return project(plan.form, own, Setting(plan.term, plan.period.as_of))


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{at}]")
    else:
        yield path, value


def changed(name: str) -> dict[str, tuple[Any, Any]]:
    """What differs from the report without any change, as (there, here)."""
    was, now = dict(leaves(card("unchanged"))), dict(leaves(card(name)))
    return {key: (was.get(key), now.get(key)) for key in {*was, *now} if was.get(key) != now.get(key)}


def texts(name: str) -> str:
    return "\n".join(str(value) for _, value in leaves(card(name)))


def notes(name: str) -> list[str]:
    """Remarks on the contents, without those on the setting."""
    words = ("지자체:", "임기:", "기준일:")
    return [note for note in planned(name).ledger.notes if not note.startswith(words)]


def told(name: str, *places: str) -> bool:
    """Whether each of the places is named in a remark that isn't about a sum."""
    plain = [note for note in notes(name) if "계산하면" not in note]
    return all(any(f"!{place}:" in note for note in plain) for place in places)


def unplaced(name: str) -> set[str]:
    return {entry.place for entry in planned(name).ledger.cells if entry.status == "unplaced"}


def amounts(name: str, source: str) -> list[Any]:
    return [
        row["amount"] for row in card(name)["budget"] if row["source"] == source and row["kind"] == "planned"
    ]


@pytest.mark.parametrize(
    "name",
    ["emoji-boxes", "strict", "first-page-header", "formula-empty-text-sums", "unit-caption-full-width",
     "unit-caption-with-percent", "outside-print-area", "picture-linked", "picture-metafile-wmf", "diagram",
     "form-control-boxes"],
)  # fmt: skip
def test_the_same_card(name: str) -> None:
    if name == "formula-empty-text-sums":
        name = "formula-empty-text"
        assert card(name)["title"] == card("unchanged")["title"]
        return
    assert changed(name) == {}


def test_the_unchanged_one_has_no_remark() -> None:
    assert notes("unchanged") == []
    assert planned("unchanged").ledger.sums() == {
        "cells": 376,
        "imported": 230,
        "ignored": 146,
        "unplaced": 0,
    }


@pytest.mark.parametrize("name", ["unit-caption-full-width", "unit-caption-with-percent"])
def test_units_of_captions_are_understood_and_told(name: str) -> None:
    assert told(name, "B50", "B81")
    assert not [note for note in notes(name) if "계산하면" in note]
    assert unplaced(name) == set()


def test_footnote_marks_are_no_digits() -> None:
    assert told("superscripts", "R77", "K55")
    assert card("superscripts")["indicators"][2]["actual"] == 112
    assert set(changed("superscripts").values()) == {
        ("규 모: 지상 4층, 연면적 2,150㎡", "규 모: 지상 4층, 연면적 2,150m²")
    }


def test_what_cannot_be_seen_is_no_part_of_a_figure() -> None:
    assert sorted(now for _, now in changed("invisible-in-numbers").values()) == [1000, 1200]
    assert amounts("invisible-in-numbers", "구 비")[:5] == [50, 350, 600, 1200, 1000]


def test_error_values_are_told_and_stand_nowhere() -> None:
    assert told("error-cells", "D2", "K55", "R77", "D97", "B109")
    assert unplaced("error-cells") == {"D2", "K55", "R77", "D97", "B109"}
    assert "#" not in texts("error-cells")
    assert any("시트 이름" in note for note in notes("error-cells"))
    assert (card("error-cells")["number"], card("error-cells")["title"]) == ("1-1", "청년창업")


def test_an_empty_text_is_a_value_and_no_remark() -> None:
    assert not any(place in note for note in notes("formula-empty-text") for place in ("W75", "W76", "L96"))
    assert unplaced("formula-empty-text").isdisjoint({"W75", "W76", "L96"})


def test_formulas_without_a_value_are_told_however_the_xml_is_spelled() -> None:
    assert told("formula-no-value-attribute-order", "K55", "R77")
    assert unplaced("formula-no-value-attribute-order") == {"K55", "R77"}


def test_hours_over_a_day() -> None:
    assert card("hours-over-a-day")["indicators"][2]["actual"] == "112:30"


def test_escapes_are_what_they_mean() -> None:
    found = texts("escapes")
    assert "_x00" not in found
    assert "29.4% 창업 지원시설은" in found
    assert "수료인원: 26명" in found
    assert "만족도: 92점" in found
    assert "설계 공모 당선작 선정" in found
    assert set(changed("escapes")) == {"narratives[1].lines[0].text"}


def test_struck_out_words_are_told_and_left_out() -> None:
    assert told("struck-out", "B30", "B35", "D98", "L98")
    assert unplaced("struck-out") == {"B35", "D98", "L98"}
    assert "20개소" not in str(card("struck-out")["narratives"][5])
    assert "24개소" in texts("struck-out")


def test_letters_of_symbol_fonts_are_signs() -> None:
    found = {key: now for key, (_, now) in changed("symbol-fonts").items()}
    assert [found[f"narratives[1].lines[{at}].marker"] for at in (0, 2)] == ["●", "■"]
    assert found["narratives[2].lines[1].text"].startswith("✓")
    assert "→" in found["narratives[2].lines[1].text"]
    assert not [key for key in found if key.endswith("level")]
    assert "facts.완료시기" not in found


def test_letters_that_stand_for_bullets() -> None:
    lines = [line for part in card("jamo-bullets")["narratives"][1:3] for line in part["lines"]]
    assert [line["marker"] for line in lines] == ["○", "-", "○", "○", "○"]
    assert not [key for key in changed("jamo-bullets") if key.endswith(("level", "marker"))]


def test_phone_numbers_of_any_shape() -> None:
    phones = {person["name"]: person["phone"] for person in card("phone-forms")["people"]}
    assert phones == {"홍길동": "02)000-0301", "이민정": "0302, 내선 12", "박지훈": "02-000-0303"}
    assert unplaced("phone-forms") == set()


def test_hidden_rows_and_columns_are_told_and_left_out() -> None:
    told_ = "\n".join(notes("hidden-rows-and-columns"))
    assert "W열" in told_
    assert all(f"{row}행" in told_ for row in (96, 97, 112))
    found = texts("hidden-rows-and-columns")
    assert "내부 검토 중" not in found
    assert "팀장 확인 전" not in found
    ledger = planned("hidden-rows-and-columns").ledger
    assert {e.text for e in ledger.cells if e.place in ("W75", "W77")} == {"내부 검토 중", "팀장 확인 전"}


def test_notes_outside_the_print_area_are_in_the_ledger_only() -> None:
    outside = {
        entry.place for entry in planned("outside-print-area").ledger.cells if "인쇄 영역" in entry.what
    }
    assert outside == {"AA14", "AA41", "Z94", "Z54", "B123"}
    assert "인쇄 영역" in "\n".join(notes("outside-print-area"))


def test_the_first_pages_own_header_counts() -> None:
    plan = planned("first-page-header")
    assert (plan.municipality, plan.period.as_of.isoformat()) == ("한빛구", "2023-12-31")
    assert [entry for entry in plan.ledger.beside if "한빛구" in entry.text]


def test_what_is_cropped_away_is_not_printed() -> None:
    plan = planned("picture-cropped")
    (data,) = plan.pictures.values()
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    colors = {picture.getpixel((x, y)) for x in (0, picture.width - 1) for y in (0, picture.height - 1)}
    assert all(green > 100 > red for red, green, _ in colors)
    item = next(
        i
        for n in plan.cards[0].sections
        for p in getattr(n[1], "parts", ())
        for i in p.items
        if hasattr(i, "sha")
    )
    assert (round(item.width), round(item.height)) == (50, 50)


def test_grouped_pictures_and_those_in_cells_come_in() -> None:
    assert len(planned("picture-group").pictures) == 2
    assert len(planned("picture-in-cell-wps").pictures) == 1
    assert "DISPIMG" not in texts("picture-in-cell-wps")


@pytest.mark.parametrize(
    ("name", "words"),
    [("picture-linked", "현장사진.png"), ("picture-metafile-wmf", "WMF"), ("diagram", "설계 2024. 3.")],
)
def test_objects_that_cannot_come_in_are_told_at_their_place(name: str, words: str) -> None:
    assert told(name, "B108")
    assert any(words in note for note in notes(name))
    assert [
        entry for entry in planned(name).ledger.beside if entry.place == "B108" and entry.status == "unplaced"
    ]


def test_check_boxes_over_an_empty_cell_say_what_is_chosen() -> None:
    assert card("form-control-boxes")["facts"]["사업성격"] == card("unchanged")["facts"]["사업성격"]
    boxes = [entry.text for entry in planned("form-control-boxes").ledger.beside if "확인란" in entry.what]
    assert boxes == ["☑ 신규", "☐ 계속"]
    assert told("form-control-boxes", "D4")
