"""The strict loader: whatever is wrong in a form file, the message names the file, the place and the key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from govtracker import resources
from govtracker.errors import FormTrouble
from govtracker.forms import loader
from govtracker.forms.schema import Form
from govtracker.model.card import KINDS

TEXT = (resources.root() / "forms" / "gwanak.toml").read_text(encoding="utf-8")
Load = Callable[[str], Form]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def made(text: str) -> Form:
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return loader.load(path)

    return made


def edited(old: str, new: str, text: str = TEXT) -> str:
    assert old in text, f"the form has no {old!r} any more"
    return text.replace(old, new, 1)


def test_bundled_forms_load() -> None:
    for key in loader.form_keys():
        assert loader.find(key).key == key


def test_form_that_nothing_was_done_to_loads(load: Load) -> None:
    assert asdict(load(TEXT)) == asdict(loader.find("gwanak"))


def test_catalogue_fields_take_the_labels_of_the_form(load: Load) -> None:
    status = load(TEXT).fact["status"]
    assert [option.label for option in status.options] == ["완료", "이행 후 지속추진", "정상추진", "부진"]
    assert "이행 후 계속추진" in status.options[1].aliases


_TABLE = '[[block]]\nkind = "table"\nsection = "schedule"'
_NOTE_COLUMN = 'field = "note"\nhead = "비 고"\nwidth = 11.5'

WRONG = {
    "unknown key at the top": (edited('key = "gwanak"', 'key = "gwanak"\ncolour = 1'), ["colour"]),
    "unknown key of the page": (edited("[page]", "[page]\nmiddle = 3"), ["page", "middle"]),
    "unknown key of a section": (edited('kind = "facts"', 'kind = "facts"\nlabbel = "x"'), ["section[1]", "labbel"]),
    "unknown key of a slot": (
        edited('{ key = "summary" }', '{ key = "summary", head = "x" }'), ["section", "summary", "slots", "head"],
    ),
    "unknown key of a block": (edited(_TABLE, f"{_TABLE}\ncolor = 1"), ["block[6]", "color"]),
    "unknown key of a heading": (
        edited('style = "boxed", number = "3"', 'style = "boxed", no = "3"'), ["block[6]", "heading", "no"],
    ),
    "unknown key of a column": (
        edited(_NOTE_COLUMN, f"{_NOTE_COLUMN}\nwide = 1"), ["block[6]", "column[4]", "wide"],
    ),
    "unknown key of a grid cell": (edited("{ total = ", "{ totals = "), ["block[2]", "rows[4][1]", "totals"]),
    "missing key": (edited('municipality = "관악구"\n', ""), ["municipality"]),
    "missing label of a section": (edited('label = "사업담당"\nline', "line"), ["section[2]", "label"]),
    "unknown kind of section": (edited('kind = "facts"', 'kind = "fact"'), ["section(facts)", "kind", "fact"]),
    "unknown kind of block": (edited('kind = "title"', 'kind = "titel"'), ["block", "kind", "titel"]),
    "unknown style of heading": (
        edited('style = "boxed", number = "1"', 'style = "round", number = "1"'), ["block", "situation", "heading.style", "round"],
    ),
    "fact that the catalogue lacks": (edited('"nature", ', '"natur", '), ["fact", "natur"]),
    "changed fact that the catalogue lacks": (edited("[fact.status]", "[fact.staus]"), ["fact", "staus"]),
    "source that the catalogue lacks": (edited('sources = ["national"', 'sources = ["nation"'), ["section(budget)", "sources", "nation"]),
    "measure that the catalogue lacks": (edited('measures = ["planned"', 'measures = ["plan"'), ["section(budget)", "measures", "plan"]),
    "block of a section that is not there": (
        edited('section = "schedule"', 'section = "scheduel"'), ["block", "section", "scheduel"],
    ),
    "block of a section of another kind": (
        edited('kind = "box"\nsection = "summary"', 'kind = "box"\nsection = "budget"'), ["block", "box", "budget"],
    ),
    "grid with a fact that no section has": (edited('{ fact = "nature", span = 2 }', '{ fact = "category", span = 2 }'),
                                             ["block", "grid", "rows", "category"]),
    "grid with people of no section": (edited('people = "people", span', 'people = "persons", span'), ["grid", "rows", "persons"]),
    "grid with a total that no budget has": (edited('{ total = "planned" }', '{ total = "secured" }'), ["grid", "rows", "secured"]),
    "column of a field that the kind lacks": (
        edited('field = "indicator"', 'field = "indicaters"'), ["block", "indicators", "column", "field", "indicaters"],
    ),
    "column over an unknown range": (edited('over = "term_years"', 'over = "terms"'), ["schedule", "column(quarters)", "over", "terms"]),
    "column for each unknown piece": (edited('each = "quarter"', 'each = "month"'), ["schedule", "column(quarters)", "each", "month"]),
    "family over a range without an end": (
        edited('over = "term_years"', 'over = "after_term"'), ["schedule", "column(quarters)", "over"],
    ),
    "column without a width": (edited("width = 53\n", ""), ["schedule", "column(name)", "width"]),
    "sum that names no column": (edited('sum = "years"', 'sum = "yeers"'), ["budget", "column(within)", "sum", "yeers"]),
    "sum that does more than add": (
        edited('sum = "within + after"', 'sum = "within - after"'), ["budget", "column(all)", "sum", "within - after"],
    ),
    "sum with a number": (edited('sum = "within + after"', 'sum = "within + 1"'), ["budget", "column(all)", "sum"]),
    "formula that cannot be read": (
        edited('"actual / target * 100"', '"actual / * 100"'), ["indicators", "column(rate)", "formula", "actual / * 100"],
    ),
    "formula that calls": (
        edited('"actual / target * 100"', '"max(actual, target)"'), ["indicators", "column(rate)", "formula", "max"],
    ),
    "formula that names no column": (
        edited('"actual / target * 100"', '"actual / goal * 100"'), ["indicators", "column(rate)", "formula", "goal"],
    ),
    "closing row's formula that names no column": (
        edited('"sum(weight * rate) / 100"', '"sum(wait * rate) / 100"'), ["footer(총 이행률(%))", "formula", "wait"],
    ),
    "closing row under no column": (edited('column = "rate"', 'column = "rat"'), ["footer(총 이행률(%))", "column", "rat"]),
    "overview of a fact that is not there": (edited('status = "status"', 'status = "state"'), ["overview.status", "state"]),
    "overview of a rate that is not there": (
        edited('fulfilment = "총 이행률(%)"', 'fulfilment = "총 이행률"'), ["overview.fulfilment", "총 이행률"],
    ),
    "word of a status that maps nowhere": (edited('behind = "부진"', 'sluggish = "부진"'), ["fact.status.options", "sluggish", "부진"]),
    "status whose options map nowhere": (
        edited('status = "status"', 'status = "owner"'), ["overview.status(owner)", "국가"],
    ),
    "role that is none": (edited('role = "cost"', 'role = "price"'), ["column(all).role", "price"]),
    "role of a family": (
        edited('over = "term"\nhead = "임기 내|{year}"', 'over = "term"\nrole = "cost"\nhead = "임기 내|{year}"'),
        ["column(years).role"],
    ),
    "text where a number belongs": (edited("width = 53\n", 'width = "53"\n'), ["block[6]", "column[2]", "width", "53"]),
    "number where a text belongs": (edited('head = "계"', "head = 5"), ["block[8]", "column[2]", "head", "5"]),
    "truth where a number belongs": (edited("unit = 1_000_000", "unit = true"), ["section", "budget", "unit"]),
    "one thing where a list belongs": (edited('marks = ["◆"]', 'marks = "◆"'), ["section", "summary", "marks", "◆"]),
    "list where a table belongs": (edited('labels = { planned = "투자계획", executed = "예산 집행액" }', 'labels = ["a"]'),
                                   ["section", "budget", "labels"]),
    "number in a list of texts": (edited('sources = ["national"', 'sources = [1, "national"'), ["section", "budget", "sources[1]"]),
    "section twice": (edited('key = "people"\nkind', 'key = "facts"\nkind'), ["section", "facts"]),
    "slot twice": (edited('{ key = "goal"', '{ key = "situation"'), ["section(situation).slots", "situation"]),
    "section in two tabs": (edited('sections = ["plan"]', 'sections = ["plan", "budget"]'), ["tab", "budget"]),
    "section in no tab": (edited('sections = ["cooperation", "effects"]', 'sections = ["cooperation"]'), ["tab", "effects"]),
    "tab with a section that is not there": (edited('sections = ["plan"]', 'sections = ["plan", "plans"]'), ["tab", "plans"]),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_wrong_form_is_refused_by_file_place_and_key(load: Load, case: str) -> None:
    text, named = WRONG[case]
    with pytest.raises(FormTrouble) as caught:
        load(text)
    said = f"{caught.value.place} {caught.value.fault}"
    assert said.startswith("mine.toml")
    assert [name for name in named if name not in said] == []
    assert caught.value.remedy


def test_key_twice_is_refused_with_its_line(load: Load) -> None:
    with pytest.raises(FormTrouble, match=r"mine\.toml.*line 3"):
        load('key = "a"\nname = "b"\nkey = "c"\n')


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", "key = 가".encode(), b"PK\x03\x04"])
def test_file_that_is_no_toml_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(content)
    with pytest.raises(FormTrouble) as caught:
        loader.load(path)
    assert caught.value.place.startswith("broken.toml")


def test_form_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(FormTrouble) as caught:
        loader.find("nowhere")
    assert "gwanak" in caught.value.remedy
    with pytest.raises(FormTrouble, match="missing"):
        loader.load(tmp_path / "missing.toml")


def test_form_of_the_office_goes_before_the_bundled_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gwanak.toml").write_text(edited('name = "공약', 'name = "우리 공약'), encoding="utf-8")
    (tmp_path / "ours.toml").write_text(edited('key = "gwanak"', 'key = "ours"'), encoding="utf-8")
    monkeypatch.setenv("GOVTRACKER_FORMS", str(tmp_path))
    assert loader.find("gwanak").name.startswith("우리")
    assert "ours" in loader.form_keys()


def test_every_kind_of_section_is_known_to_some_block() -> None:
    from govtracker.forms.validate import BLOCK_KINDS

    printed = {kind for kinds in BLOCK_KINDS.values() for kind in kinds} | {"facts"}
    assert printed == set(KINDS)
