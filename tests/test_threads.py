"""Two threads over one program, as the window uses it: pages are rendered while the book is saved and exported."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govtracker.app import Program
from govtracker.importer.assembly.setting import Given
from govtracker.jobs import demo, importing
from govtracker.model.card import Fact, Facts, pictures_of

SECONDS = 60
"""After that long a thread that waits for the other waits for ever."""


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """A program on the sample whose cards have pictures."""
    path = tmp_path / "a.govtracker"
    importing.import_into(path, demo.sample_workbooks()[0].file, Given())
    program = Program()
    program.open(path)
    yield program
    program.close()


def together(*jobs: Callable[[], object]) -> list[BaseException]:
    """Runs jobs each on a thread of its own until all are done; what they raised. Fails where one never ends."""
    raised: list[BaseException] = []

    def run(job: Callable[[], object]) -> None:
        try:
            job()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(job,), daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert not any(thread.is_alive() for thread in threads), "the threads wait for each other"
    return raised


def test_preview_export_print_and_saving_at_once(program: Program, tmp_path: Path) -> None:
    period = program.info().periods[0].id
    ids = [item.id for item in program.cards(period)]
    cards = [card for card in (program.read(each)[1] for each in ids) if pictures_of(card)][:2]
    assert cards, "a card with a picture takes both the book and the fonts"
    alone = [program.render(card, 0.5) for card in cards]
    rendered = []

    def go_on(done: int, of: int) -> bool:
        return True

    def preview() -> None:
        for _ in range(6):
            rendered.extend(program.render(card, 0.5) for card in cards)

    def book() -> None:
        for number in range(2):
            written = program.export(tmp_path / f"{number}.pdf", ids, plain=False, progress=go_on)
            assert written is not None
            assert written.count > len(ids)
            program.export(tmp_path / f"{number}.xlsx", ids[:2], plain=True, progress=go_on)
            program.save(ids[0], {"facts": Facts((Fact("span", str(number)),))})

    assert together(preview, book) == []
    assert len(rendered) == 6 * len(cards)
    assert all(pages == alone[at % len(cards)] for at, pages in enumerate(rendered))
