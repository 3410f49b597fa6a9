"""What a list of cards shows of each card, whatever its form: status, fulfilment rate, department, kind.

Values are found by the catalogue's keys (`fields.toml`); `Form.overview` may name another fact or a closing row.
"""

from __future__ import annotations

from dataclasses import dataclass

from govtracker.arithmetic.records import RecordTable
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.options import option_key
from govtracker.forms.schema import FactDef, Footer, Form
from govtracker.model.card import Card, Changes, Fact, Facts, People
from govtracker.model.content import one_line
from govtracker.model.dates import parse_when
from govtracker.model.figure import Figure, parse_figure

STATUS, NATURE, COMPLETION = loader.STATUS, "nature", "completion"
NATURES = (NATURE, "kind_of_work", "category")
"""Facts that may say whether a pledge is new or continuing, in order."""
TARGET_MONTH, PROGRESS, DEPARTMENT = "target_month", "progress", "lead_department"
WITHIN, AFTER = "within", "after"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a list says of a card: its status in its form's own word, its fulfilment rate in percent."""

    status: str
    fulfilment: Figure


def fact_of(card: Card, key: str) -> Fact:
    """The fact under a key, in whatever section it stands; empty where there is none."""
    for _, section in card.sections:
        if isinstance(section, Facts) and (found := section.get(key)) != Fact(key):
            return found
    return Fact(key)


def labels(form: Form, fact: Fact) -> tuple[str, ...]:
    """What a fact says: its text where nothing is chosen, else the chosen options' labels.

    The text beside a choice is the label as a sheet spelled it; it goes first as long as it means what is chosen.
    """
    own = form.fact.get(fact.key) or loader.catalogue().get(fact.key) or FactDef("")
    raw = one_line(fact.text)
    chosen = tuple(option.label for option in own.options if option.key in fact.chosen)
    if not chosen or (raw and option_key(raw, own) in fact.chosen):
        return (raw,) if raw else ()
    return chosen


def meant(form: Form, card: Card, keys: tuple[str, ...], wanted: str) -> tuple[str, str]:
    """(option of the catalogue's field `wanted`, label as printed) by the first fact that says one.

    A choice says it by its key; a text, or a choice of another field, by its label or one of the aliases.
    Where no fact's label is an option, the key is "" and the label the first one that there is.
    """
    spoken = ""
    for key in keys:
        fact = fact_of(card, key)
        for label in labels(form, fact):
            spoken = spoken or label
            if found := _option(form, fact, label, wanted):
                return found, label
    return "", spoken


def _option(form: Form, fact: Fact, label: str, wanted: str) -> str:
    shared = loader.catalogue()[wanted]
    known = {option.key for option in shared.options}
    if fact.key == wanted:
        chosen = next((key for key in fact.chosen if key in known), "")
        if chosen:
            return chosen
    own: FactDef = form.fact.get(wanted, shared)
    found = option_key(label, own, shared)
    return found if found in known else ""


def status(form: Form, card: Card) -> tuple[str, str]:
    """(status by the catalogue's key, label as the card's form prints it); "" for what there is not."""
    return meant(form, card, tuple(dict.fromkeys((form.overview.status or STATUS, STATUS))), STATUS)


def nature(form: Form, card: Card) -> str:
    """New or continuing, by the catalogue's key."""
    return meant(form, card, NATURES, NATURE)[0]


def completion(form: Form, card: Card, setting: Setting) -> str:
    """Done within the term or after it: as the card says, else by its target month (목표연월)."""
    said = meant(form, card, (COMPLETION,), COMPLETION)[0]
    month = parse_when(fact_of(card, TARGET_MONTH).text) if not said else None
    if month is None or month.last is None or setting.term.months.last is None:
        return said
    return WITHIN if month.last <= setting.term.months.last else AFTER


def fulfilment(form: Form, card: Card, setting: Setting) -> Figure:
    """The fulfilment rate in percent: the closing row or the fact that the form names, else the progress rate."""
    for block in form.block:
        for footer in block.footer:
            if _closes(form, footer):
                return RecordTable(form, block, card, setting).footed(footer)
    return parse_figure(one_line(fact_of(card, _fulfilment_fact(form)).text).removesuffix("%").strip())


def _closes(form: Form, footer: Footer) -> bool:
    return footer.label == form.overview.fulfilment


def _fulfilment_fact(form: Form) -> str:
    return form.overview.fulfilment if form.overview.fulfilment in form.fact else PROGRESS


def fulfilment_label(form: Form) -> str:
    """What the form calls its fulfilment rate: the closing row's label or the fact's."""
    if any(_closes(form, footer) for block in form.block for footer in block.footer):
        return form.overview.fulfilment
    fact = form.fact.get(_fulfilment_fact(form))
    return one_line(fact.label) if fact else form.overview.fulfilment


def shown(form: Form, card: Card, setting: Setting) -> Shown:
    """What a list says of the card."""
    return Shown(status(form, card)[1], fulfilment(form, card, setting))


def department(card: Card) -> str:
    """The lead department: the fact, else that of the first person of the first people."""
    named = one_line(fact_of(card, DEPARTMENT).text)
    people = (section for _, section in card.sections if isinstance(section, People))
    return named or next(
        (one_line(section.persons[0].department) for section in people if section.persons), ""
    )


def changes(card: Card) -> tuple[Changes, ...]:
    """Every section of changes."""
    return tuple(section for _, section in card.sections if isinstance(section, Changes))
