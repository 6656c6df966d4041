# ruff: noqa: E501, RUF001  # templates of Markdown, with signs that look alike
"""Small books in which everything that the dialect knows stands in everything else.

Each word is written once in a book, so that it can be looked for. A template holds signs: WORD and
KANJI become words, NAME a new id, TO a reference to an id, NOTE the call of a note, LINE an inline
mixture, and BLOCKS blocks that stand inside.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle

from hypothesis import strategies as st

WORD, KANJI, LINE, BLOCKS, NAME, TO, NOTE = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006"
SIGNS = {"@w": WORD, "@k": KANJI, "@l": LINE, "@b": BLOCKS, "@n": NAME, "@to": TO, "@note": NOTE}

# Within a line. In a mixture, words come more often than marks.
MARKS = r"""@w @w¦@k¦*@l*¦**@l**¦~~@l~~¦`@w`¦***@l***¦@w  \n@w¦@w\\n@w¦"@l"¦'@l'¦@w -- @w...¦10 km @w
[@l](@to)¦[](@to)¦[](@to){: .number }¦[](@to){: .title }¦[](@to){: .both }¦[](@to){: .page }
[@l](@to){: .page }¦@w@note¦[](#note:one)¦[@l](https://example.org/x_y){: .qr }¦[@l][named]
<https://example.org>¦https://example.org/@w¦![@w](a.svg)¦![@w @w](a.svg){: .small }
[see @doe99, pp. 3-5 and *@w*; @roe]¦@doe99 [p. 12] @w¦[-@doe99]¦@doe99 @w¦$x^2$ @w¦\frac @w
$\frac{a}{b}$¦{index: @w}@w¦{index: @w > @w | main}¦{index: apple | begin}¦{index: apple | end}
{index: @w | see=apple}¦{index: @k | よみ=りんご}¦{term: graft}¦{term: @w | of=graft}
{@k|かん}¦{漢字|かん|じ}¦{warichu: @k}¦{{ village }}¦{{ press.city }}¦[@l]{.small-caps}¦[@l]{#@n}
[@l]{.only-print}¦*@l*{: .only-epub }¦[@l]{.only-screen}¦[@l]{.only-lang-en}¦*@l*{: .small-caps }
<sub>@l</sub>¦<kbd>@w</kbd>¦<span lang="ja">@k</span>¦<b>@l</b>¦<span id="@n"></span>¦H<sub>2</sub>O
<ruby>@k<rt>かな</rt></ruby>¦<!-- no -->¦\*@w\*¦NPO @w¦@w &amp; @w¦Vec<T> @w¦@w < @w > @w¦5' 3"
<a href="https://example.org/y">@l</a>¦<br>@w¦<abbr title="@w">@w</abbr>¦@k、「@k」。¦*@k*¦@w（@k）
<q>@l</q>¦<!-- @ -->@w¦@w@example.org¦J. R. @w¦§ 5 @w¦1990's @w¦@w?!¦@w--@w¦{sort: @w}"""
BROKEN_MARKS = r"""*@l¦**@l¦~~@l¦`@w¦[@l](¦[@l](@to¦[@l][gone]¦[^gone] @w¦[](#gone)¦[@l](gone.md)¦{index: @w
{index: }¦{indx: @w}¦{term: }¦{term: @w}¦{term: graft | of=}¦{index: @w > }¦{index: | see=@w}
{index: @w | maim}¦{@k|か|な|じ}¦{@k|}¦{|@k}¦{warichu: }¦{warichu: @w¦{{ gone }}¦{{ @w¦{{ }}
$\foo$¦$@w¦$\frac{a}$¦$$ @w¦$$x$$ @w¦[@gone, p. 3]¦[@doe99 @w¦[@]¦[-@]¦[@l]{¦[@l]{.only-moon}
[@l]{: .only-print¦<b>@l¦</b>@w¦<script>@w</script>¦<b onclick="x()">@l</b>¦<svg><text>@w</text></svg>
<@w>¦<¦&@w;¦![¦![](a.svg)¦![@w](gone.svg)¦![@w](https://example.org/a.png)¦[](¦[]()¦[ ](x)¦!
[@l](javascript:x)¦<<¦^^¦{: .x }¦{:¦{#@n}¦[@l]{#@n .page}¦|[x]: @w¦{: ¦]{¦<!-- @w¦-->¦<ruby>@k<rt>@k
[ruled lines: @w]¦[page break]¦[index] @w¦!!! @w¦Table: @w¦*[NIL]: nothing¦:   @w¦> @w¦{{index: @w}}¦``@w`"""

# Blocks. What stands inside begins at BLOCKS, indented as that is.
PLAIN = r"""@l¦@l @l @l¦@l\n@l¦## @l¦### @l {: #@n }¦## @l {#@n}¦@l\n{: .lead #@n }¦@l\n{: .drop-cap }
@l\n{: .small-caps }¦@l\n{: .only-print }¦***¦---\n{: .stars }¦***\n{: .ornament #@n }¦[page break]
[blank page]¦[blank page]{: #@n }¦[notes page]¦[contents]¦[contents: short]¦[contents: chapter]
[ruled lines: 3]¦[index]¦[bibliography]¦[abbreviations]¦[include: part.md]¦[include: part.md#clay]
[include: plan.py]¦[include: plan.py#1-2]¦[table: v.csv]¦[table: v.csv]{: .turned #@n }¦$$\nx^2\n$$
$$ x $$ {: #@n }\n\nEquation: @l¦{index: @w}¦<div class="x">\n\n@l\n\n</div>¦<p>@w *@w*</p>
<div markdown="1" id="@n">\n@l\n</div>¦<table>\n<tr><th>@w</th><td>@w</td></tr>\n</table>
<figure>\n<img src="a.svg" alt="@w">\n<figcaption>@w</figcaption>\n</figure>¦<details>\n<summary>@w</summary>\n\n@l\n\n</details>
<!-- no\n\nno -->¦<pre>@w\n @w</pre>¦*[NPO]: nonprofit organisation¦[named]: a.md¦[named]: https://example.org "Title"
```python\n@w = "@w"  # @w\n```¦~~~\n@w\n\n @w\n~~~¦    @w @w\n¦```\n@w\n```\n\nListing: @l {: #@n }
```sh variables\necho {{ village }} @w\n```¦Listing: @l\n\n```rust\nfn @w() {}\n```¦``` nolang\n@w\n```
```chart {#@n}\ntype: bar\ntitle: @w\n\na, b\n@w, 3\n@w, 4\n```¦```chart\ntype: pie\n\na, b\n@w, 3\nx, 1\n```
![@w](a.svg "@w *@w*"){: #@n }¦![@w](a.svg)¦![@w](a.svg){: .plain }¦![](a.svg){: .decorative }
![@w](a.svg "@w"){: .turned #@n }¦![@w](a.svg){: .full-bleed .plain }¦![@w](a.svg "@l")¦[![@w](a.svg)](@to)
!!! figures "@w" {: #@n }\n    ![@w](a.svg "@w"){: #@n }\n    ![@w](a.svg){: #@n }
!!! figures\n    ![@w](a.svg)\n\n    ![@w](a.svg)
Table: @l {: #@n }\n\n| @l | @l |\n|:--|--:|\n| @l | @l |\n| @l | |\n\nTable note: @l
| @l | << |\n| ^^ | @l |\n|---|--:|\n| @l | << |\n| @l | @l |\n{: .head-column widths="3 1" #@n }
| @w |\n|---|\n| @l |\n: @l¦| @l | @w |\n|---|---|\n| @l | ^^ |\n{: .turned align="left right" }\n\nTable: @l
@w\n:   @l\n:   @l\n\n@w\n:   @l¦- @l\n- @l\n  - @l\n  1. @l\n- [ ] @l¦1. @l\n2. @l\n\n3. @l¦1) @l\n- @l¦- [x] @l\n- [ ] @w
> @l\n> — @w, *@w*¦@w\n> @l¦@w\n- @l¦@w\n===¦@w\n---¦!!! verse numbered "@w"\n    @l\n      @l\n    @l\n\n    @l\n\n    — @w
!!! dialogue\n    Anna: @l\n\n    **Bo.** @l\n\n    (@l)¦!!! letter "@w, 3 May"\n    @w,\n\n    @l\n\n    — @w
!!! pull-quote\n    @l¦!!! checklist "@l"\n    - [ ] @l¦[@w]¦\[page break]¦@k\n@k¦2026. @w¦#@w¦@w\n1. @l
!!! epigraph\n    @l\n\n    — @w"""
NESTS = r"""> @b¦- @b¦1. @b¦- @l\n\n  @b¦- @l\n  @b¦!!! note "@l"\n    @b¦!!! tip\n    @b¦!!! sidebar "@w"\n    @b
!!! worksheet "@l" {: #@n }\n    @b¦!!! columns\n    @b¦!!! columns 3\n    @b¦!!! landscape\n    @b
!!! only print\n    @b¦!!! only epub screen\n    @b¦!!! only lang=en\n    @b¦!!! only pdf\n    @b¦!!! question\n\n    @b
!!! letter\n    @b¦!!! dialogue\n    @b¦!!! verse\n    @b¦!!! pull-quote\n    @b¦!!! epigraph\n    @b¦!!! figures\n    @b
!!! checklist\n    @b¦@w\n:   @b¦!!! warning ""\n    @b¦<div markdown="1">\n@b\n</div>¦<blockquote>\n\n@b\n\n</blockquote>
- [ ] @l\n\n  @b¦!!! note "@l"\n{: .x #@n }\n    @b¦@l\n@b"""
BROKEN = r"""!!!¦!!! @w¦!!! nte "@w"\n    @l¦!!! note "@w\n    @l¦!!! only\n    no¦!!! only moon\n    @l¦!!! only lang=\n    no
!!! columns @w\n    @l¦!!! note\n@l¦!!! figures\n    @l¦!!! verse "@w" @w\n    @l¦[pagebreak]¦[page break: @w]¦[inclde: part.md]
[include: gone.md]¦[include: part.md#gone]¦[include: ../x.md]¦[include:]¦[table: gone.csv]¦[table: v.csv] @w¦[contents: @w]
[ruled lines: @w]¦[ruled lines: 99]¦[glosary]¦```\n@w¦```chart\n@w\n```¦```chart\ntype: @w\n\na, b\n@w, c\n```¦```vega-lite\n{@w\n```
```chart\n```¦$$\n@w¦$$\n\foo\n$$¦$$\n$$¦Table: @l¦Listing: @l¦Equation: @l¦Table note: @l¦| @l |\n|---|---|\n| @l | @l | @l |
| << | ^^ |\n|---|---|\n| @l | << |\n| ^^ | << |\n| << | ^^ |\n\nTable: @l¦| @w |\n|---|\n| @l |\n{: widths="no" align="no" head-columns=9 }
{: .@w #@n }¦{: .drop-cap }¦<div>\n@l¦</div>¦<table><tr><td>@w¦<script>@w</script>¦<p onclick="x">@w</p>¦<!-- @w¦-->\n@l
<svg><text>@w</text></svg>¦<details>\n@l¦<style>@w</style>¦[^gone]: @l¦[^]: @w¦[@w]:¦[@w]: ¦*[@w]:¦*[]: @w¦:   @l¦> \n>¦-¦- \n\n\n  @l
#¦##### @l¦# @l¦# ¦## {: #@n }¦![@w](gone.svg "@w")¦![](a.svg)¦![@w](a.svg "@w¦![@w](a.svg){: .full-bleed .turned }¦[index]\n@l
{{ gone }}¦<div markdown="1">\n@l¦<li>@w</li>¦<td>@w</td>¦<h2>@w</h2>¦---\n@w: @w\n---¦      @w¦      @l¦&nbsp;\n@l¦<details open>@w
\¦&#0;@w¦&#x3;¦{index: apple | begin}¦{: .only-print }¦| @l\n|---¦[x]: <@w¦<!-- part: clay -->\n@l\n<!-- end -->"""

TOMLS = (
    "",
    '[notes]\nepub = "book"\nscreen = "side"\nprint = "chapter"\n[abbreviations]\nspell-out = "chapter"\n',
    '[numbering]\ncaptions = "chapter"\n[typography]\ndrop-caps = true\n[notes]\nepub = "chapter"\n',
    '[links]\nqr = true\n[abbreviations]\nspell-out = "book"\n[citations]\nper = "chapter"\n',
)
LANGUAGES = ("en", "en-GB", "ja", "fr", "de", "es", "it", "pt", "nl", "pl", "sv", "tr")
WORKS = """@book{doe99, author={Doe, Jane}, title={Trees}, year=1999}
@book{roe, author={Roe, Rex}, title={Shrubs}, year=2001}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><path d="M0 0h9"/></svg>'
BESIDE = {
    "references.bib": WORKS,
    "a.svg": SVG,
    "v.csv": "a,b\n1,<i>2</i>\n",
    "part.md": "Part.\n\n## Soil\n\nOf *soil*.\n\n<!-- part: clay -->\nClay.\n<!-- end -->\n",
    "plan.py": "def plan():\n    pass\n",
}
WORDS_FILE = """# Words

[glossary]

Graft
:   A shoot.
"""


def _listed(templates: str) -> tuple[str, ...]:
    """Give templates that are parted by broken bars and ends of lines."""
    for name, sign in SIGNS.items():
        templates = re.sub(rf"{name}(?![a-z])", sign, templates)
    parts = re.split("[¦\n]", templates)
    return tuple(part.replace("\\n", "\n") for part in parts if part)


SOUND_MARKS, SOUND_BLOCKS, NESTING = map(_listed, (MARKS, PLAIN, NESTS))
FAULTY_MARKS, FAULTY_BLOCKS = map(_listed, (BROKEN_MARKS, BROKEN))
DEEPEST = 3
# What begins the lines of a quotation, an item, a box or a definition.
OPENING = r"^([ ]*(?:>|-(?: \[ \])?|[0-9]+[.)]|:)? *).*"
COMMENT = re.compile("<!--.*?-->", re.DOTALL)
KEYS = ("one", "two", "three")


@st.composite
def lines(draw: st.DrawFn, marks: tuple[str, ...], depth: int = 0) -> str:
    """Draw a mixture of marks, with marks in them."""
    if depth > 1 and draw(st.booleans()):
        return WORD
    drawn = draw(st.lists(st.sampled_from(marks), min_size=1, max_size=3))
    text = " ".join(drawn)
    while LINE in text:
        within = WORD if depth >= DEEPEST else draw(lines(marks, depth + 1))
        text = text.replace(LINE, within, 1)
    return text


@st.composite
def blocks(draw: st.DrawFn, is_faulty: bool, depth: int = 0) -> str:
    """Draw blocks, with blocks in them."""
    marks = SOUND_MARKS + FAULTY_MARKS * is_faulty
    kinds = SOUND_BLOCKS + NESTING * (depth < DEEPEST) + FAULTY_BLOCKS * is_faulty
    drawn = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=5 - depth))
    text = "\n\n".join(drawn)
    while LINE in text:
        text = _put(text, LINE, draw(lines(marks)))
    while BLOCKS in text:
        text = _put(text, BLOCKS, draw(blocks(is_faulty, depth + 1)))
    return text


def _put(text: str, sign: str, within: str) -> str:
    """Put lines where a sign stands, each as far in as the first; cells know no ends of lines."""
    place = text.index(sign)
    line = text[text.rfind("\n", 0, place) + 1 : place]
    if sign == LINE and line.startswith("|"):
        within = re.sub(r"[ \\]*\n", " ", re.sub(r"(?<!\\)\|", r"\\|", within))
    opening = ""
    if sign == BLOCKS or line.startswith((">", " ")):
        opening = re.sub(OPENING, r"\1", line, count=1)
    rest = opening if opening.startswith(">") else " " * len(opening)
    return text[:place] + within.replace("\n", f"\n{rest}") + text[place + 1 :]


@dataclass(frozen=True)
class DialectBook:
    """The files of a book, by name, and every word that stands in one of them but once."""

    files: dict[str, str]
    words: dict[str, tuple[str, int]]  # where it stands: file and line


@st.composite
def books(draw: st.DrawFn, is_faulty: bool) -> DialectBook:
    """Draw a book of one to three files; a faulty one has marks that are broken or do not fit."""
    texts = [draw(blocks(is_faulty)) for _ in range(draw(st.integers(1, 2)))]
    notes = [draw(lines(SOUND_MARKS)) for _ in range(3)]
    notes[1] += f"\n\n{draw(blocks(is_faulty, 2))}"
    language = draw(st.sampled_from(LANGUAGES))
    return _filled(texts, notes, language, draw(st.sampled_from(TOMLS)))


def _filled(texts: list[str], notes: list[str], language: str, more: str) -> DialectBook:
    """Put words, ids and references in the place of their signs."""
    numbers = count()
    names = [f"x{n}" for n in range(sum(text.count(NAME) for text in texts))]
    fresh, targets, calls = iter(names), cycle([*(f"#{n}" for n in names), "a.md"]), cycle(KEYS)
    fill: dict[str, Callable[[], str]] = {
        WORD: lambda: _word(next(numbers)),
        KANJI: lambda: _kanji(next(numbers)),
        NAME: lambda: next(fresh),
        TO: lambda: next(targets),
        NOTE: lambda: f"[^{next(calls)}]",
    }
    files = {}
    for name, text in zip("ab", texts, strict=False):
        made = f"# {WORD} {WORD}\n\n{text}\n\n"
        made += "[named]: https://example.org/named\n\n" * ("[named]:" not in made)
        for key, note in zip(KEYS, notes, strict=True):
            own = re.sub(NAME, lambda _: f"y{next(numbers)}", note).replace("\n", "\n    ")
            made += f"{WORD}[^{key}]\n\n[^{key}]: {own}\n\n"
        made = re.sub("|".join(fill), lambda sign: fill[sign.group()](), made)
        # What is for another language would be left out before anybody counts it.
        files[f"{name}.md"] = re.sub("(?<=lang[=-])en", language, made)
    return _whole(files, language, more)


def small_book(text: str, more: str = "") -> DialectBook:
    """Give a book of one text in English, with `more` at the end of its settings."""
    return _whole({"a.md": text}, "en", more)


def _whole(files: dict[str, str], language: str, more: str) -> DialectBook:
    listed = ", ".join(f'"{name}"' for name in files)
    toml = f'title = "T"\nlanguage = "{language}"\n'
    toml += f'chapters = [{listed}, "words.md"]\nback = ["index"]\n'
    toml += '[variables]\nvillage = "Ham & Co"\npress.city = "*Kobe*"\n'
    works = 'sources = "references.bib"\n'
    toml += more.replace("[citations]\n", f"[citations]\n{works}")
    toml += "" if "[citations]" in more else f"[citations]\n{works}"
    texts = {"book.toml": toml, **BESIDE, "words.md": WORDS_FILE, **files}
    return DialectBook(texts, dict(_places(files)))


def _word(number: int) -> str:
    """Give a word of five letters that stands nowhere else; none is in another."""
    letters = "bcdfghjkmnprstvz"
    return f"q{letters[number // 256 % 16]}{letters[number // 16 % 16]}{letters[number % 16]}a"


def _kanji(number: int) -> str:
    return "".join(chr(0x5B57 + number // base % 40) for base in (1, 40, 1600))


def _places(files: dict[str, str]) -> Iterator[tuple[str, tuple[str, int]]]:
    for name, written in files.items():
        text = COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), written)
        for number, line in enumerate(text.split("\n"), 1):
            for word in re.findall(r"q[bcdfghjkmnprstvz]{3}a|[\u5b57-\u5b7e]{3}", line):
                yield word, (name, number)
