"""Books made by hand for the tests of the last stages: small, but of every kind of content."""

import struct
import zlib
from pathlib import Path

from chapbook.diagnostics import Location
from chapbook.model import Kind, Matter, Passage
from chapbook.print_shop import TRIMS
from chapbook.publication import Metadata, PagedPublication, Section
from chapbook.settings import Edition

FONTS = Path(__file__).parents[1] / "templates" / "fonts"
FACES = {
    "serif.ttf": ("Book Serif", "normal", FONTS / "source-serif-4" / "SourceSerif4-Regular.ttf"),
    "italic.ttf": ("Book Serif", "italic", FONTS / "source-serif-4" / "SourceSerif4-Italic.ttf"),
    "code.ttf": ("Book Code", "normal", FONTS / "source-code-pro" / "SourceCodePro-Regular.ttf"),
    "mincho.ttf": ("Book Mincho", "normal", FONTS / "noto-serif-jp" / "NotoSerifJP-Regular.ttf"),
}

STYLE = """
@page { size: 148mm 210mm; margin: 20mm 16mm;
  @bottom-center { content: counter(page); font: 8pt Book Serif } }
@page front { @bottom-center { content: counter(page, lower-roman) } }
@page opening:nth(1 of opening) { counter-reset: page 1 }
@page :blank { @bottom-center { content: none } }
html { font: 10pt/14pt Book Serif, Book Mincho; text-align: justify; hyphens: auto }
section { break-before: page }
section[data-matter=front] { page: front }
section:not([data-matter=front]) { page: body }
section[data-matter=front] + section:not([data-matter=front]) { page: opening }
section.chapter { break-before: recto; string-set: head attr(data-recto) }
p { margin: 0; text-indent: 1em; orphans: 2; widows: 2 }
h1, h2, h3 { bookmark-label: content(text); text-align: left; hyphens: none }
h1 { bookmark-level: 1 } h2 { bookmark-level: 2 } h3 { bookmark-level: 3 }
h2::before { content: "§ " }
pre { font: 8pt/11pt Book Code; white-space: pre-wrap } code { font-family: Book Code }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: .5pt solid; text-align: left }
nav ol { list-style: none; padding: 0 }
nav a::after { content: leader(".") target-counter(attr(href), page) }
.note { float: footnote; font-size: 8pt }
.note > span { display: block }
a { color: inherit; text-decoration: underline }
.light { opacity: .5 }
"""


def png(width: int, height: int) -> bytes:
    """Draw a small picture: a gray ramp."""
    rows = b"".join(
        b"\0" + bytes(255 * (x + y) // (width + height) for x in range(width))
        for y in range(height)
    )

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40" width="80" height="40">'
    '<rect width="80" height="40" fill="#eee"/>'
    '<text x="6" y="24" font-family="Book Serif" font-size="12">drawn</text></svg>'
)


def faces() -> str:
    """Declare the house's faces."""
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-style: {style}; src: url(fonts/{name}) }}\n'
        for name, (family, style, _) in FACES.items()
    )


def publication(
    folder: Path,
    *html: str,
    style: str = STYLE,
    edition: Edition = Edition.SCREEN,
    passages: tuple[Passage, ...] = (),
    language: str = "en",
) -> PagedPublication:
    """Make a publication of sections; `data-matter` in a section's markup says its matter."""
    (folder / "ramp.png").write_bytes(png(60, 30))
    (folder / "drawing.svg").write_text(SVG, encoding="utf-8")
    resources = {f"fonts/{name}": file for name, (_, _, file) in FACES.items()}
    resources |= {"images/ramp.png": folder / "ramp.png"}
    resources |= {"images/Zeichnung ä.svg": folder / "drawing.svg"}
    sections = tuple(Section(f"s{number}", matter_of(one), one) for number, one in enumerate(html))
    return PagedPublication(
        edition=edition,
        metadata=Metadata(
            title="A Book & More",
            language=language,
            identifier="urn:uuid:12345678-1234-5678-1234-567812345678",
            authors=("Ann Author", "宮沢 賢治"),
            description="What it is <about>.",
            subjects=("Testing", "Books"),
            publisher="The House",
            rights="© 2024 Ann Author",
            date="2024-02-29",
        ),
        trim=TRIMS["a5"],
        sections=sections,
        stylesheet=faces() + style,
        body_class="paged",
        resources=resources,
        passages=passages,
    )


def matter_of(html: str) -> Matter:
    """Read the matter that a section's markup states; the body where it states none."""
    return next((m for m in Matter if f'data-matter="{m}"' in html), Matter.BODY)


def passage(block: str, text: str, line: int) -> Passage:
    """Make a passage that was written in `chapter.md`."""
    return Passage(block, Kind.TEXT, text, Location("chapter.md", line, 1))


WORDS = (
    "The reader turns the page and finds the argument carried on without interruption, "
    "because nothing in the setting of the book asks for attention on its own account. "
)


def prose(paragraphs: int, block: str) -> str:
    """Write paragraphs of plain text."""
    return "".join(f'<p data-block="{block}:{n}">{n}. {WORDS * 4}</p>' for n in range(paragraphs))


FRONT = """<section id="title" data-matter="front"><h1>A Book</h1><p>by Ann Author</p></section>"""

CONTENTS = """<section id="contents" role="doc-toc" data-matter="front"><nav><h1>Contents</h1><ol>
<li><a href="#one"><span>1</span> <span>On <em>Everything</em></span></a>
<ol><li><a href="#tables">Tables</a></li></ol></li>
<li><a href="#two">日本語の章</a></li></ol></nav></section>"""

ONE = """<section id="one" class="chapter" data-matter="body" data-recto="On Everything">
<header><p class="number">1</p><h1>On <em>Everything</em></h1></header>
<p data-block="one:1">A first paragraph with <em>emphasis</em>, <strong>weight</strong>,
<code>code()</code>, <a href="https://example.org/a?b=c">a <em>linked</em> phrase that is long
enough to run over the end of a line of text</a>, and a note.<span class="note" id="n1">
<span data-block="one:n1">The note has <a href="#tables">a link</a> of its own.</span>
<span>And a second paragraph.</span></span> The text goes on.</p>
<blockquote><p>Quoted words.</p></blockquote>
<ul><li>one</li><li>two<ul><li>nested</li></ul></li></ul>
<ol start="3"><li><p>three</p></li><li><p>four</p><p>still four</p></li></ol>
<dl><dt>term</dt><dd>its meaning</dd><dt>other</dt><dt>same</dt><dd>first</dd><dd>second</dd></dl>
<pre data-block="one:2"><code>def f(x):
    return x  # code
</code></pre>
<h2 id="tables">Tables</h2>
<figure id="t1"><table><thead><tr><th>Name</th><th colspan="2">Values</th></tr></thead><tbody>
<tr><th scope="row">a</th><td>1</td><td>2</td></tr><tr><th scope="row">b</th><td>3</td><td>4</td>
</tr></tbody></table><figcaption>Table 1: numbers</figcaption></figure>
<figure><img src="images/ramp.png" alt="A gray ramp"><figcaption>Figure 1: ramp</figcaption>
</figure>
<p>Inline <img src="images/Zeichnung%20%C3%A4.svg" alt="A drawing"> and
<img src="images/ramp.png" alt=""> ornament.</p><hr>
<h3>Deeper</h3><p class="light">Pale words.</p></section>"""

TWO = """<section id="two" class="chapter" data-matter="body" lang="ja">
<h1>日本語の章</h1><p data-block="two:1">これは<ruby>漢字<rt>かんじ</rt></ruby>の試験です。
<a href="#one">第一章</a>へ。</p>
<p>English in <span lang="en">the middle</span>です。</p></section>"""


def long_table(rows: int) -> str:
    """Write a table that runs over several pages."""
    body = "".join(f"<tr><td>{n}</td><td>{WORDS}</td></tr>" for n in range(rows))
    return f"<table><thead><tr><th>No</th><th>Words</th></tr></thead><tbody>{body}</tbody></table>"


def whole_book(pages: int = 60) -> tuple[str, ...]:
    """Give the sections of a book with about that many pages."""
    three = f'<section id="three" class="chapter" data-matter="body"><h1>Long</h1>{long_table(30)}'
    end = '<section id="end" data-matter="back"><h1>Afterword</h1><p>Good bye.</p></section>'
    return (FRONT, CONTENTS, ONE, TWO, three + prose(pages * 3, "three") + "</section>", end)


# What a theme may do to the page that is hard to tag.
ODD_STYLE = """
.grad { background: linear-gradient(red, blue); border-radius: 4pt; box-shadow: 1pt 1pt 2pt #000 }
.pic { background: url(images/ramp.png) 0 0 / 20pt; padding: 10pt }
.turned { transform: rotate(5deg) } .cols { columns: 2 } .flex { display: flex; gap: 1em }
.grid { display: grid; grid-template-columns: 1fr 1fr } .abs { position: absolute; right: 0 }
.run { position: running(header) } .hid { visibility: hidden } .ib { display: inline-block }
@page { @top-right { content: element(header) } bleed: 5mm; marks: crop cross; background: #fffff0 }
.img::before { content: url(images/ramp.png) " x " } .fl { float: left; width: 30% }
ul.im { list-style-image: url(images/ramp.png) } .drop::first-letter { font-size: 3em; float: left }
.lines { text-transform: uppercase; text-decoration: underline line-through overline }
.op { opacity: .4 } .op2 { opacity: .5 } .box { border: 1pt solid; box-decoration-break: clone }
"""
ODD_SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" aria-label="Shapes">
<defs><linearGradient><stop offset="0" stop-color="red" stop-opacity=".5"/></linearGradient></defs>
<g opacity=".5"><rect width="30" height="20" fill="blue"/><text x="5" y="30">txt</text></g></svg>"""
ODD = f"""<section id="odd" data-matter="body"><div class="run">Running <b>head</b></div>
<h1>Odd</h1><p class="grad">grad</p><p class="pic">pic</p><p class="turned">turned
<img src="images/ramp.png" alt="ramp"></p><div class="cols"><p>{WORDS}</p><p>{WORDS}</p></div>
<div class="flex"><p>a</p><p>b</p></div><div class="grid"><p>a</p><p>b</p></div>
<p>relative <span class="abs">absolute</span> <span class="hid">hidden</span></p>
<p>x <span class="ib">ib <em>e</em></span></p><p class="img">before</p>
<ul class="im"><li>picture</li></ul><p class="lines">lines</p><p class="fl">float</p>
<p class="drop">{WORDS}</p><div class="op"><p>pale <a href="#odd">link</a>
<em class="op2">paler</em></p><img src="images/ramp.png" alt="ramp">{ODD_SVG}</div>{ODD_SVG}
<p class="box">{WORDS}</p><details open><summary>more</summary><p>detail</p></details>
<p>H<sub>2</sub>O <abbr title="World">W</abbr> <kbd>k</kbd> <del>d</del> <q>quoted</q>
<input type="checkbox" checked disabled></p><p></p><ul></ul>
<table><caption>cap</caption><tr><td></td><td rowspan="2">r</td></tr><tr><td>c</td></tr></table>
<table><tr><th>h</th><td>d</td></tr><tfoot><tr><td colspan=2>foot</td></tr></tfoot></table>
<p lang="ar" dir="rtl">abc</p><figure><pre>code</pre><figcaption>caption</figcaption></figure>
<figure><figure><img src="images/ramp.png" alt="in"><figcaption>in</figcaption></figure>
<figcaption>out</figcaption></figure></section>"""
