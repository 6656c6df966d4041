"""Random small books of all that can matter to a page, for comparing ways to lay them out.

A book is drawn as names of rules and of pieces, so that one that fails shrinks to a few of them.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import strategies as st

from chapbook.publication import PagedPublication
from chapbook.settings import Edition
from tests.paged_books import publication

WORDS = (
    "The reader turns the page and finds the argument carried on because nothing in the setting "
    "of the book asks for attention; hyphenation notwithstanding. "
)
ROWS = "".join(f"<tr><th>{n}</th><td>{WORDS[: 20 + n * 7 % 90]}</td></tr>" for n in range(14))
HEAD = "<thead><tr><th>No</th><th>Words</th></tr></thead>"

BASE = """
@page { size: 78mm 92mm; margin: 11mm 9mm 12mm; @bottom-center { content: counter(page) } }
html { font: 9pt/12pt Book Serif, Book Mincho; text-align: justify; hyphens: auto }
section { break-before: page; page: body }
p { margin: 0; text-indent: 1em; orphans: 2; widows: 2 }
h1, h2 { margin: 6pt 0; font-size: 12pt; line-height: 14pt }
h1 { bookmark-level: 1; string-set: title content() } h2 { bookmark-level: 2 }
pre { font: 7pt/9pt Book Code; white-space: pre-wrap }
table { border-collapse: collapse; width: 100% } td, th { border: .5pt solid; padding: 1pt }
.ref::after { content: " p. " target-counter(attr(href), page) }
.roman::after { content: " p. " target-counter(attr(href), page, lower-roman) }
.note { float: footnote; font-size: 7pt; line-height: 9pt }
::footnote-call { content: attr(data-n) } ::footnote-marker { content: attr(data-n) " " }
.pale { opacity: .5 } .tiled { background: url(images/ramp.png) 0 0 / 8pt; padding: 3pt }
.ramp { background: linear-gradient(90deg, #fff, #bbb); border-radius: 3pt; border: 1pt solid }
.turned { transform: rotate(3deg) } .aside { float: right; width: 40%; border: 1pt solid }
.cols { columns: 2 } .flex { display: flex; gap: 4pt } .over { position: absolute; right: -6mm }
.run { position: running(head) } .named { string-set: head content() }
.to-recto { break-before: recto } .to-verso { break-before: verso } .to-page { break-after: page }
.on-wide { page: wide } .opening { page: opening } .right { break-before: right }
.left { break-before: left } .recto { break-before: recto } .verso { break-before: verso }
.after-recto { break-after: recto } .loose { break-before: auto } .sunk { margin-top: 9mm }
.arabic { direction: rtl } .bare { page: bare } .gone { display: none }
"""

RULES = {
    "sides": "@page :left { margin-left: 14mm; margin-right: 4mm }",
    "uneven sides": "@page :left { margin-left: 14mm; margin-right: 7mm }",
    "higher sides": "@page :left { margin-top: 15mm }",
    "sizes": """@page wide { size: 100mm 80mm; margin: 9mm 7mm }
        @page wide:left { margin-left: 12mm }""",
    "blank": "@page :blank { @bottom-center { content: none } @top-left { content: 'blank' } }",
    "blank uncounted": "@page :blank { counter-increment: page 0 }",
    "first": "@page :first { @top-center { content: 'first' } margin-top: 20mm }",
    "anew": "@page opening:nth(1 of opening) { counter-reset: page 1 }",
    "nth": "@page body:nth(2n of body) { @top-right { content: 'even' } background: #f4f4ff }",
    "by twos": "@page { counter-increment: page 2 }",
    "backwards": "@page { counter-increment: page -1 }",
    "ground": "@page { background: #fffff0 } @page :left { background: #f0ffff }",
    "picture ground": "@page wide { background: url(images/ramp.png) }",
    "frame": "@page { border: 1pt solid #888; padding: 2mm }",
    "bleed": "@page { bleed: 3mm; marks: crop cross }",
    "titles": """@page { @top-left { content: string(title) }
        @top-right { content: string(title, last) } }""",
    "first titles": """@page { @top-center {
        content: string(title, first-except) string(head, start) } }""",
    "total": """@page { @bottom-right {
        content: counter(page, upper-roman) '/' counter(pages) } }""",
    "corners": """@page { @top-left-corner { content: 'x'; background: #eee }
        @right-middle { content: '|' } }""",
    "drawn heads": "@page { @top-center { content: url(images/ramp.png); opacity: .5 } }",
    "running": """@page { @top-left { content: element(head) }
        @top-right { content: element(head, last) } }""",
    "running first": """@page { @top-center { content: element(head, first-except) } }
        section > :first-child b { color: red } #b .run { font-style: italic }""",
    "leftward": "html { direction: rtl }",
    "frame of all": """body { margin: 3mm 0; padding: 2mm 0; border: 1pt solid red }
        html { padding: 1mm }""",
    "bare body": "body { margin: 0 }",
    "ground of all": "body { background: #f8f8ff }",
    "before all": "body::before { content: 'Before all'; display: block }",
    "next": "section + section h1 { color: blue } section:last-child { font-style: italic }",
    "far": "section ~ section p { color: #333 } section:nth-child(2n) h1 { color: green }",
    "nested": "section { & + &.recto h1 { color: red } .pale { opacity: .8 } }",
    "ahead": "section:has(+ section.recto) h1 { text-decoration: underline }",
    "discard": "h1, h2, table { margin-break: discard }",
    "fitting": ".print p { letter-spacing: .1pt } .screen h2 { color: teal }",
}

PIECES = {
    "words": f"<p>{WORDS * 3}</p>",
    "many words": f"<p>{WORDS * 9}</p><p>{WORDS * 5}</p>",
    "heading": "<h2 id='t@'>Heading @</h2>",
    "note": f"<p>Noted<span class='note' data-n='@' id='n@'>{WORDS}</span> and on.</p>",
    "long note": f"<p>Noted<span class='note' data-n='@'>{WORDS * 5}</span> {WORDS}</p>",
    "table": f"<table id='t@'>{HEAD}<tbody>{ROWS}</tbody></table>",
    "figure": """<figure id='t@'><img src='images/ramp.png' alt='A ramp'>
        <figcaption>Ramp @</figcaption></figure>""",
    "drawing": "<p><img src='images/Zeichnung%20%C3%A4.svg' alt='Drawn'> in a line</p>",
    "pale": """<p class='pale'>Pale <img src='images/ramp.png' alt='ramp'>
        <a href='#t1'>words</a></p>""",
    "tiled": "<p class='tiled' id='t@'>Tiled words</p>",
    "own tiles": "<p style='background: url(images/ramp.png) 0 0 / 5pt'>More tiled words</p>",
    "ramp": f"<p class='ramp'>{WORDS}</p>",
    "turned": "<p class='turned'>Turned words</p>",
    "code": "<pre><code>def f(x):\n    return x  # @\n</code></pre>",
    "list": "<ol start='3'><li>three<li>four <ul><li>inner</ul></ol>",
    "reference": """<p>See <a class='ref' href='#t+'>that</a>,
        <a class='roman' href='#t-'>this</a>.</p>""",
    "references": "<p>" + "See <a class='ref' href='#t+'>it</a>. " * 9 + "</p>",
    "dead link": "<p><a href='#nowhere'>dead</a> <a class='ref' href='#none'>too</a></p>",
    "away": "<p><a href='https://example.org/ä?b=c'>A link that may run on to a new line</a></p>",
    "twin": "<p id='twin'>Twin <a class='ref' href='#twin'>here</a></p>",
    "kanji": """<p lang='ja'>これは<ruby>漢字<rt>かんじ</rt></ruby>の試験です。
        吾輩は猫である。名前はまだ無い。</p>""",
    "arabic": "<p class='arabic' lang='ar'>مرحبا بالعالم abc</p>",
    "no glyph": "<p>Missing \U00013000 and \ua66e here</p>",
    "columns": f"<div class='cols'><p>{WORDS * 2}</p></div>",
    "flex": "<div class='flex'><p>one</p><p>two</p></div>",
    "aside": f"<div class='aside'>{WORDS}</div>",
    "high aside": f"<div class='aside'>{WORDS * 8}</div>",
    "over": "<p>Beside <span class='over'>over @</span></p>",
    "run": "<div class='run'>Head <b>@</b> on</div>",
    "named run": "<h2 class='run' id='t@'>Head @</h2>",
    "named": "<p class='named'>Named @</p>",
    "to recto": "<p class='to-recto' id='t@'>On a recto</p>",
    "to verso": "<p class='to-verso'>On a verso</p>",
    "to page": "<p class='to-page'>Before a page</p>",
    "wide": f"<div class='on-wide' id='t@'><p>{WORDS * 4}</p></div>",
}
USUAL = ("", "", "opening", "right", "left", "recto", "verso", "on-wide", "bare", "sunk")
KINDS = (*USUAL, *USUAL, *USUAL, "after-recto", "loose", "gone")


@dataclass(frozen=True)
class Chapter:
    """A section by its class, and by the names of its pieces."""

    name: str
    kind: str
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class RandomBook:
    """A book as drawn."""

    rules: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    edition: Edition = Edition.SCREEN

    def publish(self, folder: Path) -> PagedPublication:
        """Write the book out; its pictures are put into the folder."""
        style = BASE + "\n".join(RULES[rule] for rule in self.rules)
        html: list[str] = []
        number = 0
        for chapter in self.chapters:
            pieces = ["" if chapter.kind == "sunk" else f"<h1>{chapter.name.title()}</h1>"]
            for piece in chapter.pieces:
                number += 1
                pieces.append(_filled(PIECES[piece], number))
            body = "".join(pieces) if chapter.pieces else ""
            opening = f'<section id="{chapter.name}" class="{chapter.kind}" data-matter="body">'
            html.append(f"{opening}{body}</section>")
        made = publication(folder, *html, style=style, edition=self.edition)
        return replace(made, body_class=self.edition.value)


def _filled(html: str, number: int) -> str:
    """Number a piece, and let its references lead to others."""
    html = html.replace("@", str(number)).replace("'", '"')
    html = html.replace("#t+", f"#t{number * 7 % 13 + 1}")
    return html.replace("#t-", f"#t{number * 5 % 11 + 1}")


def _names(among: dict[str, str], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(among)), max_size=most).map(tuple)


def chapters(most_pieces: int = 5) -> st.SearchStrategy[tuple[Chapter, ...]]:
    """Draw the chapters of a book."""
    one = st.builds(
        Chapter,
        name=st.sampled_from("abcdefgh"),
        kind=st.sampled_from(KINDS),
        pieces=_names(PIECES, most_pieces),
    )
    return st.lists(one, min_size=2, max_size=5, unique_by=lambda c: c.name).map(tuple)


def books() -> st.SearchStrategy[RandomBook]:
    """Draw a book."""
    return st.builds(
        RandomBook,
        rules=st.lists(st.sampled_from(sorted(RULES)), max_size=6, unique=True).map(tuple),
        chapters=chapters(),
        edition=st.sampled_from((Edition.SCREEN, Edition.PRINT)),
    )


@dataclass(frozen=True)
class Edit:
    """One change of a book: what is done, and where and with what, as numbers that always fit."""

    deed: str
    place: int
    other: int

    def of(self, book: RandomBook) -> RandomBook:
        """Give the book after the change."""
        chapters, place = list(book.chapters), self.place % len(book.chapters)
        one = chapters[place]
        pieces = list(one.pieces)
        piece = sorted(PIECES)[self.other % len(PIECES)]
        match self.deed:
            case "add":
                chapters.insert(place, Chapter(f"new-{self.other}", "", (piece,)))
            case "remove" if len(chapters) > 1:
                del chapters[place]
            case "move":
                chapters.insert(self.other % len(chapters), chapters.pop(place))
            case "lengthen":
                chapters[place] = replace(one, pieces=(piece, *pieces))
            case "shorten":
                chapters[place] = replace(one, pieces=tuple(pieces[1:]))
            case "turn":
                chapters[place] = replace(one, kind=KINDS[self.other % len(KINDS)])
            case "edition":
                edition = Edition.PRINT if book.edition is Edition.SCREEN else Edition.SCREEN
                return replace(book, edition=edition)
            case "rule":
                rule = sorted(RULES)[self.other % len(RULES)]
                rules = [one for one in book.rules if one != rule] or [rule]
                return replace(book, rules=tuple(rules))
        return replace(book, chapters=tuple(chapters))


DEEDS = ("add", "remove", "move", "lengthen", "shorten", "turn", "edition", "rule")


def edits(most: int) -> st.SearchStrategy[list[Edit]]:
    """Draw changes, one after the other."""
    numbers = st.integers(0, 60)
    return st.lists(
        st.builds(Edit, st.sampled_from(DEEDS), numbers, numbers), min_size=1, max_size=most
    )
