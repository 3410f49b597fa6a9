"""What a user asks for, without a window: new book, import, export, dump, demo. Used by the commands and the window."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from pathlib import Path
from typing import Any, overload

from govtracker import resources
from govtracker.arithmetic import summary
from govtracker.db import store
from govtracker.db.book import Book
from govtracker.errors import Refused
from govtracker.export.document import Document
from govtracker.export.layout import document
from govtracker.export.pdf.front import Front
from govtracker.export.pdf.front import words as front_words
from govtracker.export.summary import documents as summary_documents
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.empty import fresh_section
from govtracker.forms.schema import Form
from govtracker.forms.summary import summary_form
from govtracker.importer.child import GoOn
from govtracker.importer.plan import Plan, plan_import
from govtracker.importer.setting import Given
from govtracker.jobs import dump as projection
from govtracker.model.card import Card, Period, Pledge
from govtracker.model.codec import encode
from govtracker.model.dates import Term, korean_date, parse_term

PDF, WORKBOOK = ".pdf", ".xlsx"
Progress = Callable[[int, int], bool]
"""(done, of) -> whether to go on."""


def setting_of(book: Book, period: Period) -> Setting:
    """Term of the book, as-of date of a period."""
    return Setting(parse_term(book.value("term")), period.as_of)


@dataclass(slots=True)
class Imported:
    """An import's plan and what was left as the book had it: `number · section label`."""

    plan: Plan
    kept: list[str] = made(default_factory=list)


def plan_file(
    book: Book | None, file: Path, given: Given, form: str | None = None, go_on: GoOn | None = None
) -> Plan:
    """Plan of importing a workbook into a book, or into a new one; nothing is written.

    Where no form is given the one that fits best is taken, the book's own one before others that fit as well.
    """
    if book is not None:
        given = Given(
            given.municipality or book.value("municipality"),
            given.term or parse_term(book.value("term")),
            given.as_of,
            given.period,
            given.sheets,
        )
        known = {p.label: p for p in store.periods(book)}
        if given.period in known and given.as_of is None:
            given = Given(
                given.municipality, given.term, known[given.period].as_of, given.period, given.sheets
            )
    own = [book.value("form")] if book is not None else []
    keys = [form] if form else list(dict.fromkeys([*own, *loader.form_keys()]))
    return plan_import(file, [loader.find(key) for key in keys], given, go_on)


def commit(book: Book, plan: Plan, file: Path, *, originals: bool = False) -> Imported:
    """Write a plan's cards into the book, in one transaction; `originals` = keep those of pictures from now on."""
    known = {p.label: p for p in store.periods(book)}.get(plan.period.label)
    if known and known.as_of != plan.period.as_of:
        raise Refused(
            plan.period.label,
            f"이 보고기간의 기준일은 {known.as_of.isoformat()}인데 파일은 {plan.period.as_of.isoformat()}입니다.",
            "기준일이나 보고기간을 지정해 다시 가져오세요.",
        )
    ledger = plan.ledger.to_json()
    added = store.add_cards(
        book, plan.cards, plan.pictures, ledger, file.name, plan.originals, keep_originals=originals
    )
    titles = {entry.card: entry.pledge for entry in store.entries(book)}
    labels = {section.key: section.label for section in plan.form.section}
    kept = [
        f"{titles[card].number or titles[card].title} · {labels.get(key, key)}" for card, key in added.kept
    ]
    return Imported(plan, kept)


def add_pledge(book: Book, pledge: Pledge, period: Period) -> str:
    """A new card with what its form's sections begin with; its id."""
    form = loader.find(book.value("form"))
    setting = setting_of(book, period)
    sections = tuple((section.key, fresh_section(form, section, setting)) for section in form.section)
    return store.add_cards(book, [Card(pledge, period, form.key, sections)], {}).cards[0]


def chosen(book: Book, pledges: tuple[str, ...] = (), period: str | None = None) -> list[store.Entry]:
    """Cards by pledges' numbers or titles (all if none) and a period's label (the last one if none).

    Refused where a name fits nothing.
    """
    periods = store.periods(book)
    if not periods:
        raise Refused(
            book.path.name, "대장에 카드가 없습니다.", "먼저 지난해 파일을 가져오거나 공약을 추가하세요."
        )
    found = [p for p in periods if p.label == period] if period else periods[-1:]
    if not found:
        raise Refused(
            str(period), "이런 보고기간이 없습니다.", f"있는 보고기간: {', '.join(p.label for p in periods)}"
        )
    entries = store.entries(book, found[0].id)
    for name in pledges:
        if not any(name in (entry.pledge.number, entry.pledge.title) for entry in entries):
            raise Refused(name, "이런 공약이 없습니다.", "관리번호나 공약명을 그대로 쓰세요.")
    return [e for e in entries if not pledges or e.pledge.number in pledges or e.pledge.title in pledges]


class Documents(Sequence[Document]):
    """The cards as their forms print them, each read and laid out when it is asked for: a book never lies in memory."""

    def __init__(self, book: Book, entries: list[store.Entry]) -> None:
        self.book, self.entries = book, entries
        self.municipality = book.value("municipality")

    def __len__(self) -> int:
        return len(self.entries)

    @overload
    def __getitem__(self, at: int) -> Document: ...
    @overload
    def __getitem__(self, at: slice) -> list[Document]: ...
    def __getitem__(self, at: int | slice) -> Document | list[Document]:
        if isinstance(at, slice):
            return [self._laid(entry) for entry in self.entries[at]]
        return self._laid(self.entries[at])

    def _laid(self, entry: store.Entry) -> Document:
        setting = setting_of(self.book, entry.period)
        return document(loader.find(entry.form), store.load(self.book, entry), setting, self.municipality)


def documents(book: Book, entries: list[store.Entry]) -> Documents:
    """The cards as their forms print them."""
    return Documents(book, entries)


def cards_title(entries: list[store.Entry]) -> str:
    """What a book of these cards is called: by their form's name, or in neutral words where they are of several."""
    forms = {entry.form for entry in entries}
    return loader.find(forms.pop()).name if len(forms) == 1 else front_words()["mixed"]


def front(book: Book, entries: list[store.Entry]) -> Front | None:
    """Cover and contents of a book's cards; None for a single card."""
    if len(entries) < 2:
        return None
    form, period = loader.find(book.value("form")), entries[0].period
    term, words = setting_of(book, period).term, front_words()
    return Front(
        owner=book.value("municipality"),
        title=cards_title(entries),
        term=words["term"].format(term=term.number),
        period=period.label,
        as_of=words["as_of"].format(as_of=korean_date(period.as_of)),
        entries=tuple((entry.pledge.number, entry.pledge.title) for entry in entries),
        margins=(form.page.left, form.page.right, form.page.top, form.page.bottom),
    )


def export(
    book: Book,
    out: Path,
    entries: list[store.Entry],
    progress: Any = None,
    *,
    plain: bool = False,
    remarks: list[str] | None = None,
) -> int:
    """Write a PDF or a workbook (by the name's ending); pages or sheets written. FileTrouble, Refused.

    A PDF of several cards has a cover and contents unless it is to be `plain`; `remarks` gets what was made
    smaller to fit.
    """
    from govtracker.export.pdf.writer import write_pdf
    from govtracker.export.workbook.writer import write_excel

    def picture(sha: str) -> bytes:
        return store.picture(book, sha)

    kind, title = _written_as(out), f"{book.value('municipality')} {cards_title(entries)}"
    if kind == PDF:
        before = None if plain else front(book, entries)
        return write_pdf(out, documents(book, entries), picture, title, progress, before, remarks)
    return write_excel(out, list(documents(book, entries)), picture, progress, title)


def summaries(book: Book, period: str | None = None, progress: Progress | None = None) -> list[Document]:
    """The summary forms of a period's cards (of the last one if none is named); [] where `progress` said stop."""
    entries = chosen(book, (), period)
    if not entries:
        label = period or store.periods(book)[-1].label
        raise Refused(label, "이 보고기간에는 카드가 없습니다.", "카드가 있는 보고기간을 고르세요.")
    setting, found = setting_of(book, entries[0].period), []
    for done, entry in enumerate(entries):
        if progress and not progress(done, len(entries)):
            return []
        found.append(summary.entry(loader.find(entry.form), store.load(book, entry), setting))
    return summary_documents(summary_form(), summary.summarise(found), setting, book.value("municipality"))


def export_summaries(
    book: Book, out: Path, period: str | None = None, progress: Progress | None = None
) -> int:
    """Write the summary forms to a PDF or a workbook; pages or sheets written, 0 where `progress` said stop."""
    from govtracker.export.pdf.writer import write_pdf
    from govtracker.export.workbook.writer import write_excel

    kind = _written_as(out)
    made = summaries(book, period, progress)
    if not made:
        return 0
    title = f"{book.value('municipality')} {summary_form().title}"
    if kind == PDF:
        return write_pdf(out, made, title=title)
    return write_excel(out, made, title=title)


def _written_as(out: Path) -> str:
    """The ending of a file that can be written; Refused for any other."""
    kind = out.suffix.lower()
    if kind not in (PDF, WORKBOOK):
        raise Refused(
            out.name,
            "PDF(.pdf)나 엑셀(.xlsx)로만 내보낼 수 있습니다.",
            "파일 이름의 끝을 .pdf나 .xlsx로 하세요.",
        )
    return kind


def dump(book: Book, *, full: bool = False) -> dict[str, Any]:
    """All cards as plain JSON; `full` is lossless, with the book's own values."""
    entries = store.entries(book)
    if full:
        values = {key: book.value(key) for key in ("municipality", "term", "form")}
        return {"book": values, "cards": [encode(store.load(book, entry)) for entry in entries]}
    cards = [
        projection.project(loader.find(e.form), store.load(book, e), setting_of(book, e.period))
        for e in entries
    ]
    return {"cards": cards}


def new_book(path: Path, municipality: str, term: Term, form: str) -> Book:
    """A new empty book; FormTrouble where there is no such form."""
    return Book.create(path, municipality, term.label(), loader.find(form).key)


def import_into(
    path: Path,
    file: Path,
    given: Given,
    form: str | None = None,
    go_on: GoOn | None = None,
    *,
    originals: bool = False,
    dry: bool = False,
) -> Imported:
    """Import a workbook into the book at `path`, which is made where it isn't there; `dry` writes nothing.

    `originals` makes the book keep pictures as they were, too, from now on.
    """
    if path.exists():
        with Book.open(path) as book:
            plan = plan_file(book, file, given, form, go_on)
            return Imported(plan) if dry else commit(book, plan, file, originals=originals)
    plan = plan_file(None, file, given, form, go_on)
    if dry:
        return Imported(plan)
    with new_book(path, plan.municipality, plan.term, plan.form.key) as book:
        return commit(book, plan, file, originals=originals)


@dataclass(frozen=True, slots=True)
class Sample:
    """A bundled last-year workbook and the key of the form that it is kept in."""

    file: Path
    form: str


def sample_workbooks() -> tuple[Sample, ...]:
    """The bundled last-year workbooks, one of each form."""
    listed = resources.table("sample/index.toml")["workbook"]
    return tuple(Sample(resources.root() / "sample" / each["file"], each["form"]) for each in listed)


def sample_workbook() -> Path:
    """The first bundled last-year workbook."""
    return sample_workbooks()[0].file


def import_samples(path: Path) -> list[Imported]:
    """Import all bundled workbooks: the first makes the book, the others are of its period and keep their own form."""
    first, *others = sample_workbooks()
    imported = [import_into(path, first.file, Given(), first.form)]
    period = imported[0].plan.period
    given = Given(as_of=period.as_of, period=period.label)
    return imported + [import_into(path, other.file, given, other.form) for other in others]


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo made."""

    book: Path
    pdf: Path
    workbook: Path
    imported: tuple[Imported, ...]
    pages: int


def demo(folder: Path) -> Demo:
    """The main job on the bundled samples: import all into one new book, the official PDF and workbook from it."""
    folder.mkdir(parents=True, exist_ok=True)
    book_path = free_name(folder / "보기 대장.govtracker")
    imported = import_samples(book_path)
    pdf, workbook = book_path.with_suffix(".pdf"), book_path.with_suffix(".xlsx")
    with Book.open(book_path) as book:
        entries = chosen(book)
        pages = export(book, pdf, entries)
        export(book, workbook, entries)
    return Demo(book_path, pdf, workbook, tuple(imported), pages)


def free_name(path: Path) -> Path:
    """The path, or the first like it with a number that is still free."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem} {number}")
    return found


def ledger_json(plan: Plan) -> str:
    """The ledger as a file's text."""
    return json.dumps(plan.ledger.to_json(), ensure_ascii=False, indent=1)


def form_of(book: Book) -> Form:
    """The book's form."""
    return loader.find(book.value("form"))
