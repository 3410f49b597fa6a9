"""Everything that lies on a sheet and is no cell: pictures, shapes, charts, diagrams, controls, embedded files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from govtracker.importer.package.characters import clean
from govtracker.importer.package.parts import Package, Relation, attribute, child, children, local
from govtracker.importer.package.pictures_xml import Placing, extent_of, finished, placing
from govtracker.importer.package.workbook import NonCell, column_letters

_METAFILES = (".wmf", ".emf", ".wmz", ".emz", ".pict", ".pct")
_CONTROLS = {"Checkbox": "check box", "Radio": "option button"}
BOXES = ("check box", "option button")
_VML_BREAK = re.compile(rb"<br\s*>", re.IGNORECASE)


@dataclass(slots=True)
class Control:
    """A check box or an option button on a sheet: its first cell, its words, whether it is ticked."""

    row: int
    column: int
    text: str
    ticked: bool


@dataclass(slots=True)
class Drawn:
    """What lies on one sheet; `used` are the parts of the package that it accounts for."""

    items: list[NonCell] = field(default_factory=list)
    controls: list[tuple[NonCell, Control]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)


def drawn_on(package: Package, part: str) -> Drawn:
    """What lies on a worksheet."""
    made = Drawn()
    for relation in package.relations(part).values():
        if relation.external:
            continue
        made.used.add(relation.target.lower())
        if relation.kind == "drawing":
            _drawing(package, relation.target, made)
        elif relation.kind == "vmlDrawing":
            _vml(package, relation.target, made)
        elif relation.kind in ("oleObject", "package"):
            name = posixpath.basename(relation.target)
            made.items.append(NonCell("embedded file", _embedded_place(package, part, name), name))
        elif relation.kind == "image":
            made.items.append(NonCell("background", "", posixpath.basename(relation.target)))
    return made


def _embedded_place(package: Package, part: str, name: str) -> str:
    """Cell of an embedded file, by the anchor of its object."""
    root = package.xml(part)
    relations = package.relations(part)
    for each in children(root, "oleObject") if root is not None else ():
        relation = relations.get(attribute(each, "id"))
        start = next(children(each, "from"), None)
        if relation is not None and posixpath.basename(relation.target) == name and start is not None:
            row, column = _corner(start)
            return f"{column_letters(column)}{row}"
    return ""


# ---------------------------------------------------------------- drawings


def _drawing(package: Package, part: str, made: Drawn) -> None:
    root = package.xml(part)
    if root is None:
        made.items.append(NonCell("object", "", posixpath.basename(part)))
        return
    relations = package.relations(part)
    made.used |= {relation.target.lower() for relation in relations.values() if not relation.external}
    for anchor in root:
        if local(anchor) not in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
            continue
        start = child(anchor, "from")
        row, column = _corner(start) if start is not None else (1, 1)
        size = extent_of(child(anchor, "ext"))
        before = len(made.items)
        for element in anchor:
            _shape(package, relations, element, (row, column), Placing(size=size), made)
        if len(made.items) == before and not _is_control(anchor):
            made.items.append(_beside("object", row, column, _words(anchor)))


def _corner(start: Element) -> tuple[int, int]:
    """(row, column) of an anchor's first corner, 1-based."""
    values = {local(each): each.text or "0" for each in start}
    return int(values.get("row", "0")) + 1, int(values.get("col", "0")) + 1


def _beside(what: str, row: int, column: int, text: str = "") -> NonCell:
    return NonCell(what, f"{column_letters(column)}{row}", text, row, column)


def _is_control(anchor: Element) -> bool:
    """Whether a shape only stands for a form control, which the older drawing tells in full."""
    return any(True for _ in children(anchor, "compatExt"))


def _words(element: Element) -> str:
    paragraphs = ["".join(t.text or "" for t in children(p, "t")) for p in children(element, "p")]
    return clean("\n".join(text for text in paragraphs if text.strip())).strip()


def _shape(
    package: Package,
    relations: dict[str, Relation],
    element: Element,
    at: tuple[int, int],
    group: Placing,
    made: Drawn,
) -> None:
    kind = local(element)
    if kind == "AlternateContent":
        for inner in child(element, "Choice") or child(element, "Fallback") or ():
            _shape(package, relations, inner, at, group, made)
    elif kind == "grpSp":
        inner_group = group.within(element)
        for inner in element:
            _shape(package, relations, inner, at, inner_group, made)
    elif kind == "pic":
        made.items.append(_picture(package, relations, element, at, group))
    elif kind in ("sp", "cxnSp"):
        text = _words(element)
        if text and not _is_control(element):
            made.items.append(_beside("text box", *at, text))
        elif kind == "cxnSp" or not _is_control(element):
            made.items.append(_beside("shape", *at))
    elif kind == "graphicFrame":
        _frame(package, relations, element, at, made)
    elif kind == "contentPart":
        made.items.append(_beside("ink", *at))


def _frame(
    package: Package, relations: dict[str, Relation], element: Element, at: tuple[int, int], made: Drawn
) -> None:
    data = next(children(element, "graphicData"), None)
    uri = data.get("uri", "") if data is not None else ""
    if uri.endswith("/diagram"):
        ids = next(children(element, "relIds"), None)
        relation = relations.get(attribute(ids, "dm")) if ids is not None else None
        root = package.xml(relation.target) if relation is not None else None
        made.items.append(_beside("diagram", *at, _words(root) if root is not None else ""))
    elif "chart" in uri:
        made.items.append(_beside("chart", *at))
    else:
        made.items.append(_beside("object", *at, _words(element)))


def _picture(
    package: Package, relations: dict[str, Relation], element: Element, at: tuple[int, int], group: Placing
) -> NonCell:
    item = _beside("picture", *at)
    blip = next(children(element, "blip"), None)
    relation = relations.get(attribute(blip, "embed")) if blip is not None else None
    if relation is None or relation.external:
        linked = relations.get(attribute(blip, "link")) if blip is not None else None
        linked = linked or relation
        item.what = "linked picture"
        item.text = linked.target if linked is not None else ""
        return item
    if relation.target.lower().endswith(_METAFILES):
        item.what, item.text = "metafile", posixpath.basename(relation.target)
        return item
    properties = next(children(element, "cNvPr"), None)
    if properties is not None and properties.get("hidden") in ("1", "true"):
        item.what, item.text = "hidden picture", posixpath.basename(relation.target)
        return item
    return finished(item, package.data(relation.target), placing(element, group))


# ---------------------------------------------------------------- pictures in cells


class CellPictures:
    """Pictures that stand in cells: WPS's by the name in the cell's formula, Excel's by the number of its rich value."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.used: set[str] = set()
        self._wps: dict[str, tuple[str, Element]] | None = None
        self._excel: list[str] | None = None

    def of_formula(self, formula: str, place: str, row: int, column: int) -> NonCell | None:
        """The picture of `DISPIMG("ID_…",1)`; None for any other formula."""
        found = re.search(r'DISPIMG\(\s*"([^"]+)"', formula)
        if not found:
            return None
        item = NonCell("picture", place, "", row, column)
        part, element = self._by_name().get(found[1], ("", None))
        if not part or element is None:
            item.what = "lost picture"
            return item
        return finished(item, self.package.data(part), placing(element, Placing()))

    def of_rich_value(self, number: int, place: str, row: int, column: int) -> NonCell | None:
        """The picture of a cell with a rich value (counted from 1); None where it is no picture."""
        if self._excel is None:
            self._excel = list(self._rich_parts())
        if not 1 <= number <= len(self._excel) or not self._excel[number - 1]:
            return None
        item = NonCell("picture", place, "", row, column)
        return finished(item, self.package.data(self._excel[number - 1]), Placing())

    def _by_name(self) -> dict[str, tuple[str, Element]]:
        if self._wps is None:
            self._wps = {}
            folder = posixpath.dirname(self.package.workbook_part())
            part = posixpath.join(folder, "cellimages.xml")
            root, relations = self.package.xml(part), self.package.relations(part)
            self.used |= {relation.target.lower() for relation in relations.values()}
            for element in children(root, "pic") if root is not None else ():
                name, blip = next(children(element, "cNvPr"), None), next(children(element, "blip"), None)
                relation = relations.get(attribute(blip, "embed")) if blip is not None else None
                if name is not None and relation is not None:
                    self._wps[name.get("name", "")] = relation.target, element
        return self._wps

    def _rich_parts(self) -> Iterator[str]:
        """Part of the picture of every value metadata of the workbook, "" where it is none ([MS-XLSX] 2.2.4)."""
        folder = posixpath.dirname(self.package.workbook_part())
        metadata = self.package.xml(posixpath.join(folder, "metadata.xml"))
        values = self.package.xml(posixpath.join(folder, "richData", "rdrichvalue.xml"))
        pointers = posixpath.join(folder, "richData", "richValueRel.xml")
        rels, relations = self.package.xml(pointers), self.package.relations(pointers)
        if metadata is None or values is None or rels is None:
            return
        self.used |= {relation.target.lower() for relation in relations.values()}
        targets = [relations.get(attribute(each, "id")) for each in children(rels, "rel")]
        future = [int(each.get("i", "0")) for each in children(metadata, "rvb")]
        rich = [[v.text or "" for v in children(each, "v")] for each in children(values, "rv")]
        own = next(children(metadata, "valueMetadata"), None)
        for block in children(own, "bk") if own is not None else ():
            number = next((int(rc.get("v", "0")) for rc in children(block, "rc")), -1)
            at = future[number] if 0 <= number < len(future) else -1
            first = rich[at][0] if 0 <= at < len(rich) and rich[at] else ""
            relation = targets[int(first)] if first.isdigit() and int(first) < len(targets) else None
            yield relation.target if relation is not None and not relation.external else ""


# ---------------------------------------------------------------- form controls


def _vml(package: Package, part: str, made: Drawn) -> None:
    """Controls and objects of the older drawing; the boxes of comments are told with the comments."""
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root: Element = fromstring(_VML_BREAK.sub(b"<br/>", package.data(part)))
    except ParseError:
        made.items.append(NonCell("object", "", posixpath.basename(part)))
        return
    made.used |= {r.target.lower() for r in package.relations(part).values() if not r.external}
    for shape in children(root, "shape"):
        data = next(children(shape, "ClientData"), None)
        kind = data.get("ObjectType", "") if data is not None else ""
        if data is None or kind == "Note":
            continue
        values = {local(each): (each.text or "").strip() for each in data}
        anchor = [int(part) for part in re.findall(r"-?\d+", values.get("Anchor", ""))]
        row, column = (anchor[2] + 1, anchor[0] + 1) if len(anchor) == 8 else (1, 1)
        box = next(children(shape, "textbox"), None)
        text = clean("".join(box.itertext())).strip() if box is not None else ""
        if kind in _CONTROLS:
            ticked = values.get("Checked", "0") == "1"
            item = _beside(_CONTROLS[kind], row, column, f"{'☑' if ticked else '☐'} {text}".strip())
            made.items.append(item)
            made.controls.append((item, Control(row, column, text, ticked)))
        elif kind != "Pict":
            made.items.append(_beside("control", row, column, text))
