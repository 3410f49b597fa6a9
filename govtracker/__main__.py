"""Start: the commands, or the window when there is none."""

from __future__ import annotations

import multiprocessing


def main() -> None:
    """Entry of `python -m govtracker` and of the installed command."""
    multiprocessing.freeze_support()
    from govtracker.cli import main as commands

    commands()


if __name__ == "__main__":
    main()
