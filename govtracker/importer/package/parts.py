"""The parts of an OOXML package: read as XML, found by their relations."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, NamedTuple
from xml.etree.ElementTree import Element

STRICT = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
)
"""Namespaces of the Strict format and those of the usual one (ISO/IEC 29500-1 and -4)."""


class Relation(NamedTuple):
    """What a part points to: the last word of the relation's type, the part's name, whether it lies outside the file."""

    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class SheetPart:
    """A worksheet of the workbook: its name, its part, its place in the order."""

    name: str
    part: str


def local(element: Element | Any) -> str:
    """Name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without a namespace, "" where there is none."""
    found = element.get(name)
    if found is not None:
        return found
    return next((value for key, value in element.attrib.items() if key.endswith("}" + name)), "")


def children(element: Element, name: str) -> Iterator[Element]:
    """Every element of a name under an element, at any depth."""
    return (each for each in element.iter() if local(each) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """The element at a path of names, each the first of its name."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


class Package:
    """An open package; parts that are missing or no XML are None."""

    def __init__(self, file: IO[bytes]) -> None:
        self.archive = zipfile.ZipFile(file)
        self.names = {name.lower(): name for name in self.archive.namelist()}
        self._texts: list[str] | None = None

    def data(self, part: str) -> bytes:
        """Contents of a part, b"" where there is none."""
        name = self.names.get(part.lower())
        return self.archive.read(name) if name else b""

    def open(self, part: str) -> IO[bytes] | None:
        """A part to be read piece by piece."""
        name = self.names.get(part.lower())
        return self.archive.open(name) if name else None

    def xml(self, part: str) -> Element | None:
        """Root of a part."""
        from defusedxml.ElementTree import ParseError, fromstring

        data = self.data(part)
        if not data:
            return None
        try:
            root: Element = fromstring(data)
        except ParseError:
            return None
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """Relations of a part by their ids."""
        folder, file = posixpath.split(part)
        root = self.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found = {}
        for each in children(root, "Relationship") if root is not None else ():
            target, external = each.get("Target", ""), each.get("TargetMode") == "External"
            if not external:
                joined = target if target.startswith("/") else posixpath.join("/", folder, target)
                target = posixpath.normpath(joined).lstrip("/")
            found[each.get("Id", "")] = Relation(each.get("Type", "").rpartition("/")[2], target, external)
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """Parts inside the file that a part points to with relations of a kind."""
        return [r.target for r in self.relations(part).values() if r.kind == kind and not r.external]

    def text_of(self, kind: str, value: str) -> str:
        """The text of a stored value; one of type `s` is a number in the workbook's table of texts."""
        if kind != "s":
            return value
        if self._texts is None:
            root = next((self.xml(p) for p in self.related(self.workbook_part(), "sharedStrings")), None)
            items = children(root, "si") if root is not None else ()
            self._texts = ["".join(t.text or "" for t in children(item, "t")) for item in items]
        return self._texts[int(value)] if value.isdigit() and int(value) < len(self._texts) else value

    def workbook_part(self) -> str:
        """The part of the workbook itself."""
        found = [r.target for r in self.relations("").values() if r.kind == "officeDocument"]
        return found[0] if found else "xl/workbook.xml"

    def sheets(self) -> list[SheetPart]:
        """The worksheets in the workbook's order; those whose part is missing are left out."""
        book = self.workbook_part()
        root = self.xml(book)
        if root is None:
            return []
        relations = self.relations(book)
        found = []
        for sheet in children(root, "sheet"):
            relation = relations.get(attribute(sheet, "id"))
            if (
                relation is not None
                and relation.target.lower() in self.names
                and relation.kind == "worksheet"
            ):
                found.append(SheetPart(sheet.get("name", ""), relation.target))
        return found
