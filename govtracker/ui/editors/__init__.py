"""One editor per kind of section, one registry."""

from __future__ import annotations

from govtracker.ui.editors.base import Editor
from govtracker.ui.editors.events import EventsEditor, ResponsesEditor
from govtracker.ui.editors.facts import FactsEditor
from govtracker.ui.editors.money import BudgetEditor
from govtracker.ui.editors.outline.panel import OutlineEditor
from govtracker.ui.editors.tables import (
    ChangesEditor,
    CountsEditor,
    IndicatorsEditor,
    PeopleEditor,
    ScheduleEditor,
)

EDITORS: dict[str, type[Editor]] = {
    "facts": FactsEditor,
    "people": PeopleEditor,
    "outline": OutlineEditor,
    "budget": BudgetEditor,
    "indicators": IndicatorsEditor,
    "schedule": ScheduleEditor,
    "events": EventsEditor,
    "counts": CountsEditor,
    "changes": ChangesEditor,
    "responses": ResponsesEditor,
}
"""Editor class by kind."""

__all__ = ["EDITORS", "Editor"]
