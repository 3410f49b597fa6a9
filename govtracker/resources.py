"""Where the bundled resources are: beside a checkout, inside a wheel, or inside a frozen bundle."""

from __future__ import annotations

import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def root() -> Path:
    """Folder of the resources; RuntimeError when the installation lacks them."""
    here = Path(__file__).resolve().parent
    frozen = Path(getattr(sys, "_MEIPASS", here))
    for folder in (here / "_resources", here.parent / "resources", frozen / "resources"):
        if (folder / "fields.toml").is_file():
            return folder
    raise RuntimeError("resources are missing from this installation")


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of the resources, parsed once."""
    return tomllib.loads((root() / name).read_text(encoding="utf-8"))
