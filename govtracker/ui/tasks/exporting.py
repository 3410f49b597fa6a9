"""Exporting cards and summary forms to files, with a bar, a cancel button, and what the reader should look at."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from govtracker.files import PDF, WORKBOOK, FileKind, Written
from govtracker.ui.host import Host
from govtracker.ui.kit.remarks import Remarks
from govtracker.ui.kit.waiting import Waiting
from govtracker.ui.tasks.picker import Chosen, ask, named


def choose_pdf(host: Host) -> None:
    """Ask for the cards and the file, and write a PDF."""
    _choose(host, "PDF로 내보내기", PDF, front=True)


def choose_workbook(host: Host) -> None:
    """Ask for the cards and the file, and write a workbook."""
    _choose(host, "엑셀로 내보내기", WORKBOOK, front=False)


def _choose(host: Host, title: str, kind: FileKind, *, front: bool) -> None:
    session = host.session
    period = session.chosen_period
    if session.book is None or period is None or not session.cards:
        return
    chosen = ask(host.widget, title, "파일 고르기…", session.cards, session.card, front=front, whole=True)
    if chosen is None:
        return
    alone = session.item(chosen.cards[0]) if len(chosen.cards) == 1 else None
    label = file_name(named(alone)) if alone else file_name(period.label)
    start = session.book.path.with_name(f"{session.book.path.stem} {label}{kind.suffix}")
    name, _ = QFileDialog.getSaveFileName(host.widget, "내보내기", str(start), kind.pattern)
    if name:
        export_to(host, kind.named(Path(name)), chosen)


def file_name(text: str) -> str:
    """A text as a part of a file's name, legal everywhere."""
    return " ".join(re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", text).split())[:60]


def export_to(host: Host, out: Path, chosen: Chosen) -> None:
    """Write the chosen cards to a file."""
    if not host.flush():
        return
    written: Written | None = Waiting(host.widget, f"{out.name}을(를) 만들고 있습니다.").run(
        host.worker,
        lambda go_on: host.backend.export(
            out, list(chosen.cards), plain=chosen.plain, progress=lambda done, of: go_on(done / max(1, of))
        ),
    )
    tell(host, out, written)


def choose_summary(host: Host) -> None:
    """Ask for the file (PDF or workbook) and write the summary forms of the period."""
    book, period = host.session.book, host.session.chosen_period
    if book is None or period is None:
        return
    start = book.path.with_name(f"{book.path.stem} {file_name(period.label)} 현황표{PDF.suffix}")
    name, kind = QFileDialog.getSaveFileName(
        host.widget, "현황표 내보내기", str(start), f"{PDF.pattern};;{WORKBOOK.pattern}"
    )
    if name:
        known = any(each.fits(Path(name)) for each in (PDF, WORKBOOK))
        other = WORKBOOK if kind == WORKBOOK.pattern else PDF
        summary_to(host, Path(name) if known else other.named(Path(name)))


def summary_to(host: Host, out: Path) -> None:
    """Write the summary forms of the period to a file."""
    period = host.session.chosen_period
    if period is None or not host.flush():
        return
    written: Written | None = Waiting(host.widget, f"{out.name}을(를) 만들고 있습니다.").run(
        host.worker,
        lambda go_on: host.backend.summarize(out, period.label, lambda done, of: go_on(done / max(1, of))),
    )
    tell(host, out, written)


def tell(host: Host, out: Path, written: Written | None) -> None:
    """Say what was written, and list what the reader should look at."""
    if written is None:
        return
    seen = f" 살펴볼 곳이 {len(written.remarks)}군데 있습니다." if written.remarks else ""
    host.say(f"{out.name}: {written.size}을(를) 만들었습니다.{seen}")
    if written.remarks:
        Remarks(host.widget, f"{out.name} — 살펴볼 곳", list(written.remarks)).show()
