"""Make a division's tree fit for an e-book."""

import re
from collections.abc import Iterator
from html import escape
from itertools import count, pairwise
from xml.etree.ElementTree import Element

from chapbook.compose.epub_forms import settle_forms
from chapbook.compose.markup import EPUB, XML, classes, remove
from chapbook.model import Division

# The roles of https://www.w3.org/TR/dpub-aria-1.1/ that a section may have.
ROLES = frozenset(
    {"acknowledgments", "afterword", "appendix", "bibliography", "chapter", "colophon", "endnotes"}
    | {"conclusion", "dedication", "epilogue", "foreword", "glossary", "index", "introduction"}
    | {"part", "preface", "prologue"}
)
TYPE = f"{{{EPUB}}}type"
BLANK, RULED = "blank-page", "notes-page"
# What the classes of some elements mean, by https://www.w3.org/TR/dpub-aria-1.1/.
SPOKEN = {
    "a": {
        "biblioref": "biblioref",
        "note-call": "noteref",
        "note-back": "backlink",
        "way-back": "backlink",
    },
    "blockquote": {"epigraph": "epigraph"},
    "div": {
        "bibliography": "bibliography",
        "tip": "tip",
        "hint": "tip",
        "attention": "notice",
        "caution": "notice",
        "danger": "notice",
        "error": "notice",
        "important": "notice",
        "warning": "notice",
    },
    "p": {"subtitle": "subtitle"},
    "section": {"bibliography": "bibliography"},
}
# What stands in an index and a glossary (https://www.w3.org/TR/epub-ssv-11/#indexes), and whether
# it has a role, https://www.w3.org/TR/dpub-aria-1.1/, too.
LISTED = {
    "endnote": ("endnote", ""),
    "index-group": ("index-group", ""),
    "index-entries": ("index-entry-list", ""),
    "index-entry": ("index-entry", ""),
    "index-term": ("index-term", ""),
    "locators": ("index-locator-list", ""),
    "range": ("index-locator-range", ""),
    "locator": ("index-locator", ""),
    "see": ("index-xref-preferred", ""),
    "see-also": ("index-xref-related", ""),
    "term": ("glossref", "doc-glossref"),
}
IN_GLOSSARY = {"dt": "glossterm", "dd": "glossdef"}

# A tag with a language, and the language in it.
SPEAKING, LANGUAGE = re.compile(r"<[a-z][^<>]*\slang=[^<>]*>"), re.compile(r'\slang="([^"]*)"')


def semantics(division: Division) -> str:
    """Write the attributes that tell what a division is."""
    kind = escape(division.role)
    role = f' role="doc-{kind}"' if division.role in ROLES else ""
    return f'epub:type="{kind}"{role}'


def settle_for_epub(root: Element) -> None:
    """Take away what only a PDF needs; tell those who cannot see it what the markup shows.

    The language is said twice, as e-readers ask. A caption stands first or last in its figure. A
    head of a table that says nothing is no head.
    """
    settle_forms(root)
    for element in root.iter():
        for name in [n for n in element.attrib if n.startswith("data-")]:
            del element.attrib[name]
        if language := element.get("lang"):
            element.set(f"{{{XML}}}lang", language)
        if element.tag == "th" and len(element) == 0 and not (element.text or "").strip():
            element.tag = "td"
            element.attrib.pop("scope", None)
        if element.tag == "th":
            _name_formulas(element)
        if element.tag == "img" and not element.get("alt") and "decorative" in classes(element):
            element.set("role", "presentation")
        if kind := _kind(element):
            element.set(TYPE, kind)
            element.set("role", f"doc-{kind}")
        _list(element)
    for figure in root.iter("figure"):
        caption = figure.find("figcaption")
        if caption is not None and caption not in (figure[0], figure[-1]):
            figure.remove(caption)
            figure.append(caption)
    leave_out_pages(root)
    join_descriptions(root)
    frame_tables(root)


def say_languages_twice(content: str) -> str:
    """Say each language of a document as e-readers ask; titles in lists come as they were made."""

    def say(tag: re.Match[str]) -> str:
        whole = tag.group()
        if "xml:lang=" in whole:
            return whole
        return LANGUAGE.sub(r' xml:lang="\1"\g<0>', whole, count=1)

    return SPEAKING.sub(say, content)


def leave_out_pages(root: Element) -> None:
    """Take out the pages that only paper has: blank ones, and those to write on."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag != "div" or not (BLANK in classes(child) or RULED in classes(child)):
                continue
            if name := child.get("id"):  # something may lead here
                child.text, child[:], child.attrib = None, [], {"id": name}
            else:
                remove(parent, child)


def _list(element: Element) -> None:
    """Say what an element is in an index or a glossary."""
    names = classes(element)
    name = names[0] if names else ""
    if name in LISTED:
        kind, role = LISTED[name]
        element.set(TYPE, kind)
        if role:
            element.set("role", role)
    if name == "glossary-list":
        for child in element:
            if child.tag in IN_GLOSSARY:
                child.set(TYPE, IN_GLOSSARY[child.tag])


def _name_formulas(head: Element) -> None:
    """Name each formula of a head, for those who are read the head of every cell."""
    for formula in head.iter("math"):
        formula.set("aria-label", formula.get("alttext", ""))


def join_descriptions(root: Element) -> None:
    """Let the picture of a figure name the long description that follows it.

    That is a block of the class `description` (https://www.w3.org/TR/wai-aria-1.2/#aria-details).
    """
    ids = {element.get("id") for element in root.iter()}
    for parent in root.iter():
        for figure, after in pairwise(parent):
            if figure.tag != "figure" or "description" not in classes(after):
                continue
            picture = next((e for e in figure.iter() if e.tag in ("img", "svg")), None)
            if picture is None:
                continue
            if not after.get("id"):
                wish = f"{figure.get('id') or 'figure'}-description"
                name = next(n for n in _numbered(wish) if n not in ids)
                ids.add(name)
                after.set("id", name)
            picture.set("aria-details", after.get("id", ""))


def frame_tables(root: Element) -> None:
    """Give each table a frame in which it can be scrolled, also by keys: a screen may be narrow."""
    for parent in list(root.iter()):
        for index, child in enumerate(parent):
            if child.tag == "table":
                frame = Element("div", {"class": "table", "tabindex": "0"})
                caption = parent.find("figcaption") if parent.tag == "figure" else None
                if caption is not None:
                    words = " ".join("".join(caption.itertext()).split())
                    frame.attrib |= {"role": "group", "aria-label": words}
                frame.tail, child.tail = child.tail, None
                frame.append(child)
                parent[index] = frame


def _kind(element: Element) -> str:
    kinds = SPOKEN.get(element.tag, {})
    return next((kinds[name] for name in classes(element) if name in kinds), "")


def _numbered(wish: str) -> Iterator[str]:
    yield wish
    yield from (f"{wish}-{n}" for n in count(2))


def properties(root: Element) -> Iterator[str]:
    """Name what a manifest must say of a document.

    https://www.w3.org/TR/epub-33/#app-item-properties-vocab
    """
    tags = {element.tag for element in root.iter()}
    yield from (
        name
        for name, marks in (("mathml", {"math"}), ("scripted", {"form"}), ("svg", {"svg"}))
        if tags & marks
    )
