"""The sample as documents, made once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from govtracker.export.document import Document
from govtracker.export.layout import document
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.importer.assembly.plan import ImportPlan, plan_import
from govtracker.importer.assembly.setting import Given
from govtracker.model.card import Card
from tests.support.expected import SAMPLE


@dataclass(frozen=True)
class Sample:
    plan: ImportPlan
    documents: dict[str, Document]

    def picture(self, sha: str) -> bytes:
        return self.plan.pictures[sha]

    def card(self, number: str) -> Card:
        return next(card for card in self.plan.cards if card.pledge.number == number)


@pytest.fixture(scope="session")
def sample() -> Sample:
    plan = plan_import(SAMPLE, [loader.find("gwanak")], Given())
    setting = Setting(plan.term, plan.period.as_of)
    made = {card.pledge.number: document(plan.form, card, setting, plan.municipality) for card in plan.cards}
    return Sample(plan, made)
