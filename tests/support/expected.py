"""Where the real cases are (they exist in the workshop only), and a judge of dumps that needs no other file."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from govtracker.jobs import demo

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
CASES = SHARED / "cases"
SAMPLE = ROOT / "resources" / "sample" / "지난해 공약 실적.xlsx"
SAMPLES = demo.sample_workbooks()
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="../shared/cases is in the workshop only")
needs_corpus = pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(), reason="../shared/corpus is in the workshop only"
)


def judged(truth: Path, dump: dict[str, Any], folder: Path) -> str:
    """What compare.py says of a dump: "" where nothing is missing and nothing is wrong."""
    out = folder / "dump.json"
    out.write_text(json.dumps(dump, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(CASES / "compare.py"), str(truth), str(out), "-v"],
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def fold(value: Any) -> str:
    """Text without white space, separators and quotation marks; numbers in one spelling."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.10g}"
    text = re.sub(r"[\s,'\"‘’“”]", "", str(value or ""))
    return re.sub(r"[·ㆍ・•]", "·", text)


def lines_of(card: dict[str, Any]) -> list[tuple[str, ...]]:
    """Each outline as its texts, in order."""
    return [
        tuple(fold(line["text"]) for line in part["lines"]) for part in card["narratives"] if part["lines"]
    ]


def levels_of(card: dict[str, Any]) -> list[tuple[int, ...]]:
    """Each outline's levels, of which only the order counts."""
    found = [[line["level"] for line in part["lines"]] for part in card["narratives"] if part["lines"]]
    return [tuple(sorted(set(levels)).index(level) for level in levels) for levels in found]


def compared(truth: dict[str, Any], dump: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Where one card's dump differs from its truth: group -> (expected, found). For the bundled samples."""

    def facts(card: dict[str, Any]) -> dict[str, str]:
        return {fold(k): fold(v) for k, v in card["facts"].items()}

    def people(card: dict[str, Any]) -> list[tuple[str, ...]]:
        return [tuple(fold(p[k]) for k in ("role", "department", "name", "phone")) for p in card["people"]]

    def budget(card: dict[str, Any]) -> set[tuple[str, ...]]:
        keys = ("source", "from", "to", "kind", "amount", "printed")
        return {tuple(fold(a.get(k)) for k in keys) for a in card["budget"]}

    def targets(card: dict[str, Any]) -> set[tuple[str, ...]]:
        return {
            (
                fold(i["name"]),
                fold(t["year"]),
                fold(t["quarter"]),
                "-" if t.get("printed") == "-" else fold(t["value"]),
            )
            for i in card["indicators"]
            for t in i["targets"]
        }

    def results(card: dict[str, Any]) -> list[tuple[str, ...]]:
        return [
            tuple(fold(i.get(k)) for k in ("name", "unit", "weight", "target_total", "actual", "rate"))
            for i in card["indicators"]
        ]

    def schedule(card: dict[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
        return [(fold(t["task"]), tuple(t["quarters"])) for t in card["schedule"]]

    def events(card: dict[str, Any]) -> list[tuple[Any, ...]]:
        return [
            (e["from"], e["to"], fold(e["title"]), tuple(fold(d["text"]) for d in e["details"]))
            for e in card["events"]
        ]

    def tables(card: dict[str, Any]) -> list[list[list[str]]]:
        return [[[fold(cell) for cell in row] for row in t["rows"]] for t in card["tables"]]

    def counts(card: dict[str, Any]) -> dict[str, str]:
        return {fold(label): fold(n) for label, n in card["counts"].items() if n is not None}

    def changes(card: dict[str, Any]) -> list[tuple[str, ...]]:
        keys = ("date", "before", "after", "reason", "procedure")
        return [tuple(fold(c.get(key)) for key in keys) for c in card["changes"]]

    def responses(card: dict[str, Any]) -> list[list[tuple[str, str]]]:
        return [
            [
                (fold(line["marker"]), fold(line["text"]))
                for key in ("proposal", "response")
                for line in r[key]
            ]
            for r in card["responses"]
        ]

    readers = {"facts": facts, "people": people, "budget": budget, "targets": targets, "results": results,
               "schedule": schedule, "events": events, "outlines": lines_of, "levels": levels_of, "tables": tables,
               "counts": counts, "changes": changes, "responses": responses}  # fmt: skip
    return {name: (read(truth), read(dump)) for name, read in readers.items() if read(truth) != read(dump)}
