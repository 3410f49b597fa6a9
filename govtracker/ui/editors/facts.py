"""Facts: radio buttons for choices, text fields for the rest, two columns in printed order."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QLabel,
    QRadioButton,
    QWidget,
)

from govtracker.forms.loader import vocabulary
from govtracker.forms.schema import FactDef, Form, Option, SectionDef
from govtracker.model.card import Card, Fact, Facts
from govtracker.model.content import clean, one_line
from govtracker.model.place import Place
from govtracker.ui.editors.base import Editor, EditorContext, Panel
from govtracker.ui.editors.fields import TextField, picker
from govtracker.ui.grid.model import SheetModel
from govtracker.ui.grid.view import GridView
from govtracker.ui.kit.flow import Flow
from govtracker.ui.sheets.totals import TotalsSheet, totals_of


class ChoiceField(QWidget):
    """One of the options, and what may be ticked besides inside some of them."""

    changed = Signal()

    def __init__(self, label: str, options: tuple[Option, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.other = QLabel()
        self.other.setObjectName("muted")
        self.words: dict[str, str] = {}
        self.group = QButtonGroup(self)
        self.radios: dict[str, QRadioButton] = {}
        self.inner: dict[str, QCheckBox] = {}
        self.extra: tuple[str, ...] = ()
        row = Flow(self)
        for option in options:
            radio = QRadioButton(option.label)
            radio.setAccessibleName(f"{label}: {option.label}")
            radio.clicked.connect(self._clicked)
            self.group.addButton(radio)
            self.radios[option.key] = radio
            row.addWidget(radio)
            if option.options:
                for inner in option.options:
                    box = QCheckBox(inner.label)
                    box.setObjectName("inner")
                    box.setAccessibleName(f"{label}: {option.label}: {inner.label}")
                    box.clicked.connect(self._clicked)
                    self.inner[f"{option.key}.{inner.key}"] = box
                    row.addWidget(box)
        row.addWidget(self.other)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the choice back."""
        if event.key() == Qt.Key.Key_Delete and self.chosen():
            self.set(())
            self.changed.emit()
            return
        super().keyPressEvent(event)

    def set(self, chosen: tuple[str, ...]) -> None:
        """Show the chosen keys; keys that the form doesn't know are kept for `chosen`."""
        self.group.setExclusive(False)
        for key, radio in self.radios.items():
            radio.setChecked(key in chosen)
        self.group.setExclusive(True)
        for key, box in self.inner.items():
            box.setChecked(key in chosen)
        self.extra = tuple(key for key in chosen if key not in self.radios and key not in self.inner)
        self.other.setText(
            f"이 서식에 없는 값: {', '.join(self.words.get(k, k) for k in self.extra)}" if self.extra else ""
        )
        self.other.setVisible(bool(self.extra))
        ticked = [radio for key, radio in self.radios.items() if key in chosen]
        for radio in (ticked or list(self.radios.values()))[:1]:
            self.setFocusProxy(radio)
        self._enable()

    def chosen(self) -> tuple[str, ...]:
        """The chosen keys in the form's order."""
        found = []
        for key, radio in self.radios.items():
            if radio.isChecked():
                found.append(key)
                found += [
                    inner
                    for inner, box in self.inner.items()
                    if inner.startswith(f"{key}.") and box.isChecked()
                ]
                found += [inner for inner in self.extra if inner.startswith(f"{key}.")]
        return tuple(found)

    def _clicked(self) -> None:
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        for key, box in self.inner.items():
            box.setEnabled(self.radios[key.split(".")[0]].isChecked())


class FactsEditor(Editor):
    def __init__(self, definition: SectionDef, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(definition, context, parent)
        self.facts = Facts()
        self.entries: dict[str, TextField | ChoiceField] = {}
        panel = Panel(definition.label)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, key in enumerate(definition.fields):
            fact = context.form.fact[key]
            label = QLabel(one_line(fact.label))
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            field = self._field(key, fact)
            field.setAccessibleName(one_line(fact.label))
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
            if fact.type == "pick" and isinstance(field, TextField):
                grid.addWidget(picker(field, fact), row, 2)
            if isinstance(field, TextField) and _summed(context.form, key):
                field.setPlaceholderText("비워 두면 예산 표에서 계산합니다")
        grid.setColumnMinimumWidth(0, 130)
        grid.setColumnStretch(1, 1)
        panel.body.addLayout(grid)
        self.strange = QLabel()
        self.strange.setObjectName("muted")
        self.strange.setWordWrap(True)
        self.strange.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        panel.body.addWidget(self.strange)
        self.box.addWidget(panel)
        first = next((s.key for s in context.form.section if s.kind == "facts"), "")
        self.totals = self._totals() if definition.key == first else []

    def _totals(self) -> list[SheetModel]:
        """The totals that the form's header prints: computed from the money sections, read only."""
        made = []
        for title, cells in totals_of(self.context.form):
            panel = Panel(title)
            model = SheetModel(TotalsSheet(self.context.form, self.context.setting, None, cells), self)
            grid = GridView(model)
            grid.setAccessibleName(title)
            panel.note("투자 표의 금액에서 계산합니다.")
            panel.body.addWidget(grid)
            self.box.addWidget(panel)
            made.append(model)
        return made

    def _field(self, key: str, fact: FactDef) -> TextField | ChoiceField:
        field: TextField | ChoiceField
        if fact.type == "choice" and fact.options:
            field = ChoiceField(one_line(fact.label), fact.options)
            field.words = _words(key)
            field.changed.connect(lambda: self._chosen(key))
        else:
            field = TextField()
            field.textChanged.connect(lambda: self._typed(key))
            field.left.connect(self.commit)
        self.entries[key] = field
        return field

    def set(self, card: Card) -> None:
        section = self.section_of(card)
        assert isinstance(section, Facts)
        self.facts = section
        for model in self.totals:
            sheet = model.sheet
            assert isinstance(sheet, TotalsSheet)
            model.set_sheet(TotalsSheet(self.context.form, self.context.setting, card, sheet.cells))
        strange = [self._strange(fact) for fact in section.values if self._strange(fact)]
        self.strange.setText("이 서식에 없는 값: " + " · ".join(strange))
        self.strange.setVisible(bool(strange))
        for key, field in self.entries.items():
            fact = section.get(key)
            if isinstance(field, ChoiceField):
                field.set(fact.chosen)
            else:
                field.put(fact.text)

    def fields(self) -> Iterator[tuple[Place, QWidget]]:
        for key, field in self.entries.items():
            yield Place(self.definition.key, field=key), field

    def _strange(self, fact: Fact) -> str:
        """What of a fact no field shows."""
        field, words = self.entries.get(fact.key), _words(fact.key)
        chosen = () if isinstance(field, ChoiceField) else tuple(words.get(k, k) for k in fact.chosen)
        shown = "" if isinstance(field, TextField) else fact.text
        what = ", ".join(text for text in (shown, *chosen) if text)
        name = vocabulary("fact").get(fact.key, {}).get("label", fact.key)
        return f"{one_line(name)} {what}" if what else ""

    def _chosen(self, key: str) -> None:
        field = self.entries[key]
        assert isinstance(field, ChoiceField)
        self._take(Fact(key, self.facts.get(key).text, field.chosen()), merge=False)

    def _typed(self, key: str) -> None:
        field = self.entries[key]
        assert isinstance(field, TextField)
        self._take(Fact(key, clean(field.toPlainText()), self.facts.get(key).chosen), merge=True)

    def _take(self, fact: Fact, *, merge: bool) -> None:
        known = {f.key: f for f in self.facts.values}
        if not fact.text and not fact.chosen:
            known.pop(fact.key, None)
        else:
            known[fact.key] = fact
        self.facts = Facts(tuple(known.values()))
        self.tell(self.facts, merge=merge)


def _summed(form: Form, key: str) -> bool:
    """Whether the form computes a fact that isn't entered."""
    return any(cell.fact == key and cell.sum for block in form.block for row in block.rows for cell in row)


def _words(key: str) -> dict[str, str]:
    """Labels of a fact's options in the catalogue, inner ones by `outer.inner`."""
    made: dict[str, str] = {}
    for option in vocabulary("fact").get(key, {}).get("options", ()):
        made[option["key"]] = option["label"]
        for inner in option.get("options", ()):
            made[f"{option['key']}.{inner['key']}"] = inner["label"]
    return made
