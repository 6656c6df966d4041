"""Look at a finished document as those do who cannot see it: what is there, what has no words."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from chapbook.compose.contrast import faults_of_rule
from chapbook.compose.markup import EPUB, XML

TYPE = f"{{{EPUB}}}type"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
DECORATION = ("presentation", "none")


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is to be seen in a document, and whether all of it is told in words too.

    `features` are the values of `schema:accessibilityFeature` that it shows; `faults` say what
    in it goes against WCAG 2.2 AA, as far as a program can see that. `has_gaps` says that the
    headings leave out a level.
    """

    is_visual: bool
    is_described: bool
    features: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    has_gaps: bool = False


def look_at(tree: Element) -> Sight:
    """Look at the tree of a document, or of a part of one."""
    pictures = [e for e in tree.iter() if e.tag in ("img", "svg")]
    mute = [e for e in pictures if not _is_told(e)]
    gaps = list(_gaps(tree))
    faults = [*map(_name_mute, mute), *gaps, *_untold_formulas(tree), *_bare_tables(tree)]
    faults += [*_mute_links(tree), *_unnamed(tree), *_painted(tree)]
    return Sight(
        is_visual=bool(pictures),
        is_described=not mute,
        features=tuple(sorted(set(_features(tree)))),
        faults=tuple(dict.fromkeys(faults)),
        has_gaps=bool(gaps),
    )


def _is_told(picture: Element) -> bool:
    if picture.get("role") in DECORATION or picture.get("aria-hidden") == "true":
        return True
    words = picture.get("alt") if picture.tag == "img" else picture.get("aria-label")
    return bool((words or "").strip())


def _name_mute(picture: Element) -> str:
    if picture.tag == "svg":
        return "a drawing has no description"
    return f"the image {picture.get('src', '')} has no description"


def _untold_formulas(tree: Element) -> Iterator[str]:
    if any(not (e.get("alttext") or "").strip() for e in tree.iter("math")):
        yield "a formula is not told in words"


def _gaps(tree: Element) -> Iterator[str]:
    last = 0
    for element in tree.iter():
        if element.tag in HEADINGS:
            level = int(element.tag[1])
            if level > last + 1:
                yield f"the heading “{_words(element)}” leaves out a level"
            last = level


def _bare_tables(tree: Element) -> Iterator[str]:
    for table in tree.iter("table"):
        rows = list(table.iter("tr"))
        if len(rows) > 1 and table.get("role") not in DECORATION and not _has_heads(table):
            first = " ".join(_words(cell) for cell in rows[0])
            yield f"the table that begins “{first}” has no heads"


def _has_heads(table: Element) -> bool:
    return any(cell.get("scope") or cell.get("id") for cell in table.iter("th"))


def _mute_links(tree: Element) -> Iterator[str]:
    for anchor in tree.iter("a"):
        said = _words(anchor) or anchor.get("aria-label") or anchor.get("title")
        if anchor.get("href") and not said and not any(_alt(e) for e in anchor.iter("img")):
            yield f"the link to {anchor.get('href')} has no words"


def _alt(image: Element) -> str:
    return (image.get("alt") or "").strip()


def _unnamed(tree: Element) -> Iterator[str]:
    """A document needs its language and its title; a part of one does not."""
    if tree.tag != "html":
        return
    if not (tree.get("lang") and tree.get(f"{{{XML}}}lang")):
        yield "a document does not say its language"
    if not (tree.findtext("head/title") or "").strip():
        yield "a document has no title"


def _painted(tree: Element) -> Iterator[str]:
    for element in tree.iter():
        if style := element.get("style"):
            yield from faults_of_rule(element.tag, style)


def _features(tree: Element) -> Iterator[str]:
    if tree.find(".//math") is not None and not any(_untold_formulas(tree)):
        yield "describedMath"
    for element in tree.iter():
        role = element.get("role") or ""
        if role.startswith("doc-"):
            yield "ARIA"
        if role == "doc-pagebreak":
            yield from ("pageBreakMarkers", "printPageNumbers")
        if "page-list" in (element.get(TYPE) or "").split():
            yield "pageNavigation"
        if element.tag in HEADINGS:
            yield "structuralNavigation"
        elif element.tag == "ruby":
            yield "rubyAnnotations"
        elif element.tag == "math":
            yield "MathML"
        elif element.tag in ("img", "svg") and element.get("aria-details"):
            yield "longDescription"


def _words(element: Element) -> str:
    words = " ".join("".join(element.itertext()).split())
    return words if len(words) <= 40 else words[:39].rstrip() + "…"
