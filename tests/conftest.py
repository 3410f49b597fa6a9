"""Shared fixtures; the machine's own forms, folders and screen stay out of the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.model.dates import Term

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_SLOW_FIRST = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "quick",
    max_examples=25,
    deadline=None,
    suppress_health_check=_SLOW_FIRST,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
settings.register_profile("here", max_examples=25, deadline=None, suppress_health_check=_SLOW_FIRST)
settings.register_profile(
    "ci", max_examples=25, deadline=None, suppress_health_check=_SLOW_FIRST, derandomize=True, database=None
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "here"))

SOAK = "GOVTRACKER_SOAK"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get(SOAK) != "1":
        skip = pytest.mark.skip(reason=f"a soak: runs with {SOAK}=1 only (make soak)")
        for item in items:
            if "soak" in item.keywords:
                item.add_marker(skip)


@pytest.fixture(autouse=True, scope="session")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No form or setting of the user who runs the tests is seen."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GOVTRACKER_FORMS", raising=False)
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(home / name.lower()))
        yield


@pytest.fixture(scope="session")
def gwanak() -> Form:
    return loader.find("gwanak")


@pytest.fixture(scope="session")
def setting() -> Setting:
    return Setting(Term(date(2022, 7, 1), date(2026, 6, 30)), date(2023, 12, 31))


@pytest.fixture
def book_path(tmp_path: Path) -> Path:
    return tmp_path / "대장.govtracker"


@pytest.fixture(autouse=True, scope="session")
def own_data(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Backups of the tests' books lie in a folder of their own, in child processes, too."""
    os.environ["GOVTRACKER_DATA"] = str(tmp_path_factory.mktemp("data"))
