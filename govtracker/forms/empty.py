"""What a section of a form holds before anything is entered."""

from __future__ import annotations

from govtracker.forms.schema import SectionDef
from govtracker.model.card import KINDS, Budget, BudgetItem, Section


def empty_section(definition: SectionDef) -> Section:
    """An empty section of the kind; a budget in the form's unit, with its nameless item where the form has no items."""
    if definition.kind == "budget":
        return Budget(definition.unit, () if definition.items else (BudgetItem(),))
    return KINDS[definition.kind]()
