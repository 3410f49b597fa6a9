"""The summary forms from the menu: the file's kind, the bar with its cancel button."""

from __future__ import annotations

import time

import pytest
from PySide6.QtWidgets import QPushButton

from govtracker.files import PDF, WORKBOOK
from govtracker.ui.kit.waiting import Waiting
from govtracker.ui.tasks.exporting import summary_to

from .test_window import when


@pytest.mark.parametrize(
    ("typed", "kind", "written"),
    [
        ("현황.pdf", PDF.pattern, "현황.pdf"),
        ("현황", PDF.pattern, "현황.pdf"),
        ("현황", WORKBOOK.pattern, "현황.xlsx"),
        ("현황.xlsx", PDF.pattern, "현황.xlsx"),
    ],
)
def test_menu_writes_the_summary_forms(hand, tmp_path, monkeypatch, typed, kind, written):
    monkeypatch.setattr(
        "govtracker.ui.tasks.exporting.QFileDialog.getSaveFileName", lambda *a: (str(tmp_path / typed), kind)
    )
    hand.window.menus.actions["summary"].trigger()
    assert (tmp_path / written).stat().st_size > 5_000
    assert written in hand.window.where.text()


def test_menu_needs_a_book(hands):
    assert not hands().window.menus.actions["summary"].isEnabled()


def test_cancelled_summary_leaves_the_old_file(hand, tmp_path, monkeypatch, waiting_seen: None):
    out = tmp_path / "현황.pdf"
    out.write_bytes(b"old")
    when(Waiting, lambda box: next(b for b in box.findChildren(QPushButton) if b.text() == "취소").click())
    slow = hand.window.backend.summarize

    def summarize(path, period, progress):
        for _ in range(200):  # until the bar is up and its button was pressed
            if not progress(0, 8):
                break
            time.sleep(0.02)
        return slow(path, period, progress)

    monkeypatch.setattr(hand.window.backend, "summarize", summarize)
    summary_to(hand.window, out)
    assert out.read_bytes() == b"old"
