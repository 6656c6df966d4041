"""See that an e-book holds together: what it names is there, and nothing comes from outside.

A quick check of our own, each rule with the section of EPUB 3.3
(https://www.w3.org/TR/epub-33/) that asks for it; EPUBCheck remains the authority.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

from chapbook.inspect.container import NCX, XHTML, Package, resolve
from chapbook.inspect.ebook_fault import Fault

_MIMETYPE = b"application/epub+zip"
_CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)|@import\s+['\"]([^'\"]+)['\"]")
_XLINK = "{http://www.w3.org/1999/xlink}href"
_LINKS = {f"{XHTML}a", f"{XHTML}area", f"{NCX}content"}
_ADDRESSES = ("href", "src", "data", "poster", _XLINK)


def _mimetype(package: Package) -> Iterator[Fault]:
    """The first file is `mimetype`, stored as it is (section 4.2.2)."""
    first = package.infos[0]
    if first.filename != "mimetype" or package.files["mimetype"] != _MIMETYPE:
        yield Fault("the archive does not begin with the file mimetype")
    elif first.compress_type != zipfile.ZIP_STORED or first.extra:
        yield Fault("the file mimetype is compressed")


def _names(package: Package) -> Iterator[Fault]:
    """Each name stands once in the archive (section 4.2.2)."""
    for name, times in Counter(info.filename for info in package.infos).items():
        if times > 1:
            yield Fault(f"{name} is {times} times in the archive")


def _manifest(package: Package) -> Iterator[Fault]:
    """The manifest lists exactly the files there are (section 5.6.2)."""
    for name, times in Counter(item.name for item in package.items).items():
        if times > 1:
            yield Fault(f"the manifest lists {name} {times} times")
        if name not in package.files:
            yield Fault(f"the manifest lists {name}, which is not there")
    listed = {item.name for item in package.items} | {"mimetype", package.opf}
    for name in package.files:
        if name not in listed and not name.startswith("META-INF/") and not name.endswith("/"):
            yield Fault(f"the manifest does not list {name}")
    for id, times in Counter(item.id for item in package.items).items():
        if times > 1 or not id:
            yield Fault(f"the manifest's id {id!r} is not unique")


def _spine(package: Package) -> Iterator[Fault]:
    """The spine names documents of the manifest, once each (section 5.7.2)."""
    if not package.spine:
        yield Fault("nothing stands in the reading order")
    for id, times in Counter(package.spine).items():
        if package.item(id) is None:
            yield Fault(f"the reading order names {id!r}, which is not in the manifest")
        elif times > 1:
            yield Fault(f"the reading order names {id!r} {times} times")


def _navigation(package: Package) -> Iterator[Fault]:
    """One document is the navigation (section 5.6.2.1)."""
    if sum("nav" in item.properties for item in package.items) != 1:
        yield Fault("there is not exactly one navigation document")


def _well_formed(package: Package) -> Iterator[Fault]:
    """Each XML file is well-formed (section 3.2)."""
    for name, fault in package.faults.items():
        line, column = fault.position
        yield Fault(f"{name} is not well-formed: {fault}", name, None, line, column + 1)


def _ids(package: Package) -> Iterator[Fault]:
    """An id is unique in its document (https://www.w3.org/TR/xml-id/)."""
    for name, tree in package.trees.items():
        ids = Counter(id for element in tree.iter() if (id := element.get("id")) is not None)
        last = {e.get("id"): e for e in tree.iter()} if len(ids) < ids.total() else {}
        for id, times in ids.items():
            if times > 1:
                yield Fault(f"{name} has the id {id!r} {times} times", name, last[id])


def _links(package: Package) -> Iterator[Fault]:
    """Each address inside leads to a place that exists; only a link leads out (section 3.6)."""
    ids = {
        name: {element.get("id") for element in tree.iter()} for name, tree in package.trees.items()
    }
    for name, tree in package.trees.items():
        for element in tree.iter():
            for attribute in _ADDRESSES:
                address = element.get(attribute)
                if address is not None:
                    may_leave = element.tag in _LINKS
                    for message in _address(package, ids, name, address, may_leave):
                        yield Fault(message, name, element)


def _address(
    package: Package, ids: dict[str, set[str | None]], name: str, address: str, may_leave: bool
) -> Iterator[str]:
    if urlsplit(address).scheme or address.startswith("//"):
        if not may_leave and not address.startswith("data:"):
            yield f"{name} takes {address} from outside the book"
        return
    path, fragment = urldefrag(address)
    target = resolve(name, path) if path else name
    if target not in package.files:
        yield f"{name} refers to {address!r}, which is not there"
    elif fragment and target in ids and fragment not in ids[target]:
        yield f"{name} refers to {address!r}, which has no such place"


def _styles(package: Package) -> Iterator[Fault]:
    """A stylesheet, too, takes only what is in the package (section 3.6)."""
    for item in package.items:
        if item.media_type != "text/css" or item.name not in package.files:
            continue
        sheet = package.files[item.name].decode("utf-8", "replace")
        for found in _CSS_ADDRESS.finditer(sheet):
            address = found[1] or found[2]
            for message in _address(package, {}, item.name, address, may_leave=False):
                yield Fault(message, item.name)


STRUCTURE = (
    _mimetype,
    _names,
    _manifest,
    _spine,
    _navigation,
    _well_formed,
    _ids,
    _links,
    _styles,
)
