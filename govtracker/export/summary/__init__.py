"""Summary -> Documents: the three summary forms, laid out as `summary.toml` says. Same pages and sheets as the cards'."""

from __future__ import annotations

from govtracker.arithmetic.summary import Summary
from govtracker.export.document import Document
from govtracker.export.summary import changes, details, overall
from govtracker.export.summary.parts import Plan
from govtracker.forms.columns import Setting
from govtracker.forms.summary import SummaryForm

PARTS = (overall.overall, details.details, changes.changes)


def documents(form: SummaryForm, summary: Summary, setting: Setting, municipality: str) -> list[Document]:
    """Overall, details, changes."""
    plan = Plan(form, summary, setting, municipality)
    return [part(plan) for part in PARTS]
