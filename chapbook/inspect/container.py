"""Open an e-book with the standard library alone (https://www.w3.org/TR/epub-33/)."""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree import ElementTree

OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
CONTAINER = "META-INF/container.xml"
_ROOTFILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_XML_TYPES = {"application/xhtml+xml", "image/svg+xml", "application/x-dtbncx+xml"}


class BrokenPackageError(Exception):
    """An e-book that can not even be opened."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the manifest; `name` is the file's place in the package."""

    id: str
    name: str
    media_type: str
    properties: tuple[str, ...]

    @property
    def is_xml(self) -> bool:
        """Whether it must be well-formed."""
        return self.media_type in _XML_TYPES


@dataclass(frozen=True, slots=True)
class Package:
    """An opened e-book: its files, its manifest, and the manifest's ids in reading order.

    `trees` has every XML file of the manifest that is well-formed, `faults` the others' errors.
    """

    opf: str
    root: ElementTree.Element
    infos: tuple[zipfile.ZipInfo, ...]
    files: Mapping[str, bytes]
    items: tuple[Item, ...]
    spine: tuple[str, ...]
    trees: Mapping[str, ElementTree.Element]
    faults: Mapping[str, ElementTree.ParseError]

    def item(self, id: str) -> Item | None:
        """Give the manifest's line with an id."""
        return next((item for item in self.items if item.id == id), None)


def open_package(epub: bytes) -> Package:
    """Read an e-book whole; raises `BrokenPackageError` where it has no readable package."""
    try:
        with zipfile.ZipFile(io.BytesIO(epub)) as archive:
            infos = tuple(archive.infolist())
            files = {info.filename: archive.read(info) for info in infos}
        opf = _package_document(files)
        root = ElementTree.fromstring(files[opf])
    except zipfile.BadZipFile as fault:
        raise BrokenPackageError(f"the file is no zip archive: {fault}") from fault
    except KeyError as fault:
        raise BrokenPackageError(f"{fault.args[0]} is not in the archive") from fault
    except ElementTree.ParseError as fault:
        raise BrokenPackageError(f"the package is not well-formed: {fault}") from fault
    items = tuple(_item(opf, element) for element in root.iter(f"{OPF}item"))
    spine = tuple(element.get("idref", "") for element in root.iter(f"{OPF}itemref"))
    trees, faults = _parse(files, items)
    return Package(opf, root, infos, files, items, spine, trees, faults)


def _package_document(files: Mapping[str, bytes]) -> str:
    rootfile = ElementTree.fromstring(files[CONTAINER]).find(f".//{_ROOTFILE}")
    if rootfile is None:
        raise BrokenPackageError(f"{CONTAINER} names no package document")
    return rootfile.get("full-path", "")


def _item(opf: str, element: ElementTree.Element) -> Item:
    return Item(
        element.get("id", ""),
        resolve(opf, element.get("href", "")),
        element.get("media-type", ""),
        tuple(element.get("properties", "").split()),
    )


def _parse(
    files: Mapping[str, bytes], items: tuple[Item, ...]
) -> tuple[dict[str, ElementTree.Element], dict[str, ElementTree.ParseError]]:
    trees, faults = {}, {}
    for item in items:
        if item.is_xml and item.name in files:
            try:
                trees[item.name] = ElementTree.fromstring(files[item.name])
            except ElementTree.ParseError as fault:
                faults[item.name] = fault
    return trees, faults


def resolve(base: str, reference: str) -> str:
    """Give the place in the package that a relative address without fragment leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(reference)))
