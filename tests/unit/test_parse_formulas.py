# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""Formulas: what is one, what becomes of it, how it is said, and each fault in its place."""

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.diagnostics import Code
from chapbook.model import Kind, SourceFile
from chapbook.parse import parse_source
from chapbook.parse.formulas import read_formula
from chapbook.settings import FrontMatter


def parse(text: str, language: str = "en") -> tuple[str, list[str], list[str]]:
    """Give the XHTML of a chapter, the words of its formulas, and its findings."""
    outcome = parse_source(SourceFile("a.md", f"# T\n\n{text}\n", FrontMatter()), language)
    (chapter,) = outcome.value
    told = [p.text for p in chapter.passages if p.kind is Kind.ALT]
    return chapter.xhtml, told, [f"{d.at}: {d.message}" for d in outcome.diagnostics]


@pytest.mark.parametrize(
    "text",
    ["$5 and $6", "from $ 5 to $ 6 ", "US$5 or CA$7", r"\$x\$", "$x$5", "`$x$`", "a $ b", "$$"],
)
def test_money_is_text(text: str) -> None:
    xhtml, told, found = parse(f"It costs {text}, they say.")
    assert ("<math" in xhtml, told, found) == (False, [], [])


@pytest.mark.parametrize(
    "text", ["$x$", "**$x$**", "($x$)", "[$x$](https://a.org)", "| $x$ |\n|-|"]
)
def test_a_formula_stands_wherever_words_do(text: str) -> None:
    xhtml, told, found = parse(text)
    assert xhtml.count("<math") == 1
    assert (told, found) == (["x"], [])


@pytest.mark.parametrize(
    "text",
    [
        'a <span title="US$">price</span> of $x$',
        "[a $x$](https://a.org/?p=$y$)",
        r"\\$x$",
        "$5 for\n- one\n- or $x$",
    ],
)
def test_dollars_in_tags_addresses_and_other_blocks_are_left_alone(text: str) -> None:
    _, told, found = parse(text)
    assert (told, found) == (["x"], [])


@pytest.mark.parametrize(
    ("latex", "line", "spoken"),
    [
        ("x^2", "x²", "x squared"),
        (r"\frac{a}{b}", "a/b", "a over b"),
        (r"\frac{a+1}{b}", "(a + 1)/b", "the fraction a plus 1 over b, end fraction"),
        (r"\sqrt{x+1}", "√(x + 1)", "the square root of x plus 1, end root"),
        (r"\sum_{i=1}^n i", "∑ᵢ₌₁ⁿ i", "the sum from i equals 1 to n of i"),
        (r"f(x)", "f(x)", "f of x"),
        (r"a_{ij} \le \alpha", "aᵢⱼ ≤ α", "a sub i j, is at most alpha"),
        (r"90^\circ", "90°", "90 degrees"),
        (r"\hat{x} \in \mathbb{R}", "x̂ ∈ R", "x hat in R"),
        (r"-b \pm c", "−b ± c", "minus b plus or minus c"),
        (r"5\,\mathrm{kg}", "5 kg", "5 kg"),
    ],
)
def test_a_formula_is_a_line_of_signs_and_a_sentence(latex: str, line: str, spoken: str) -> None:
    formula = read_formula(latex, False, "en")
    assert (formula.line, formula.spoken, formula.faults) == (line, spoken, ())
    assert read_formula(latex, False, "de").spoken == line


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"and $\alhpa + 1$", r"a.md:3:6: there is no command \alhpa"),
        ("x\n\n> $$\n> a + \\foo\n> $$", r"a.md:6:7: there is no command \foo"),
        ("$a + {b$", "a.md:3:6: this brace is not closed"),
        ("$a}$", "a.md:3:3: this brace closes nothing"),
        ("$x^$", "a.md:3:1: nothing follows ^ or _"),
        (r"$\frac{a}$", "a.md:3:1: a part of the formula is missing"),
        (r"$\left( x$", r"a.md:3:2: \left and \right do not match"),
        (r"$$\begin{pmatrixx}a\end{pmatrixx}$$", "a.md:3:3: there is no environment “pmatrixx”"),
        ("> $$\n> a\n\nText.", "a.md:3:3: a formula begins here and does not end"),
        (r"$\def\x{\x\x}$", r"a.md:3:2: \def can not stand in a formula of a book"),
        (r"$E = mc^2 \tag{1}$", r"a.md:3:11: \tag can not stand in a formula of a book"),
    ],
)
def test_a_fault_is_told_in_its_place(text: str, found: str) -> None:
    findings = parse(text)[2]
    assert found in findings


def test_a_slip_of_the_pen_is_met_with_the_command_that_was_meant() -> None:
    source = SourceFile("a.md", "# T\n\n$\\alhpa$\n", FrontMatter())
    (finding,) = parse_source(source, "en").diagnostics
    assert (finding.code, finding.hints) == (Code.BAD_FORMULA, ("did you mean \\alpha?",))


def test_an_equation_is_numbered_where_it_has_an_id() -> None:
    outcome = parse_source(
        SourceFile("a.md", "# T\n\n$$a$$ {: #e }\n\n$$b$$\n", FrontMatter()), "en"
    )
    (chapter,) = outcome.value
    assert [(c.kind.value, c.anchor, str(c.at)) for c in chapter.captions] == [
        ("equation", "e", "a.md:3:1")
    ]


def test_signs_that_would_be_raw_are_written_as_mathml_knows_them() -> None:
    formula = read_formula(r"\mathbf{AB} \lim_{x\to0} \begin{aligned}a&=b\end{aligned}", True, "en")
    root = fromstring(formula.mathml)
    assert "𝐀" in "".join(root.itertext())
    assert root.find(".//munder") is not None
    assert "(1)" not in "".join(root.itertext())


def test_a_formula_in_a_title_is_a_line_of_signs_in_the_contents() -> None:
    outcome = parse_source(SourceFile("a.md", "# Of $x^2$\n\nText.\n", FrontMatter()), "en")
    (chapter,) = outcome.value
    assert (chapter.title, "<msup>" in chapter.title_xhtml) == ("Of x²", True)


PIECES = st.sampled_from(
    [*"abxy0123+-=^_{}()[]&|<>'\"$ \n#", "\\\\", "\\frac", "\\sqrt", "\\left(", "\\right)", "\\sum",
     "\\begin{cases}", "\\end{cases}", "\\text{a b}", "\\alpha", "\\foo", "\\,", "\\%", "\\limits"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join), st.booleans())
def test_whatever_stands_in_a_formula_it_is_read_or_reported(latex: str, is_block: bool) -> None:
    formula = read_formula(latex, is_block, "en")
    root = fromstring(formula.mathml)
    shown = "".join(root.itertext())
    assert root.tag == "math"
    assert formula.faults or "\\" not in shown.replace("\\\\", "")
    assert formula.spoken or formula.faults
