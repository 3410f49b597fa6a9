"""Draws workbooks of all layouts and counts what of them arrives: `python -m tests.importer.mutants 100`."""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from govtracker.errors import ImportTrouble
from govtracker.forms import loader
from govtracker.importer.assembly.plan import ImportPlan, plan_workbook
from govtracker.importer.assembly.setting import Given
from govtracker.importer.package.reading import read
from tests.importer.mutator import LAYOUTS, Mutant, Told, compared, leaves, mutant, save, told
from tests.support.expected import CASES, SAMPLES

FORMS = [loader.find(key) for key in loader.form_keys()]
ONE_PLEDGE = "카드 하나가 여러 시트"


@cache
def sources() -> tuple[ImportPlan, ...]:
    """The plans of all samples, and of the real cases where they are: those tests hold against their truth."""
    files = [*(sample.file for sample in SAMPLES), *sorted(CASES.glob("*.xlsx"))]
    return tuple(plan_workbook(read(file), FORMS, Given()) for file in files)


@dataclass
class Drawn:
    """A mutant and the plan whose pledges it is made of."""

    mutant: Mutant
    source: ImportPlan

    def judged(self, path: Path) -> list[tuple[str, str, tuple[str, ...], str, str]]:
        """What became of every value after importing the file; all are missing where it is refused."""
        own = self.source
        given = Given(own.municipality, own.term, own.period.as_of, own.period.label, form=self.mutant.form)
        forms = sorted(FORMS, key=lambda form: form.key != self.mutant.form)
        try:
            plan = plan_workbook(read(path), forms, given)
        except ImportTrouble:
            return [
                ("missing", each.title, key, v, "")
                for each in self.mutant.wanted
                for key, v in leaves(each).items()
            ]
        sums = plan.ledger.sums()
        assert sums["cells"] == sums["imported"] + sums["ignored"] + sums["unplaced"]
        return list(compared(self.mutant.wanted, [told(plan.form, card) for card in plan.cards]))


def draw(kind: str, seed: int) -> Drawn:
    """The workbook of a layout and a seed."""
    chance = random.Random(f"{kind} {seed}")
    source = chance.choice(sources())
    pledges = [told(source.form, card) for card in source.cards]
    chance.shuffle(pledges)
    pledges = pledges[: chance.randint(2, 6)]
    if len(pledges) < 2 and kind != ONE_PLEDGE:
        (only,) = pledges
        pledges.append(
            replace(only, number=f"{only.number}1" if only.number else "", title=f"{only.title} 둘째")
        )
    own = chance.random() < 0.5
    form = source.form if own else next(form for form in FORMS if form.general)
    return Drawn(mutant(kind, seed, [Told(**vars(each)) for each in pledges], form, own=own), source)


def figures(seeds: Iterator[int] | range, folder: Path) -> dict[str, Counter[str]]:
    """By layout: how many values arrived, stand in the list, are wrong."""
    made: dict[str, Counter[str]] = {kind: Counter() for kind in LAYOUTS}
    for seed in seeds:
        for kind in LAYOUTS:
            drawn = draw(kind, seed)
            verdicts = drawn.judged(save(drawn.mutant, folder / "a.xlsx"))
            made[kind] += Counter(verdict for verdict, *_ in verdicts)
            made[kind]["files"] += 1
    return made


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        for layout, counted in figures(range(int(sys.argv[1])), Path(name)).items():
            values = counted["right"] + counted["missing"] + counted["wrong"]
            share = counted["right"] / max(1, values)
            print(
                f"| {layout} | {counted['files']} | {values:,} | {share:.2%} | {counted['missing']} | {counted['wrong']} |"
            )
