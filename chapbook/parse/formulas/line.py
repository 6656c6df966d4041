"""Write a formula as one line of signs, which any language reads in its own words."""

# ruff: noqa: RUF001  # the signs that look alike are the matter here

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from chapbook.parse.formulas.alphabets import plain

RAISED = dict(zip("0123456789+−=()ni′″‴*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ′″‴*", strict=True))
LOWERED = dict(
    zip("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
OVER = {"^": "\u0302", "¯": "\u0304", "→": "\u20d7", "~": "\u0303", "˙": "\u0307", "¨": "\u0308"}
# These have room on both sides where something stands before them.
SPACED = frozenset("+−±∓×÷=≠≈≡≤≥<>∈∉⊂⊆⊃⊇∪∩→←↔⇒⇔↦∧∨∣∼≅∝⊕⊗")
RELATIONS = frozenset("=≠≈≡≤≥<>∼")
TIGHT = frozenset("([{⟨|‖¬√∑∏∫")
FUNCTIONS = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "log",
        "ln",
        "lg",
        "exp",
        "lim",
        "max",
        "min",
        "sup",
        "inf",
        "det",
        "dim",
    ]
)


def write_line(element: Element) -> str:
    """Give the text of an element of MathML."""
    return " ".join(_text(element).split())


def _text(element: Element) -> str:
    if element.tag in LEAVES:
        return plain(element.text or "").replace("\u2061", "")
    write = WRITERS.get(element.tag)
    return write(element) if write else _row(list(element))


def _fraction(element: Element) -> str:
    return f"{_held(element[0])}/{_held(element[1])}"


def _root(element: Element) -> str:
    if element.tag == "msqrt":
        return f"√{_held(element, list(element))}"
    return f"{_moved(element[1], RAISED, '')}√{_held(element[0])}"


def _raised(element: Element) -> str:
    base, sign = element
    return _accented(base, sign) or _base(base) + _moved(sign, RAISED, "^")


def _lowered(element: Element) -> str:
    return _base(element[0]) + _moved(element[1], LOWERED, "_") + _gap(element[0])


def _both(element: Element) -> str:
    low, high = _moved(element[1], LOWERED, "_"), _moved(element[2], RAISED, "^")
    return _base(element[0]) + low + high + _gap(element[0])


def _table(element: Element) -> str:
    return "; ".join(_text(row) for row in element)


def _table_row(element: Element) -> str:
    is_parted = len(element) > 0 and element[0].get("columnalign") == "right"
    cells = [_cell(kid) if is_parted else _text(kid).strip() for kid in element]
    return (" " if is_parted else ", ").join(filter(None, cells))


LEAVES = frozenset({"mi", "mn", "mo", "mtext"})
WRITERS: dict[str, Callable[[Element], str]] = {
    "mspace": lambda _: " ",
    "mphantom": lambda _: "",
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _root,
    "msup": _raised,
    "mover": _raised,
    "msub": _lowered,
    "munder": _lowered,
    "msubsup": _both,
    "munderover": _both,
    "mtable": _table,
    "mtr": _table_row,
}


def _row(kids: Sequence[Element]) -> str:
    pieces: list[str] = []
    for kid in kids:
        piece = _text(kid)
        before = "".join(pieces).rstrip()[-1:]
        if kid.tag == "mo" and piece in SPACED and before and before not in TIGHT | SPACED | {","}:
            piece = f" {piece} "
        elif piece == ",":
            piece = ", "
        elif (kid.tag == "mo" and len(piece) > 1) or (kid.tag == "mi" and piece in FUNCTIONS):
            piece = f" {piece} "
        pieces.append(piece)
    return "".join(pieces).replace("( ", "(")


def _cell(element: Element) -> str:
    """Give what follows on an equation that was parted at its sign."""
    text = _text(element).strip()
    return f"{text[0]} {text[1:]}" if text[:1] in RELATIONS else text


def _held(element: Element, kids: Sequence[Element] = ()) -> str:
    """Give a text in brackets where it would fall apart without them."""
    text = " ".join((_row(kids) if kids else _text(element)).split())
    is_one = text.isalnum() or len(text) < 2 or (text[0] == "(" and text.find(")") == len(text) - 1)
    return text if is_one else f"({text})"


def _base(element: Element) -> str:
    text = _text(element)
    is_one = element.tag in LEAVES or len(text) < 2 or text[-1:] in ")]}"
    return text if is_one else f"({text})"


def _moved(element: Element, signs: dict[str, str], mark: str) -> str:
    """Give an index in signs of its own where there are such, else after a mark."""
    text = _text(element).replace(" ", "")
    if text == "∘":
        return "°"
    if text and all(char in signs for char in text):
        return "".join(signs[char] for char in text)
    return mark + _held(element)


def _accented(base: Element, sign: Element) -> str:
    text, mark = _text(base).strip(), _text(sign).strip()
    return text + OVER[mark] if len(text) == 1 and mark in OVER else ""


def _gap(base: Element) -> str:
    """After a big operator with its limits there is room."""
    return " " if base.tag == "mo" else ""
