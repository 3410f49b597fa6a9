"""An earlier commit of the program, checked out beside this one for a while."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def checkout(root: Path, revision: str, folder: Path) -> Iterator[Path]:
    """The revision's files in a new folder, removed afterwards; CalledProcessError where there is none."""
    git = ["git", "-C", str(root), "worktree"]
    subprocess.run(
        [*git, "add", "--quiet", "--detach", str(folder), revision], check=True, capture_output=True
    )
    try:
        yield folder
    finally:
        subprocess.run([*git, "remove", "--force", str(folder)], check=False, capture_output=True)
