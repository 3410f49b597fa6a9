"""`--only peers` and `--only growth`: our PDF beside typst, platypus, WeasyPrint and LibreOffice with the same cards."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from bench import table
from bench.content import MOST
from bench.runs import Median, Tree, middle

NAMES = ("peers", "growth")
LABELS = {
    "book": "GovTracker, 대장에서",
    "documents": "GovTracker, 문서에서",
    "typst": "typst",
    "typst_untagged": "typst, 태그 없이",
    "typst_single": "typst, 한 스레드",
    "platypus": "platypus",
    "weasyprint": "WeasyPrint",
    "libreoffice": "LibreOffice, 엑셀에서",
}
OURS = ("book", "documents")
PEERS = tuple(LABELS)
RESIDENT = tuple(key for key in PEERS if key != "libreoffice")
"""LibreOffice starts anew for every file, so it has no warm case."""
SLOW = ("weasyprint", "libreoffice")
"""Minutes for the many cards, and no doubt about the result: measured once."""
HEAD = ("", "초", "초/건", "MiB", "CPU 초", "쪽", "KiB", "대장에서/이것", "문서에서/이것")
WIDTHS = (24, 8, 8, 6, 8, 5, 7, 13, 13)


class Group(NamedTuple):
    """What is printed by which engines, their runs taking turns."""

    label: str
    mode: str
    cards: int
    engines: tuple[str, ...]
    once: bool = False


GROUPS = (
    Group("LibreOffice를 켜고 끄기(빈 파일)", "bare", 1, ("libreoffice",)),
    Group("1건(6-2), 새 프로세스", "cold", 1, PEERS),
    Group("1건(6-2), 다른 카드 다음", "warm", 1, RESIDENT),
    Group("1건(6-2), 같은 카드를 다시", "again", 1, RESIDENT),
    Group("10건", "many", 10, PEERS),
    Group("120건", "many", 120, tuple(key for key in PEERS if key not in SLOW)),
    Group("120건, 한 번만 잼", "many", 120, (*OURS, *SLOW), once=True),
)
GROWTH = tuple(Group(f"{count}건", "many", count, OURS) for count in (1, 10, 100, MOST))


def report(tree: Tree, runs: int, wanted: set[str]) -> None:
    """Make the cards, measure group by group, print each as soon as it is known; nothing where neither is wanted."""
    if not wanted & set(NAMES):
        return
    for step in ("content", "most") if "growth" in wanted else ("content",):
        made = tree.measure(step)
        if made.missing:
            print(f"잴 자료를 만들지 못했습니다: {made.missing}")
            return
    for name, groups in zip(NAMES, (GROUPS, GROWTH), strict=True):
        if name in wanted:
            print("\n" + table.line(HEAD, WIDTHS, (0,)))
            for group in groups:
                _group(tree, group, runs)


def _group(tree: Tree, group: Group, runs: int) -> None:
    print(group.label)
    found: dict[str, list[Median]] = {key: [] for key in group.engines}
    sizes: dict[str, tuple[str, str]] = {}
    for _ in range(1 if group.once else runs):
        for key, kept in found.items():
            if kept and kept[-1].missing:
                continue
            kept.append(tree.measure(f"{key}:{group.mode}", group.cards))
            sizes[key] = (
                (table.NONE,) * 2 if kept[-1].missing else size(tree.inputs.folder / f"out-{key}.pdf")
            )
    middles = {key: middle(kept) for key, kept in found.items()}
    for key, value in middles.items():
        ratios = [table.ratio(middles.get(own, Median(missing="-")), value) for own in OURS]
        shown = (
            f"  {LABELS[key]}",
            *table.cells(value, group.cards),
            table.NONE if value.missing else f"{value.cpu:.2f}",
            *sizes[key],
            *ratios,
        )
        print(table.line(shown, WIDTHS, (0,)), flush=True)
        if value.missing:
            print(f"    재지 못했습니다: {value.missing}")


def size(path: Path) -> tuple[str, str]:
    """Pages and KiB of what was printed."""
    if not path.exists():
        return table.NONE, table.NONE
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return str(len(document)), f"{path.stat().st_size / 1024:.0f}"
