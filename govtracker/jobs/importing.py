"""A workbook's cards come into a book: planned without writing anything, then committed in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.db.imports import Delivery, add_delivery
from govtracker.db.merge import CardMerge, Choose, compare_cards, take_by_default
from govtracker.db.periods import list_periods
from govtracker.errors import Refused
from govtracker.files import IMPORTED
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.importer.assembly.agreement import Difference, differences
from govtracker.importer.assembly.plan import ImportPlan, plan_import
from govtracker.importer.assembly.setting import Given
from govtracker.importer.mapping import Choices
from govtracker.importer.package.child import GoOn
from govtracker.jobs.books import new_book, term_of
from govtracker.jobs.mapping import remember, with_memory
from govtracker.jobs.naming import change_of, key_of
from govtracker.review import CardChange, ImportReview


@dataclass(frozen=True, slots=True)
class Imported:
    """An import's plan, what it does to the cards that the book had, and whether anything was written."""

    plan: ImportPlan
    changes: tuple[CardChange, ...] = ()
    written: bool = True


def plan_file(
    book: Book | None, file: Path, given: Given, form: str | None = None, go_on: GoOn | None = None
) -> ImportPlan:
    """ImportPlan of importing a workbook into a book, or into a new one; nothing is written.

    Where no form is given the one that fits best is taken, the book's own one before others that fit as well.
    """
    known = given if book is None else completed(book, given)
    known, remarks = with_memory(book, known)
    plan = plan_import(file, forms_for(book, form), known, go_on)
    plan.ledger.notes += remarks
    return plan


def forms_for(book: Book | None, form: str | None) -> list[Form]:
    """The forms that a workbook is tried with: the one that is asked for, else all, the book's own first."""
    own = [book.value("form")] if book is not None else []
    keys = [form] if form else list(dict.fromkeys([*own, *loader.form_keys()]))
    return [loader.find(key) for key in keys]


def completed(book: Book, given: Given) -> Given:
    """What is given, and for the rest what the book says."""
    as_of = {period.label: period.as_of for period in list_periods(book)}
    return replace(
        given,
        municipality=given.municipality or book.value("municipality"),
        term=given.term or term_of(book),
        as_of=given.as_of or as_of.get(given.period or ""),
        form=book.value("form"),
    )


def differences_of(book: Book, plan: ImportPlan) -> tuple[Difference, ...]:
    """In what the file says to be another municipality's, term's or form's than the book's."""
    forms = {book.value("form"), *(entry.form for entry in list_cards(book))}
    return differences(plan.says, book.value("municipality"), term_of(book), forms)


def _refuse_another(book: Book, plan: ImportPlan, file: Path) -> None:
    """Refused where the file is not this book's and nobody said that it is to be imported all the same."""
    others = differences_of(book, plan)
    if others:
        raise Refused(
            file.name,
            "이 대장의 파일이 아닌 것 같습니다. " + " ".join(each.sentence for each in others),
            "맞는 대장을 고르세요. 그래도 담으려면 --anyway를 붙이세요.",
        )


def commit(
    book: Book, plan: ImportPlan, file: Path, *, originals: bool = False, choose: Choose = take_by_default
) -> Imported:
    """Write a plan's cards into the book, in one transaction; `originals` = keep those of pictures from now on.

    `choose` decides what differs from what the book holds; where nothing changes nothing is written. Refused where
    the book has the plan's period with another as-of date.
    """
    _refuse_other_date(book, plan)
    added = add_delivery(
        book,
        Delivery(
            tuple(plan.cards),
            plan.pictures,
            plan.originals,
            file.name,
            plan.ledger.to_json(),
            wants_originals=originals,
            choose=choose,
            origins=[plan.origins.get(card.pledge.id, ()) for card in plan.cards],
        ),
    )
    return Imported(plan, _named(book, plan, added.merges), bool(added.written or added.made))


def commit_reviewed(book: Book, review: ImportReview) -> Imported:
    """Write what was looked at, as it was decided; a copy of the book is made before where that is wanted."""
    plan, decisions = review.handle.plan, review.decisions
    if decisions.backup:
        book.copy_to(backup_path(book.path))
    taken = decisions.taken
    imported = commit(
        book, plan, review.handle.path,
        choose=lambda number, each: taken.get(key_of(number, each), each.by_default),
    )  # fmt: skip
    if decisions.remember:
        names = {table.fingerprint: table.sheet for table in plan.tables}
        remember(book, Choices(decisions.heads, decisions.labels, names=names))
    return imported


def backup_path(path: Path) -> Path:
    """A new file beside a book, called by the moment."""
    moment = datetime.now().strftime("%Y-%m-%d %H%M%S")
    return path.with_name(f"{path.stem} 백업 {moment}{path.suffix}")


def compare(book: Book, plan: ImportPlan) -> tuple[CardChange, ...]:
    """What a plan would do to the book's cards; nothing is written."""
    _refuse_other_date(book, plan)
    return _named(book, plan, compare_cards(book, plan.cards, by_title=True))


def _named(book: Book, plan: ImportPlan, merges: Iterable[CardMerge]) -> tuple[CardChange, ...]:
    setting = Setting(term_of(book), plan.period.as_of)
    return tuple(change_of(merged, setting) for merged in merges)


def _refuse_other_date(book: Book, plan: ImportPlan) -> None:
    own = {period.label: period.as_of for period in list_periods(book)}.get(plan.period.label)
    if own is not None and own != plan.period.as_of:
        raise Refused(
            plan.period.label,
            f"이 보고기간의 기준일은 {own.isoformat()}인데 파일은 {plan.period.as_of.isoformat()}입니다.",
            "기준일이나 보고기간을 지정해 다시 가져오세요.",
        )


def import_into(
    path: Path,
    file: Path,
    given: Given,
    form: str | None = None,
    go_on: GoOn | None = None,
    *,
    originals: bool = False,
    anyway: bool = False,
) -> Imported:
    """Import a workbook into the book at `path`, which is made where it isn't there.

    `originals` makes the book keep pictures as they were, too, from now on. Refused where the file is another
    book's, unless it is to be imported `anyway`.
    """
    if path.exists():
        with Book.open(path) as book:
            plan = plan_file(book, file, given, form, go_on)
            if not anyway:
                _refuse_another(book, plan, file)
            imported = commit(book, plan, file, originals=originals)
            remember(book, given.choices)
            return imported
    plan = plan_file(None, file, given, form, go_on)
    with new_book(path, plan.municipality, plan.term, plan.form.key) as book:
        imported = commit(book, plan, file, originals=originals)
        remember(book, given.choices)
        return imported


def plan_into(path: Path, file: Path, given: Given, form: str | None = None) -> Imported:
    """What `import_into` would import; nothing is written."""
    if not path.exists():
        return Imported(plan_file(None, file, given, form), written=False)
    with Book.open(path) as book:
        plan = plan_file(book, file, given, form)
        return Imported(plan, compare(book, plan), written=False)


def files_in(folder: Path) -> list[Path]:
    """The files of a folder that may be imported, by name; those that Excel keeps while one is open are passed over."""
    found = (path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in IMPORTED)
    return sorted(path for path in found if not path.name.startswith("~$"))


def ledgers_json(plans: Mapping[str, ImportPlan]) -> str:
    """The ledgers of some files as a file's text: of one file its own, of several each under its name."""
    ledgers = {name: plan.ledger.to_json() for name, plan in plans.items()}
    return json.dumps(
        ledgers if len(ledgers) > 1 else next(iter(ledgers.values()), {}), ensure_ascii=False, indent=1
    )
