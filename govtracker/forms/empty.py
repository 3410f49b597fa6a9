"""What a section of a form holds before anything is entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from govtracker.forms.columns import HALVES, Setting
from govtracker.forms.schema import Form, SectionDef
from govtracker.forms.template import fill, names_of
from govtracker.model.card import KINDS, Budget, BudgetItem, Indicator, Indicators, Outline, Part, Section


def empty_section(definition: SectionDef) -> Section:
    """An empty section of the kind; a budget in the form's unit, with its nameless item where the form has no items."""
    if definition.kind == "budget":
        return Budget(definition.unit, () if definition.items else (BudgetItem(),))
    return KINDS[definition.kind]()


def fresh_section(form: Form, definition: SectionDef, setting: Setting) -> Section:
    """What a new card begins with: empty but for the periods and the rows of shares that the form always prints."""
    section = empty_section(definition)
    if isinstance(section, Outline) and definition.start:
        return replace(section, parts=tuple(Part("", _filled(label, setting)) for label in definition.start))
    if isinstance(section, Budget) and definition.items:
        return replace(section, items=(BudgetItem(),))
    share = next((group.key for group in definition.groups if group.share), "")
    if isinstance(section, Indicators) and share:
        names = [name for block in form.block if block.section == definition.key for name in block.shares]
        return Indicators(tuple(Indicator(name, group=share) for name in names))
    return section


def _filled(label: str, setting: Setting) -> str:
    """A period's label with its dates: `half` is the half-year that ends with the as-of date."""
    day = setting.as_of
    first = day.month <= 6
    before = date(day.year - 1, 12, 31) if first else date(day.year, 6, 30)
    names = {
        **names_of(setting.term, day),
        "before_half": f"{before.year}. {before.month}.",
        "half": HALVES[0 if first else 1],
        "half_span": f"{day.year}. {1 if first else 7}. ~ {6 if first else 12}.",
        "next_half": f"{day.year if first else day.year + 1}년 {HALVES[1 if first else 0]}",
    }
    return fill(label, names)
