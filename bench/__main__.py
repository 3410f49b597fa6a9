"""`python -m bench`: measures, prints a table; with `--against REV` the same measurements of another commit."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from bench import engine_rows, table
from bench.inputs import LISTED
from bench.runs import ROOT, Median, Tree, medians, tree
from bench.worktree import checkout


class Row(NamedTuple):
    """A case beside its peer; `count` cards."""

    label: str
    case: str
    peer: str
    beside: str
    count: int = 1


ROWS = (
    Row("보기 엑셀 가져오기(8건 계획)", "import", "openpyxl", "openpyxl 읽기만"),
    Row("엑셀 120건에서 비교 화면까지", "review", "reader", "읽기만", 120),
    Row("엑셀 120건에서 비교 화면까지", "review", "calamine", "calamine 값만", 120),
    Row("PDF 6-2, 새 프로세스", "rich_cold", "canvas_cold", "reportlab 글·선만"),
    Row("PDF 6-2, 두 번째", "rich_warm", "canvas_warm", "reportlab 글·선만"),
    *(Row(f"PDF {n}건", "pdf", "canvas", "reportlab 글·선만", n) for n in (1, 10, 120)),
    *(Row(f"엑셀 {n}건", "workbook", "xlsxwriter", "XlsxWriter 같은 칸", n) for n in (1, 10, 120)),
    Row(f"카드 {LISTED}건의 목록", "list", "sqlite_rows", "sqlite3 같은 줄", LISTED),
    Row("한 부분 저장", "save", "sqlite", "sqlite3 한 줄"),
    Row("시작에서 첫 창까지", "start", "bare_window", "빈 QMainWindow"),
)
HEAD = ("", "초", "초/건", "MiB", "견줌", "초", "MiB", "배")
WIDTHS = (30, 8, 8, 6, 18, 8, 6, 6)
AGAINST_HEAD = ("", "지금 초", "그때 초", "배", "지금 MiB", "그때 MiB")
AGAINST_WIDTHS = (30, 8, 8, 6, 9, 9)


def arguments() -> argparse.Namespace:
    """The command line."""
    known = ", ".join((*names(), *engine_rows.NAMES))
    parser = argparse.ArgumentParser(prog="python -m bench", description="속도와 메모리를 잽니다.")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="거듭 재는 수(중앙값을 씁니다)")
    parser.add_argument("--only", action="append", metavar="이름", help=f"이것만: {known}")
    parser.add_argument("--against", metavar="REV", help="다른 커밋도 재어 견줍니다(예: HEAD~1)")
    given = parser.parse_args()
    if set(given.only or ()) - {*names(), *engine_rows.NAMES} or given.runs < 1:
        parser.error(f"--only는 {known} 가운데 하나, --runs는 1 이상입니다.")
    return given


def names() -> list[str]:
    """Names of the cases, in order."""
    return list(dict.fromkeys(row.case for row in ROWS))


def main() -> int:
    """Measure and print; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    given = arguments()
    rows = [row for row in ROWS if not given.only or row.case in given.only]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="govtracker-bench-")))
        sample = ROOT / "resources" / "sample" / "지난해 공약 실적.xlsx"
        here, trouble = tree(ROOT, folder / "here", sample, peers=True)
        if trouble:
            print(f"잴 자료를 만들지 못했습니다: {trouble}", file=sys.stderr)
            return 1
        there = None
        if given.against:
            try:
                root = stack.enter_context(checkout(ROOT, given.against, folder / "revision"))
            except (OSError, subprocess.CalledProcessError):
                print(f"이 커밋을 꺼내지 못했습니다: {given.against}", file=sys.stderr)
                return 1
            there, trouble = tree(root, folder / "there", sample, peers=False)
            if trouble:
                print(f"{given.against}: 대장을 만들지 못해 그것이 있어야 하는 것은 뺍니다. {trouble}")
        if rows:
            report(rows, here, there, given.runs, given.against or "")
        engine_rows.report(here, given.runs, set(given.only or ()))
    return 0


def report(rows: list[Row], here: Tree, there: Tree | None, runs: int, revision: str) -> None:
    """Measure row by row, printing each as soon as it is known; the comparison comes last."""
    print(f"프로세서 {os.cpu_count()}개, Python {sys.version.split()[0]}, {runs}번의 중앙값{load()}\n")
    print(table.line(HEAD, WIDTHS, (0, 4)))
    compared: list[tuple[Row, Median, Median]] = []
    for row in rows:
        wanted = [(here, row.case, row.count), (here, row.peer, row.count)]
        wanted += [(there, row.case, row.count)] if there else []
        own, peer, *other = medians(wanted, runs)
        first, second = table.cells(own, row.count), table.cells(peer)
        shown = (row.label, *first, row.beside, second[0], second[2], table.ratio(own, peer))
        print(table.line(shown, WIDTHS, (0, 4)), flush=True)
        for found in (own, peer):
            if found.missing:
                print(f"    재지 못했습니다: {found.missing}")
        compared += [(row, own, found) for found in other]
    if compared:
        against(compared, revision)
    print(load().lstrip(", "))


def against(compared: list[tuple[Row, Median, Median]], revision: str) -> None:
    """The second table: this tree and the other commit."""
    print(f"\n{revision}와 견줌(배 = 지금 / 그때)\n")
    print(table.line(AGAINST_HEAD, AGAINST_WIDTHS, (0,)))
    for row, own, other in compared:
        first, second = table.cells(own), table.cells(other)
        shown = (row.label, first[0], second[0], table.ratio(own, other), first[2], second[2])
        print(table.line(shown, AGAINST_WIDTHS, (0,)))
        if other.missing:
            print(f"    그 커밋에서는 재지 못했습니다: {other.missing}")


def load() -> str:
    """How busy the machine is, where it tells."""
    return f", 부하 {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""


if __name__ == "__main__":
    sys.exit(main())
