"""The measured work of GovTracker; each function runs in a fresh process and returns its seconds.

Everything of the program is imported inside the functions: a cold case counts its imports, a warm one doesn't,
and a tree that lacks a module fails in that case only.
"""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.inputs import RICH, Inputs
from bench.program import program

SAVES = 20
"""Saves of one process; their median counts."""


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = perf_counter()
    work()
    return perf_counter() - start


def import_sample(inputs: Inputs, count: int) -> float:
    """The whole plan of importing the sample, imports and the reader's child process counted."""

    def work() -> None:
        from govtracker.forms import loader
        from govtracker.importer.assembly.plan import plan_import
        from govtracker.importer.assembly.setting import Given

        forms = [loader.find(key) for key in loader.form_keys()]
        plan = plan_import(inputs.sample, forms, Given())
        assert len(plan.cards) == 8, "not the sample"

    return timed(work)


def review(inputs: Inputs, count: int) -> float:
    """From a workbook of so many cards to what the wizard's last page shows; the child process counted."""
    from govtracker.db.book import Book
    from govtracker.jobs.reviewing import review_file

    workbook_ = office_workbook(inputs, count)
    with Book.open(inputs.office) as book:

        def work() -> None:
            found = review_file(book, workbook_)
            assert len(found.cards) == count, "not the workbook"

        return timed(work)


def office_workbook(inputs: Inputs, count: int) -> Path:
    """The workbook of an office's cards, made where it isn't there yet; never timed."""
    out = inputs.office.with_suffix(".xlsx")
    if not out.exists():
        from govtracker.db.book import Book
        from govtracker.model.card import Pledge

        with Book.open(inputs.book) as sample:
            own = sample.value("form")
            values = [sample.value(key) for key in ("municipality", "term", "form")]
            entries = [entry for entry in program("list_cards")(sample) if entry.form == own]
            cards = [program("load_card")(sample, entry) for entry in entries]
            from govtracker.model.card import pictures_of

            shas = {sha for card in cards for sha in pictures_of(card)}
            found = {sha: program("read_picture")(sample, sha) for sha in shas}
        with Book.create(inputs.office, *values) as office:
            turns = enumerate(islice(cycle(cards), count))
            named = (
                replace(card, pledge=Pledge(f"{card.pledge.title} {at}", f"{at // 9 + 1}-{at % 9 + 1}"))
                for at, card in turns
            )
            program("add_cards")(office, named, found)
            out.write_bytes(workbook_bytes(office, list(program("list_cards")(office))))
    return out


def make_pdf(book: Any, entries: list[Any]) -> None:
    """Cards of an open book to PDF bytes, as `exporting.export` does."""
    read = program("read_picture")
    data = program("pdf_bytes")(program("Documents")(book, entries), lambda sha: read(book, sha))[0]
    assert data.startswith(b"%PDF"), "no PDF"


def make_workbook(book: Any, entries: list[Any]) -> None:
    """Cards of an open book to workbook bytes, as `exporting.export` does."""
    assert workbook_bytes(book, entries).startswith(b"PK"), "no workbook"


def workbook_bytes(book: Any, entries: list[Any]) -> bytes:
    """The workbook of some cards."""
    read = program("read_picture")
    documents = program("Documents")(book, entries)
    return bytes(program("excel_bytes")(list(documents), lambda sha: read(book, sha))[0])


def rich_cold(inputs: Inputs, count: int) -> float:
    """Opening the book and making the rich card's PDF in a process that has imported nothing yet."""

    def work() -> None:
        from govtracker.db.book import Book

        with Book.open(inputs.book) as book:
            make_pdf(book, program("chosen")(book, (RICH,)))

    return timed(work)


def rich_warm(inputs: Inputs, count: int) -> float:
    """The rich card's PDF for the second time in one process."""
    from govtracker.db.book import Book

    with Book.open(inputs.book) as book:
        entries = program("chosen")(book, (RICH,))
        make_pdf(book, entries)
        return timed(lambda: make_pdf(book, entries))


def pdf(inputs: Inputs, count: int) -> float:
    """So many cards from the book to one PDF, after a first small one."""
    return _many(inputs, count, make_pdf)


def workbook(inputs: Inputs, count: int) -> float:
    """So many cards from the book to one workbook, after a first small one."""
    return _many(inputs, count, make_workbook)


def _many(inputs: Inputs, count: int, make: Callable[[Any, list[Any]], None]) -> float:
    from govtracker.db.book import Book

    with Book.open(inputs.book) as book:
        entries = program("chosen")(book)
        make(book, entries[:1])
        wanted = list(islice(cycle(entries), count))
        return timed(lambda: make(book, wanted))


def save(inputs: Inputs, count: int) -> float:
    """Saving the rich card's largest section, changed each time: the median of some saves."""
    from govtracker.db.book import Book
    from govtracker.model.codec import decode_section

    body = inputs.read("section")
    texts = [json.dumps(body["body"], ensure_ascii=False), ""]
    texts[1] = re.sub(r'("text": ")', r"\1+", texts[0], count=1)
    assert texts[0] != texts[1], "nothing to change"
    sections = [decode_section(json.loads(text)) for text in texts]
    with Book.open(inputs.book) as book:
        card = next(e.card for e in program("list_cards")(book) if e.pledge.number == RICH)
        changes = [program("SectionChange")(card, body["key"], section) for section in sections]
        save_sections = program("save_sections")
        save_sections(book, [changes[0]])
        return statistics.median(
            timed(lambda at=at: save_sections(book, [changes[at % 2]])) for at in range(1, SAVES + 1)
        )


def list_cards(inputs: Inputs, count: int) -> float:
    """The window's list of so many cards, read from the book for the second time."""
    from govtracker.app import Program

    window = Program()
    period = window.open(inputs.many).periods[0].id
    assert len(window.cards(period)) == count, "not the book of the list"
    seconds = timed(lambda: window.cards(period))
    window.close()
    return seconds


def start(inputs: Inputs, count: int) -> float:
    """From nothing imported to the first window painted (offscreen)."""
    begin = perf_counter()
    import govtracker.ui.window
    from govtracker.app import Program
    from govtracker.ui.run import application

    app = application(["bench"])
    window = govtracker.ui.window.Window(Program())
    window.resize(1440, 900)
    until_shown(app, window)
    return perf_counter() - begin


def until_shown(app: Any, window: Any) -> None:
    """Show a window and work off what Qt has to do for it."""
    window.show()
    while not window.windowHandle().isExposed():
        app.processEvents()
    app.processEvents()


CASES: dict[str, Callable[[Inputs, int], float]] = {
    "import": import_sample,
    "review": review,
    "rich_cold": rich_cold,
    "rich_warm": rich_warm,
    "pdf": pdf,
    "workbook": workbook,
    "save": save,
    "list": list_cards,
    "start": start,
}
