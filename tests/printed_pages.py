"""Reads where the pages of a PDF and the page anchors of an e-book begin, with other libraries.

The pages are read with pdfium, the e-book as plain XML. Only letters are compared: the
numbers of lists and of pages are drawn, as are the hyphens at the ends of lines.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pypdfium2

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
NO_LETTER = re.compile(r"[\W\d_]+")
READINGS = frozenset({f"{XHTML}rt", f"{XHTML}rp"})
INLINE = frozenset({"a", "abbr", "code", "em", "i", "q", "span", "strong", "sub", "sup"})
ENOUGH = 24
LONGEST_SYLLABLES = 12


@dataclass(frozen=True)
class Anchor:
    """An anchor: its folio, the letters from it on, and whether it stands inside a word."""

    label: str
    address: str
    letters: str
    is_in_word: bool


@dataclass(frozen=True)
class PageText:
    """The letters of a page below its running head."""

    label: str
    letters: str


def letters_of(text: str) -> str:
    """Keep the letters of a text, small."""
    return NO_LETTER.sub("", text).casefold()


def read_pages(pdf: bytes, head: float) -> list[PageText]:
    """Read the pages, each from `head` points below its trimmed edge; blank ones are left out."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            left, bottom, right, top = page.get_trimbox()
            text = page.get_textpage().get_text_bounded(left, bottom, right, top - head)
            found.append(PageText(document.get_page_label(number), letters_of(text)))
    return found


def read_anchors(epub: bytes) -> list[Anchor]:
    """Read the anchors of all documents in the order of the spine."""
    return [anchor for name, root in _spine(epub) for anchor in _anchors(name, root)]


def _spine(epub: bytes) -> Iterator[tuple[str, Element]]:
    with zipfile.ZipFile(BytesIO(epub)) as package:
        opf = ElementTree.fromstring(package.read("EPUB/content.opf"))
        names = {item.get("id"): item.get("href", "") for item in opf.iter(f"{OPF}item")}
        for reference in opf.iter(f"{OPF}itemref"):
            name = names[reference.get("idref")]
            yield name, ElementTree.fromstring(package.read(f"EPUB/{name}"))


def _anchors(name: str, root: Element) -> Iterator[Anchor]:
    pieces: list[str | Element] = list(_pieces(root[1]))
    for place, piece in enumerate(pieces):
        if isinstance(piece, Element):
            after = "".join(one for one in pieces[place:] if isinstance(one, str))
            before = "".join(one for one in pieces[:place] if isinstance(one, str))
            is_in_word = _is_latin(before[-1:]) and _is_latin(after[:1])
            label, key = piece.get("aria-label", ""), piece.get("id", "")
            yield Anchor(label, f"{name}#{key}", letters_of(after[:4000]), is_in_word)


def _is_latin(sign: str) -> bool:
    return sign.isalpha() and sign < "\u0250"


def _pieces(element: Element) -> Iterator[str | Element]:
    kind = element.get(f"{OPS}type")
    is_list = element.tag == f"{XHTML}nav" and kind != "toc"
    # An e-book calls the places of an index by titles, where pages have numbers.
    is_call = element.get("class") in ("note-call", "locators")
    is_call = is_call or element.get("role") == "doc-backlink"
    if element.tag in READINGS or is_list or is_call:
        return
    if element.get("role") == "doc-pagebreak" or element.get("id", "").startswith("page-"):
        yield element
    is_block = element.tag.removeprefix(XHTML) not in INLINE
    yield " " * is_block + (element.text or "")
    for kid in element:
        yield from _pieces(kid)
        yield kid.tail or ""
    yield " " * is_block


def page_list(epub: bytes) -> list[tuple[str, str]]:
    """Read the list of pages in the navigation: folios and addresses."""
    with zipfile.ZipFile(BytesIO(epub)) as package:
        root = ElementTree.fromstring(package.read("EPUB/nav.xhtml"))
    (listed,) = (e for e in root.iter(f"{XHTML}nav") if e.get(f"{OPS}type") == "page-list")
    return [("".join(link.itertext()), link.get("href", "")) for link in listed.iter(f"{XHTML}a")]


def ncx_pages(epub: bytes) -> list[tuple[str, str]]:
    """Read the list of pages in the NCX: folios and addresses."""
    with zipfile.ZipFile(BytesIO(epub)) as package:
        root = ElementTree.fromstring(package.read("EPUB/toc.ncx"))
    return [
        (
            target.findtext(f"{NCX}navLabel/{NCX}text", ""),
            target.find(f"{NCX}content").get("src", ""),  # type: ignore[union-attr]
        )
        for target in root.iter(f"{NCX}pageTarget")
    ]


def differences(
    pages: Sequence[PageText], anchors: Sequence[Anchor], heads: Sequence[str] = ()
) -> list[str]:
    """Say of each page where its first letters are not those after its anchor.

    Where the page before ends in a word, its beginning stands between the anchor and those. The
    `heads` of tables may be repeated at the top of a page. The contents are not compared: the
    e-book lists more.
    """
    by_label = {a.label: a for a in anchors if not a.address.startswith("nav.xhtml")}
    found = []
    for previous, page in zip([PageText("", ""), *pages], pages, strict=False):
        anchor = by_label.get(page.label)
        texts = [page.letters, *(page.letters.removeprefix(letters_of(head)) for head in heads)]
        if anchor and not any(_is_start(text, anchor, previous) for text in texts):
            found.append(f"{page.label}: {texts[-1][:ENOUGH]!r}, {anchor.letters[:ENOUGH]!r}")
    return found


def _is_start(text: str, anchor: Anchor, previous: PageText) -> bool:
    place = anchor.letters.find(text[:ENOUGH])
    return 0 <= place <= LONGEST_SYLLABLES and anchor.letters[:place] in previous.letters
