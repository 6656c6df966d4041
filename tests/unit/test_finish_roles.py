import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.finish.roles import close_heading_gaps, tag_body
from chapbook.finish.tags import INLINE, Kid, Tag, every
from chapbook.laid import Hotspot, LaidElement, Mark

Piece = LaidElement | Mark | Hotspot
TEXT = Mark(1, 0)
INLINE_NAMES = {"a", "em", "code", "span", "img", "abbr", "ruby", "rt", "q"}


def element(name: str, *kids: Piece, words: str = "", **attributes: str) -> LaidElement:
    inline = name in INLINE_NAMES or "::" in name
    return LaidElement(name, attributes, not inline, words, kids)


def classed(name: str, classes: str, *kids: Piece) -> LaidElement:
    return LaidElement(name, {"class": classes}, name not in INLINE_NAMES, "", kids)


def shape(tag: Kid) -> str:
    if not isinstance(tag, Tag):
        return "." if isinstance(tag, Mark) else "!"
    inner = " ".join(shape(kid) for kid in tag.kids)
    return f"{tag.role}({inner})" if inner else tag.role


def tagged(*kids: Piece) -> str:
    """Tag a body and write down its shape."""
    return " ".join(shape(kid) for kid in tag_body(element("body", *kids), "en", "c").kids)


@pytest.mark.parametrize(
    ("laid", "expected"),
    [
        (element("p", TEXT), "P(.)"),
        (element("p", TEXT, element("em", TEXT)), "P(. Em(.))"),
        (element("div", TEXT, element("p", TEXT), TEXT), "P(.) P(.) P(.)"),
        (element("div", element("div", element("p", TEXT))), "P(.)"),
        (element("blockquote", TEXT), "BlockQuote(P(.))"),
        (element("pre", element("code", TEXT, TEXT)), "P(Code(. .))"),
        (element("pre", TEXT), "P(Code(.))"),
        (element("section", element("h1", TEXT)), "Sect(H1(.))"),
        (element("aside", element("p", TEXT)), "Aside(P(.))"),
        (element("p"), ""),
        (element("img", TEXT, alt="x"), "Figure(.)"),
        (element("p", element("img", TEXT, alt="x"), TEXT), "P(Figure(.) .)"),
        (element("p", element("ruby", TEXT, element("rt", TEXT))), "P(Ruby(RB(.) RT(.)))"),
        (element("h2", element("h2::before", TEXT), TEXT), "H2(. .)"),
    ],
)
def test_elements_have_their_roles(laid: LaidElement, expected: str) -> None:
    assert tagged(laid) == expected


def test_a_note_beside_the_text_is_number_and_words() -> None:
    words = classed("span", "words", element("div", TEXT), element("div", TEXT))
    note = classed("span", "sidenote", classed("a", "side-number", TEXT), words)
    assert tagged(element("p", TEXT, note)) == "P(. Note(Lbl(.) P(.) P(.)))"


def test_the_number_of_an_end_note_comes_before_its_paragraph() -> None:
    row = element("li", element("p", classed("a", "note-back", TEXT), TEXT), element("p", TEXT))
    section = classed("section", "endnotes", element("h2", TEXT), element("ol", row))
    assert tagged(section) == "Sect(H2(.) Note(Lbl(.) P(.) P(.)))"


def test_list_items_are_mark_and_body() -> None:
    item = element("li", element("li::marker", TEXT), TEXT, element("ul", element("li", TEXT)))
    inner = "L(LI(LBody(P(.))))"
    assert tagged(element("ol", item)) == f"L(LI(Lbl(.) LBody(P(.) {inner})))"


@pytest.mark.parametrize(
    ("laid", "numbering"),
    [
        (element("ul", element("li", element("li::marker", TEXT), TEXT)), "Disc"),
        (element("ol", element("li", element("li::marker", TEXT), TEXT)), "Decimal"),
        (element("ol", element("li", element("li::marker", TEXT), TEXT), type="i"), "LowerRoman"),
        (element("ol", element("li", TEXT)), "None"),
        (element("dl", element("dt", TEXT), element("dd", TEXT)), "None"),
    ],
)
def test_a_list_says_how_it_is_numbered(laid: LaidElement, numbering: str) -> None:
    (tag,) = tag_body(element("body", laid), "en", "c").kids
    assert isinstance(tag, Tag)
    assert tag.attributes["List"] == {"ListNumbering": numbering}


def test_terms_are_the_labels_of_what_they_mean() -> None:
    term, meaning = element("dt", TEXT), element("dd", TEXT)
    assert tagged(element("dl", term, meaning)) == "L(LI(Lbl(.) LBody(P(.))))"
    two = "L(LI(Lbl(. Span(.)) LBody(P(.) P(.))) LI(Lbl(.) LBody(P(.))))"
    assert tagged(element("dl", term, term, meaning, meaning, term, meaning)) == two


def test_contents_are_references() -> None:
    line = element("a", Hotspot(1, 0), TEXT, href="#x")
    nested = element("ol", element("li", line, element("ol", element("li", line))))
    link = "Reference(Link(! .))"
    assert tagged(element("nav", nested)) == f"TOC(TOCI({link} TOC(TOCI({link}))))"
    assert tagged(classed("ol", "entries", element("li", line))) == f"TOC(TOCI({link}))"


def test_on_paper_a_link_is_text() -> None:
    assert tagged(element("p", element("a", TEXT, href="#x"))) == "P(.)"


def test_notes_are_numbered_and_called_by_reference() -> None:
    call = element("span::footnote-call", Hotspot(1, 0), TEXT)
    mark = element("span::footnote-marker", TEXT)
    note = LaidElement("::footnote", {}, is_block=True, words="", kids=(mark, TEXT))
    body = element("body", element("p", TEXT, call, note, call, note))
    document = tag_body(body, "en", "c")
    one = "Reference(Link(! .)) Note(Lbl(.) P(.))"
    assert shape(document) == f"Document(P(. {one} {one}))"
    keys = [tag.key for tag in every(document) if tag.role == "Note"]
    assert keys == ["note-c-1", "note-c-2"]


def test_the_notes_at_a_chapter_s_end_are_notes() -> None:
    row = element("li", element("li::marker", TEXT), element("p", TEXT))
    notes = classed("section", "endnotes", element("h2", TEXT), element("ol", row))
    assert tagged(notes) == "Sect(H2(.) Note(Lbl(.) P(.)))"
    call = classed("a", "note-call", Hotspot(1, 0), TEXT)
    assert tagged(element("p", call)) == "P(Reference(Link(! .)))"


def test_headers_have_a_scope() -> None:
    def row(*cells: LaidElement) -> LaidElement:
        return element("tr", *cells)

    th, td = element("th", TEXT), element("td", TEXT)
    table = element(
        "table",
        element("thead", row(th, th)),
        element("tbody", row(th, td), row(element("th", scope="col"), td), row(th, th)),
    )
    tags = every(tag_body(element("body", table), "en", "c"))
    scopes = [tag.attributes["Table"]["Scope"] for tag in tags if tag.role == "TH"]
    assert scopes == ["Column", "Column", "Row", "Column", "Column", "Column"]


def test_an_empty_cell_keeps_its_place() -> None:
    table = element("table", element("tr", element("td"), element("td", TEXT, colspan="2")))
    (tag,) = tag_body(element("body", table), "en", "c").kids
    assert shape(tag) == "Table(TR(TD TD(.)))"
    spans = (
        [tag.attributes for tag in every(tag) if tag.role == "TD"] if isinstance(tag, Tag) else []
    )
    assert spans == [{}, {"Table": {"ColSpan": 2}}]


def test_the_caption_of_a_table_is_inside_it() -> None:
    table = element("table", element("tr", element("td", TEXT)))
    caption = element("figcaption", TEXT)
    assert tagged(element("figure", table, caption)) == "Table(Caption(.) TR(TD(.)))"


def test_a_picture_stands_with_its_caption() -> None:
    figure = element("figure", element("img", TEXT, alt="x"), element("figcaption", TEXT))
    assert tagged(figure) == "Div(Figure(.) Caption(.))"


def test_another_language_is_said_where_it_begins() -> None:
    def languages(*kids: Piece) -> list[tuple[str, str]]:
        document = tag_body(element("body", *kids), "en", "c")
        return [(tag.role, tag.language) for tag in every(document) if tag.language]

    assert languages(element("p", TEXT, lang="de")) == [("P", "de")]
    assert languages(element("p", element("span", TEXT, lang="de"))) == [("Span", "de")]
    assert languages(element("p", element("span", TEXT, lang="en"))) == []
    assert languages(element("div", element("p", TEXT), element("p", TEXT), lang="de")) == [
        ("Div", "de")
    ]
    inner = element("p", TEXT, lang="en")
    assert languages(element("section", inner, lang="de")) == [("Sect", "de"), ("P", "en")]


def test_a_division_is_titled_by_its_heading() -> None:
    heading = element("h1", TEXT, words="On Everything")
    (tag,) = tag_body(
        element("body", element("section", element("header", heading))), "en", "c"
    ).kids
    assert isinstance(tag, Tag)
    assert tag.title == "On Everything"


def test_a_chapter_of_a_part_stands_below_it() -> None:
    part = element("section", element("h1", TEXT))
    chapter = classed("section", "chapter in-part", element("h1", TEXT), element("h2", TEXT))
    appendix = element("section", element("h1", TEXT))
    shown = "Sect(H1(.)) Sect(H2(.) H3(.)) Sect(H1(.))"
    assert tagged(part, chapter, appendix) == shown


@given(st.lists(st.integers(1, 6), max_size=30), st.integers(0, 6))
def test_headings_never_skip_a_level(levels: list[int], before: int) -> None:
    document = tag_body(element("body", *(element(f"h{n}", TEXT) for n in levels)), "en", "c")
    close_heading_gaps(every(document), before)
    found = [int(tag.role[1]) for tag in every(document) if tag.role[1:].isdigit()]
    assert len(found) == len(levels)
    assert all(now <= last + 1 for last, now in zip([before, *found], found, strict=False))


NAMES = st.sampled_from(
    ["p", "div", "section", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "a",
     "em", "span", "figure", "figcaption", "nav", "pre", "code", "ruby", "rt", "blockquote", "h2"]
)  # fmt: skip
TREES: st.SearchStrategy[LaidElement] = st.recursive(
    st.builds(element, NAMES, st.builds(Mark, st.just(1), st.integers(0, 99))),
    lambda kids: st.builds(lambda name, inner: element(name, *inner), NAMES, st.lists(kids)),
    max_leaves=20,
)
FINAL = INLINE | {"P", "Div", "Sect", "Aside", "BlockQuote", "L", "LI", "LBody", "TOC", "TOCI"}
FINAL |= {"Table", "THead", "TBody", "TR", "TD", "TH", "Caption", "Document", "H1", "H2", "H3"}


@given(TREES)
def test_whatever_the_markup_only_real_roles_come_out_and_no_content_is_lost(
    tree: LaidElement,
) -> None:
    def content(piece: LaidElement | Tag | Mark | Hotspot) -> list[Mark]:
        if isinstance(piece, Mark):
            return [piece]
        if isinstance(piece, Hotspot):
            return []
        return [mark for kid in piece.kids for mark in content(kid)]

    document = tag_body(element("body", tree), "en", "c")
    assert {tag.role for tag in every(document)} <= FINAL
    order = [content(document), content(tree)]
    by_number = [sorted(marks, key=lambda mark: mark.number) for marks in order]
    assert by_number[0] == by_number[1]
