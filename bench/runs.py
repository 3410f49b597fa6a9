"""Starting the measuring processes and taking medians."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.inputs import Inputs

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Median:
    """Middle of several runs; `missing` says why there is none, `cpu` are processor seconds where counted."""

    seconds: float = 0.0
    megabytes: float = 0.0
    missing: str = ""
    cpu: float = 0.0


@dataclass(frozen=True, slots=True)
class Tree:
    """A checkout of the program and the inputs that were made with it."""

    root: Path
    inputs: Inputs

    def measure(self, name: str, count: int = 1) -> Median:
        """One run of a case in a fresh process, of an engine in the environment that has it."""
        python = interpreter(name)
        if not python.exists():
            return Median(missing="없습니다: make bench가 .venv-bench에 설치합니다")
        arguments = [str(self.root), str(self.inputs.folder), str(self.inputs.sample), name, str(count)]
        done = subprocess.run(
            [python, "-c", "from bench.child import main; main()", *arguments],
            cwd=self.inputs.folder,
            env=_environment(self.inputs.folder),
            capture_output=True,
            encoding="utf-8",
        )
        if done.returncode:
            return Median(missing=(done.stderr.strip().splitlines() or ["?"])[-1])
        return Median(**json.loads(done.stdout.splitlines()[-1]))


def interpreter(name: str) -> Path:
    """The Python that runs a case: a venv of their own for the packages that only the bench needs."""
    if not name.startswith(("typst", "weasyprint")):
        return Path(sys.executable)
    return ROOT / ".venv-bench" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _environment(folder: Path) -> dict[str, str]:
    """No settings or forms of whoever measures."""
    own = {name: str(folder / "home") for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    fixed = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"}
    kept = {name: value for name, value in os.environ.items() if name != "GOVTRACKER_FORMS"}
    return {**kept, **own, **fixed}


def tree(root: Path, folder: Path, sample: Path, *, peers: bool) -> tuple[Tree, str]:
    """A tree with its book and, where peers are to be measured, their inputs; what went wrong or ""."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Tree(root, Inputs(folder, sample))
    for step in ("book", "record") if peers else ("book",):
        found = made.measure(step)
        if found.missing:
            return made, found.missing
    return made, ""


def medians(wanted: list[tuple[Tree, str, int]], runs: int) -> list[Median]:
    """Medians of several cases, their runs taking turns so that other load meets all alike."""
    found: list[list[Median]] = [[] for _ in wanted]
    for _ in range(runs):
        for (where, name, count), kept in zip(wanted, found, strict=True):
            if not (kept and kept[-1].missing):
                kept.append(where.measure(name, count))
    return [middle(kept) for kept in found]


def middle(runs: list[Median]) -> Median:
    """Median of several runs; what is missing in one is missing."""
    missing = next((run.missing for run in runs if run.missing), "")
    if missing:
        return Median(missing=missing)
    return Median(
        statistics.median(run.seconds for run in runs),
        statistics.median(run.megabytes for run in runs),
        cpu=statistics.median(run.cpu for run in runs),
    )
