"""See that an e-book is open to everyone: words for images, languages, what it says of itself.

The rules are of EPUB Accessibility 1.1 (https://www.w3.org/TR/epub-a11y-11/) and EPUB 3.3; Ace
remains the authority.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from chapbook.inspect.container import OPF, XHTML, Package
from chapbook.inspect.ebook_fault import Fault

DC = "{http://purl.org/dc/elements/1.1/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MATH = "{http://www.w3.org/1998/Math/MathML}math"
SCRIPTS = {f"{XHTML}script", "{http://www.w3.org/2000/svg}script"}
# https://www.w3.org/TR/epub-a11y-11/#sec-disc-package: what must be said
SAID = ("accessMode", "accessibilityFeature", "accessibilityHazard")
# What each file of these kinds begins with (https://mimesniff.spec.whatwg.org/).
BEGINNINGS = {
    "image/png": rb"\x89PNG\r\n\x1a\n",
    "image/jpeg": rb"\xff\xd8\xff",
    "image/gif": rb"GIF8[79]a",
    "image/webp": rb"RIFF....WEBP",
    "font/otf": rb"OTTO|\x00\x01\x00\x00",
    "font/ttf": rb"\x00\x01\x00\x00|true",
    "font/woff": rb"wOFF",
    "font/woff2": rb"wOF2",
}
ROOTS = {
    "application/xhtml+xml": f"{XHTML}html",
    "image/svg+xml": "{http://www.w3.org/2000/svg}svg",
    "application/x-dtbncx+xml": "{http://www.daisy.org/z3986/2005/ncx/}ncx",
}


def _words_for_images(package: Package) -> Iterator[Fault]:
    """Each image and each formula has words in its place, were they none (WCAG 1.1.1)."""
    for name, tree in package.trees.items():
        for element in tree.iter():
            if element.tag == f"{XHTML}img" and element.get("alt") is None:
                message = f"{name} shows {element.get('src', 'an image')} without words for it"
                yield Fault(message, name, element)
            elif element.tag == MATH and not element.get("alttext"):
                yield Fault(f"{name} has a formula without words for it", name, element)


def _languages(package: Package) -> Iterator[Fault]:
    """Each document says its language, twice and the same (WCAG 3.1.1)."""
    if not package.root.get(XML_LANG):
        yield Fault("the package does not say its language")
    for name, tree in package.trees.items():
        if tree.tag == f"{XHTML}html" and not tree.get("lang"):
            yield Fault(f"{name} does not say its language", name)
        for element in tree.iter():
            plain, xml = element.get("lang"), element.get(XML_LANG)
            if element.tag.startswith(XHTML) and (plain or "") != (xml or ""):
                message = f"{name} says two languages of one element: {plain!r} and {xml!r}"
                yield Fault(message, name, element)


def _scripts(package: Package) -> Iterator[Fault]:
    """Nothing in the book is a program (section 6.1.2: readers need not run it)."""
    for name, tree in package.trees.items():
        for element in tree.iter():
            if element.tag in SCRIPTS or any(map(_is_program, element.items())):
                yield Fault(f"{name} has a script in it", name, element)


def _is_program(attribute: tuple[str, str]) -> bool:
    name, text = attribute
    is_address = name.rpartition("}")[2] in ("href", "src")
    return name.startswith("on") or (is_address and text.strip().lower().startswith("javascript:"))


def _media_types(package: Package) -> Iterator[Fault]:
    """Each file is what the manifest says it is (section 5.6.2)."""
    for item in package.items:
        content = package.files.get(item.name)
        beginning = BEGINNINGS.get(item.media_type)
        root = ROOTS.get(item.media_type)
        tree = package.trees.get(item.name)
        is_other = beginning and content is not None and not re.match(beginning, content, re.DOTALL)
        if is_other or (root and tree is not None and tree.tag != root):
            yield Fault(f"{item.name} is not {item.media_type}, as the manifest says", item.name)
        elif not item.media_type:
            yield Fault(f"the manifest does not say what {item.name} is", item.name)


def _metadata(package: Package) -> Iterator[Fault]:
    """The package says what it is (section 5.5) and for whom it is fit."""
    unique = package.root.get("unique-identifier")
    identifiers = {e.get("id"): e for e in package.root.iter(f"{DC}identifier")}
    if unique not in identifiers or not _words(identifiers[unique]):
        yield Fault("the package has no identifier")
    for name in ("title", "language"):
        if not any(map(_words, package.root.iter(f"{DC}{name}"))):
            yield Fault(f"the package has no {name}")
    metas = [meta for meta in package.root.iter(f"{OPF}meta") if not meta.get("refines")]
    said = {meta.get("property", "") for meta in metas if _words(meta)}
    if "dcterms:modified" not in said:
        yield Fault("the package does not say when it was changed last")
    for name in SAID:
        if f"schema:{name}" not in said:
            yield Fault(f"the package does not say its schema:{name}")


def _words(element: Element) -> str:
    return (element.text or "").strip()


def _cover(package: Package) -> Iterator[Fault]:
    """The cover is declared once for new readers and once for old ones, and is the same image."""
    covers = [item for item in package.items if "cover-image" in item.properties]
    old = [m.get("content") for m in package.root.iter(f"{OPF}meta") if m.get("name") == "cover"]
    if len(covers) > 1:
        yield Fault(f"{len(covers)} images are declared to be the cover")
    if old != [item.id for item in covers]:
        yield Fault("old and new readers are told of different covers")
    for item in covers:
        if not item.media_type.startswith("image/"):
            yield Fault(f"the cover, {item.name}, is no image", item.name)


ACCESS = (_words_for_images, _languages, _scripts, _media_types, _metadata, _cover)
