"""Measures of money: what each key of a form's `measures` means to the field, and how the second of a pair prints.

The catalogue (`[measure.x]` of `fields.toml`) says it; code never names a measure. What asks:

- `measures()`: every `MeasureDef` by its key.
- `in_role(keys, role)`: those of some measures that play a role; `SECURED`, `EXECUTED`, `PLANNED` are the roles.
- `printed_measures(columns)`: the measures that some columns print, in their order.
- `measure_labels(section, block)`: what a form calls its measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from govtracker import resources
from govtracker.errors import FormTrouble
from govtracker.forms.columns import Leaf
from govtracker.forms.loader import REMEDY, build
from govtracker.forms.schema import Block, SectionDef

SECURED, EXECUTED, PLANNED = "funding", "spending", "planning"
"""Roles: money that is there (확보), that was spent (집행), that is still to come (계획)."""
ROLES = (SECURED, EXECUTED, PLANNED)


@dataclass(frozen=True, slots=True)
class MeasureDef:
    """A measure: its usual label, its role, what else sheets call it, and what stands around its figure under another's."""

    label: str
    role: str
    names: tuple[str, ...] = ()
    under: tuple[str, ...] = ("(", ")")


@cache
def measures() -> Mapping[str, MeasureDef]:
    """The catalogue's measures by key; FormTrouble naming the place of what is wrong."""
    tables = resources.table("fields.toml")["measure"]
    return {key: _measure(key, table) for key, table in tables.items()}


def _measure(key: str, table: object) -> MeasureDef:
    measure = build(MeasureDef, table, f"fields.toml: measure.{key}")
    if measure.role not in ROLES:
        raise FormTrouble(f"fields.toml: measure.{key}.role", f"모르는 역할입니다: {measure.role!r}", REMEDY)
    if len(measure.under) != 2:
        raise FormTrouble(f"fields.toml: measure.{key}.under", "앞과 뒤, 둘이 필요합니다", REMEDY)
    return measure


def in_role(keys: Iterable[str], role: str) -> tuple[str, ...]:
    """The measures among `keys` that play a role, in their order."""
    return tuple(key for key in keys if measures()[key].role == role)


def printed_measures(columns: Iterable[Leaf]) -> tuple[str, ...]:
    """The measures of some columns, each once: those of a pair in the pair's order."""
    return tuple(dict.fromkeys(measure for leaf in columns for measure in leaf.measures))


def measure_labels(section: SectionDef, block: Block) -> dict[str, str]:
    """Label of every measure, as the block, else the section, else the catalogue spells it."""
    usual = {key: measure.label for key, measure in measures().items()}
    return {**usual, **section.labels, **block.labels}
