"""Is a workbook this book's? Every difference is seen, and none is invented, by what the file itself says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from govtracker.export.layout import document
from govtracker.export.workbook.writer import excel_bytes
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.importer.assembly.agreement import Difference, differences
from govtracker.importer.assembly.evidence import Evidence, gather
from govtracker.importer.assembly.plan import ImportPlan, plan_workbook
from govtracker.importer.assembly.setting import Given
from govtracker.importer.package.reading import read
from govtracker.importer.package.workbook import NonCell, Sheet, SheetCell, Workbook
from govtracker.jobs.demo import Sample
from govtracker.model.dates import Term
from tests.support.expected import CASES, SAMPLES, needs_cases

SEVENTH = Term(date(2018, 7, 1), date(2022, 6, 30))
EIGHTH = Term(date(2022, 7, 1), date(2026, 6, 30))
NINTH = Term(date(2026, 7, 1), date(2030, 6, 30))
FORMS = [loader.find(key) for key in loader.form_keys()]
KEYS = [form.key for form in FORMS]
of_every_form = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.form)
PLANS: dict[str, ImportPlan] = {}


def planned(sample: Sample) -> ImportPlan:
    """The plan of a sample, everything derived from the file."""
    if sample.form not in PLANS:
        PLANS[sample.form] = plan_workbook(read(sample.file), FORMS, Given())
    return PLANS[sample.form]


def exported(plan: ImportPlan, folder: Path, term: Term, as_of: date, municipality: str = "") -> Workbook:
    """The workbook that a book of a municipality and a term exports of a plan's cards."""
    documents = [
        document(plan.form, card, Setting(term, as_of), municipality or plan.municipality)
        for card in plan.cards
    ]
    path = folder / "export.xlsx"
    path.write_bytes(excel_bytes(documents, lambda sha: plan.pictures[sha]).data)
    return read(path)


def without_headers(workbook: Workbook) -> Workbook:
    """The workbook as it is where an officer deleted the page headers."""
    for sheet in workbook.sheets:
        sheet.beside = [item for item in sheet.beside if item.what != "page header"]
    return workbook


def whats(found: tuple[Difference, ...]) -> list[str]:
    return [difference.what for difference in found]


@of_every_form
def test_a_sample_belongs_to_its_own_book_and_so_does_its_export(sample: Sample, tmp_path: Path) -> None:
    plan = planned(sample)
    book = (plan.municipality, plan.term, {sample.form})
    assert differences(plan.says, *book) == ()
    again = exported(plan, tmp_path, plan.term, plan.period.as_of)
    given = Given(plan.municipality, plan.term)
    assert differences(plan_workbook(again, FORMS, given).says, *book) == ()
    assert differences(plan_workbook(again, FORMS, Given()).says, *book) == ()


@of_every_form
@pytest.mark.parametrize(
    "as_of", [date(2022, 9, 30), date(2022, 12, 31), date(2024, 3, 31), date(2026, 6, 30)], ids=str
)
def test_no_difference_is_invented_where_the_page_header_is_gone(
    sample: Sample, as_of: date, tmp_path: Path
) -> None:
    plan = planned(sample)
    bare = without_headers(exported(plan, tmp_path, EIGHTH, as_of))
    assert differences(gather(bare.sheets, FORMS), plan.municipality, EIGHTH, {sample.form}) == ()


@of_every_form
def test_another_municipality_is_told_though_the_books_own_was_given(sample: Sample) -> None:
    given = Given("다른시", EIGHTH)
    plan = plan_workbook(read(sample.file), FORMS, given)
    assert plan.municipality == "다른시", "what is given still goes into the cards"
    own = planned(sample).municipality
    found = differences(plan.says, "다른시", EIGHTH, {sample.form})
    assert found == (Difference("지자체", own, "다른시"),)


@of_every_form
def test_another_form_is_told_unless_a_card_of_the_book_has_it(sample: Sample) -> None:
    plan = planned(sample)
    others = [key for key in KEYS if key != sample.form]
    found = differences(plan.says, plan.municipality, plan.term, others)
    assert whats(found) == ["서식"]
    assert found[0].file == f"{plan.form.municipality} {plan.form.name}"
    assert all(loader.find(key).name in found[0].book for key in others)
    assert differences(plan.says, plan.municipality, plan.term, [*others, sample.form]) == ()


def test_the_form_of_the_file_is_judged_among_all_forms_and_not_the_given_ones_only() -> None:
    """The ward's sheets have headings enough for the other ward's form to be read by it."""
    ward = next(sample for sample in SAMPLES if sample.form == "geumcheon")
    plan = plan_workbook(read(ward.file), [loader.find("gwanak")], Given())
    assert plan.form.key == "gwanak"
    assert "서식" in whats(differences(plan.says, plan.municipality, plan.term, {"gwanak"}))


@of_every_form
def test_another_term_is_told_whether_the_form_names_it_or_not(sample: Sample, tmp_path: Path) -> None:
    plan = planned(sample)
    workbook = exported(plan, tmp_path, SEVENTH, date(2021, 12, 31))
    says = plan_workbook(workbook, FORMS, Given(plan.municipality, EIGHTH)).says
    found = differences(says, plan.municipality, EIGHTH, {sample.form})
    assert found == (Difference("임기", "민선 7기", "민선 8기"),)
    assert differences(says, plan.municipality, SEVENTH, {sample.form}) == ()


@pytest.mark.parametrize("key", ["gwanak", "geumcheon"])
def test_another_term_is_told_by_the_years_of_the_columns(key: str, tmp_path: Path) -> None:
    plan = planned(next(sample for sample in SAMPLES if sample.form == key))
    workbook = without_headers(exported(plan, tmp_path, SEVENTH, date(2021, 12, 31)))
    says = gather(workbook.sheets, FORMS)
    assert says.terms == ()
    assert differences(says, plan.municipality, EIGHTH, {key}) == (
        Difference("임기", "민선 7기", "민선 8기"),
    )
    assert differences(says, plan.municipality, SEVENTH, {key}) == ()


def test_dates_tell_another_term_only_where_none_lies_in_the_books() -> None:
    said = Evidence(years={2019: 2, 2020: 7, 2021: 8})
    assert differences(said, "한빛시", EIGHTH, ()) == (Difference("임기", "민선 7기", "민선 8기"),)
    assert differences(said, "한빛시", SEVENTH, ()) == ()
    assert differences(Evidence(years={2019: 9, 2023: 1}), "한빛시", EIGHTH, ()) == ()
    assert differences(Evidence(years={2019: 2}), "한빛시", EIGHTH, ()) == ()
    assert whats(differences(Evidence(years={2023: 5}), "한빛시", NINTH, ())) == ["임기"]


def test_a_term_that_began_with_a_by_election_is_the_one_of_its_number() -> None:
    term = Term(date(2023, 4, 6), date(2026, 6, 30))
    assert differences(Evidence(terms=(8,)), "한빛시", term, ()) == ()
    assert differences(Evidence(columns={8: 20, 7: 4}), "한빛시", term, ()) == ()
    assert whats(differences(Evidence(terms=(7,)), "한빛시", term, ())) == ["임기"]


def test_columns_that_fit_alike_and_a_silent_file_are_no_difference() -> None:
    assert differences(Evidence(), "한빛시", EIGHTH, ()) == ()
    assert differences(Evidence(columns={7: 5, 8: 5}), "한빛시", EIGHTH, ()) == ()
    assert differences(Evidence(terms=(7, 8)), "한빛시", EIGHTH, ()) == ()
    assert differences(Evidence(fits={"gwanak": 4, "suwon": 4}), "한빛시", EIGHTH, {"suwon"}) == ()


@pytest.mark.parametrize(
    ("said", "book"),
    [
        ("고양특례시", "고양시"),
        ("관악구", "서울특별시 관악구"),
        ("제주특별자치도", "제주도"),
        ("한빛구", "한빛"),
    ],
)
def test_one_place_under_two_names_is_no_difference(said: str, book: str) -> None:
    assert differences(Evidence((said,)), book, EIGHTH, ()) == ()
    assert whats(differences(Evidence((said,)), "다른" + book.split()[-1], EIGHTH, ())) == ["지자체"]


def headed(head: str = "", first_row: str = "") -> Evidence:
    """What a workbook of one sheet says that has a page header or a text in its first row."""
    sheet = Sheet("Sheet1", [SheetCell(1, 1, first_row), SheetCell(2, 1, "내용")])
    if head:
        sheet.beside.append(NonCell("page header", "", head))
    return gather([sheet], FORMS)


@pytest.mark.parametrize(
    ("head", "names", "terms"),
    [
        ("한빛구 민선8기 공약", ("한빛구",), (8,)),
        ("한빛도 새봄시 민선7기 실적", ("새봄시",), (7,)),
        ("2023년 하반기 한빛군 민선 8기 공약", ("한빛군",), (8,)),
        ("새봄시 공약 추진실적", ("새봄시",), ()),
        ("2023년도 공약 추진실적", (), ()),
        ("관리번호 고시 제2023-12호", (), ()),
        ("살기 좋은 도시 공약", (), ()),
        ("민선8기 공약", (), (8,)),
    ],
)
def test_page_headers_as_officers_write_them(
    head: str, names: tuple[str, ...], terms: tuple[int, ...]
) -> None:
    says = headed(head)
    assert (says.municipalities, says.terms) == (names, terms)


def test_a_first_row_that_names_place_and_term_is_read_like_a_page_header() -> None:
    says = headed(first_row="한빛구 민선8기 공약 실천계획")
    assert (says.municipalities, says.terms) == (("한빛구",), (8,))
    text = "민선7기 한빛구 협치회의의 공약 자문(2019.~2022.)"
    assert headed(first_row=text) == Evidence(
        years={2019: 1, 2022: 1}, columns={}, fits=dict.fromkeys(KEYS, 0), headings=dict.fromkeys(KEYS, 0)
    )


@needs_cases
@pytest.mark.parametrize(
    ("file", "form", "term", "as_of"),
    [
        ("gwanak-6-2", "gwanak", EIGHTH, date(2023, 12, 31)),
        ("goyang-2-2-4", "goyang", SEVENTH, date(2021, 12, 31)),
        ("suwon", "suwon", SEVENTH, date(2021, 3, 31)),
        ("geumcheon-3", "geumcheon", SEVENTH, date(2021, 6, 30)),
    ],
)
def test_real_reports_belong_to_their_books_and_to_no_other(
    file: str, form: str, term: Term, as_of: date, tmp_path: Path
) -> None:
    municipality = loader.find(form).municipality
    plan = plan_workbook(read(CASES / f"{file}.xlsx"), FORMS, Given(municipality, term, as_of))
    again = plan_workbook(exported(plan, tmp_path, term, as_of), FORMS, Given(municipality, term, as_of))
    other_term = EIGHTH if term == SEVENTH else SEVENTH
    others = [key for key in KEYS if key != form]
    for says in (plan.says, again.says):
        assert differences(says, municipality, term, {form}) == ()
        assert whats(differences(says, municipality, other_term, others)) == ["임기", "서식"]
    assert whats(differences(again.says, "다른시", other_term, others)) == ["지자체", "임기", "서식"]
