"""Say a formula in English words, as a teacher would at the blackboard."""

# ruff: noqa: RUF001  # the signs that look alike are the matter here

import re
import unicodedata
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from chapbook.parse.formulas.alphabets import plain

SIGNS = {
    "+": "plus", "−": "minus", "±": "plus or minus", "∓": "minus or plus", "×": "times",
    "⋅": "times", "·": "times", "∗": "times", "*": "times", "/": "over", "÷": "divided by",
    "=": "equals", "≠": "is not equal to", "≈": "is about", "≡": "is identical to",
    "<": "is less than", ">": "is greater than", "≤": "is at most", "≥": "is at least",
    "≪": "is much less than", "≫": "is much greater than", "∼": "is similar to",
    "∝": "is proportional to", "≅": "is congruent to", "→": "to", "←": "from", "↦": "maps to",
    "⇒": "implies", "⇔": "if and only if", "∈": "in", "∉": "not in", "⊂": "is a subset of",
    "⊆": "is a subset of", "⊃": "contains", "∪": "union", "∩": "intersected with", "∖": "without",
    "∅": "the empty set", "∞": "infinity", "∂": "partial", "∇": "nabla", "∀": "for all",
    "∃": "there exists", "¬": "not", "∧": "and", "∨": "or", "∣": "given", "!": "factorial",
    "%": "percent", "°": "degrees", "′": "prime", "″": "double prime", "…": "and so on",
    "⋯": "and so on", "(": "open bracket", ")": "close bracket", "[": "open square bracket",
    "]": "close square bracket", "{": "open brace", "}": "close brace", "‖": "norm bar",
    "|": "bar", "∥": "norm bar", "⟨": "open angle bracket", "⟩": "close angle bracket",
    ",": ",", "∑": "the sum", "∏": "the product", "∫": "the integral", "∬": "the double integral",
    "∮": "the contour integral", "⋃": "the union", "⋂": "the intersection", "&": "and",
    "⊕": "direct sum", "⊗": "tensor", "⊥": "perpendicular to", "∘": "after", "∴": "therefore",
}  # fmt: skip
BIG = frozenset("∑∏∫∬∮⋃⋂")
NAMES = {
    "sin": "sine", "cos": "cosine", "tan": "tangent", "ln": "natural log", "exp": "exp",
    "lim": "the limit", "max": "the maximum", "min": "the minimum", "det": "the determinant",
}  # fmt: skip
ACCENTS = {"^": "hat", "¯": "bar", "→": "vector", "~": "tilde", "˙": "dot", "¨": "double dot"}
POWERS = {
    "∘": "degrees",
    "2": "squared",
    "3": "cubed",
    "′": "prime",
    "″": "double prime",
    "‴": "triple prime",
}
ROOTS = {"2": "square", "3": "cube", "4": "fourth"}
CALLED = frozenset("fghFGHPE") | {"sin", "cos", "tan", "log", "ln", "exp", "det"}


def speak(element: Element) -> str:
    """Give the words of an element of MathML."""
    words = " ".join(_say(element).split())
    return re.sub(r" ([,;])", r"\1", words).strip(" ,;")


def _say(element: Element) -> str:
    say = SPEAKERS.get(element.tag)
    return say(element) if say else _row(list(element))


def _root(element: Element) -> str:
    if element.tag == "msqrt":
        return f"the square root of {_grouped(list(element), 'root')}"
    base, degree = element
    which = ROOTS.get(_bare(degree)) or f"{_say(degree)}-th"
    return f"the {which} root of {_grouped([base], 'root')}"


def _raised(element: Element) -> str:
    return f"{_say(element[0])} {_power(element[1])}"


def _lowered(element: Element) -> str:
    base, index = element
    return _limited(base, index, None) or f"{_say(base)} sub {_grouped([index])}"


def _both(element: Element) -> str:
    base, low, high = element
    indexed = f"{_say(base)} sub {_grouped([low])} {_power(high)}"
    return _limited(base, low, high) or indexed


def _under(element: Element) -> str:
    base, low = element
    return _limited(base, low, None) or f"{_say(base)} over {_say(low)}"


def _over(element: Element) -> str:
    base, sign = element
    mark = ACCENTS.get(_bare(sign))
    return f"{_say(base)} {mark or 'with ' + _say(sign) + ' above'}"


def _around(element: Element) -> str:
    return _limited(*element) or _row(list(element))


def _table(element: Element) -> str:
    if len(element) == 1:
        return _say(element[0])
    return "; ".join(f"row {number}: {_say(row)}" for number, row in enumerate(element, 1))


def _table_row(element: Element) -> str:
    is_parted = len(element) > 0 and element[0].get("columnalign") == "right"
    said = (_say(cell).strip() for cell in element)
    return (" " if is_parted else ", ").join(filter(None, said))


def _row(kids: Sequence[Element]) -> str:
    pieces: list[str] = []
    for place, kid in enumerate(kids):
        before = _bare(kids[place - 1]) if place else ""
        follows = _bare(kids[place + 1]) if place + 1 < len(kids) else ""
        said = _say(kid)
        if _bare(kid) == "(" and _is_called(before):
            said = "of"
        elif _bare(kid) == ")" and _opened_by_call(kids[:place]):
            said = ","
        elif _bare(kid) in ("{", "(") and kid.tag == "mo" and _holds_table(kids, place):
            said = "the cases" if _bare(kid) == "{" else "the table"
        elif _bare(kid) == ")" and place and _holds_table(kids, place - 2):
            said = ","
        elif _bare(kid) == "−" and not place and follows:
            said = "minus"
        pieces.append(said)
    return " ".join(pieces)


def _holds_table(kids: Sequence[Element], place: int) -> bool:
    return 0 <= place + 1 < len(kids) and any(True for _ in kids[place + 1].iter("mtable"))


def _is_called(name: str) -> bool:
    return name.rstrip("′″‴") in CALLED


def _opened_by_call(kids: Sequence[Element]) -> bool:
    depth = 0
    for place in range(len(kids) - 1, -1, -1):
        sign = _bare(kids[place])
        depth += (sign == ")") - (sign == "(")
        if depth < 0:
            return place > 0 and _is_called(_bare(kids[place - 1]))
    return False


def _sign(element: Element) -> str:
    text = plain(element.text or "").strip()
    if element.tag == "mtext" or (text.isascii() and text.isalnum()):
        return NAMES.get(text, text)
    return " ".join(SIGNS.get(char) or _name(char) for char in text)


def _name(char: str) -> str:
    name = unicodedata.name(char, "")
    if name.startswith("GREEK"):
        kind = "capital " if "CAPITAL" in name else ""
        return kind + name.partition("LETTER ")[2].removesuffix(" SYMBOL").lower()
    return char if char.isalnum() else name.lower()


def _bare(element: Element) -> str:
    return plain("".join(element.itertext())).strip()


def _grouped(kids: Sequence[Element], end: str = "") -> str:
    """Say a group; where it is more than one sign, say where it ends."""
    said = " ".join(_row(kids).split())
    if len(said.split()) < 2:
        return said
    return f"{said}, end {end}," if end else f"{said},"


def _fraction(element: Element) -> str:
    top, bottom = element
    if element.get("linethickness") in ("0", "0pt", "0em"):
        return f"{_say(top)} choose {_say(bottom)}"
    above, below = (" ".join(_say(one).split()) for one in (top, bottom))
    if " " not in above + below:
        return f"{above} over {below}"
    return f"the fraction {above} over {below}, end fraction,"


def _power(exponent: Element) -> str:
    known = POWERS.get(_bare(exponent))
    return known or f"to the power of {_grouped([exponent])}"


def _limited(base: Element, low: Element, high: Element | None) -> str:
    """Say a sum, an integral or a limit with what stands below and above it."""
    sign = _bare(base)
    if sign in BIG:
        start = "from" if high is not None else "over"
        end = f" to {_say(high)}" if high is not None else ""
        return f"{_say(base)} {start} {_say(low)}{end} of"
    if sign in NAMES and sign in ("lim", "max", "min"):
        return f"{NAMES[sign]} {'as' if sign == 'lim' else 'over'} {_say(low)} of"
    return ""


SPEAKERS: dict[str, Callable[[Element], str]] = {
    **dict.fromkeys(("mi", "mn", "mo", "mtext"), _sign),
    **dict.fromkeys(("mspace", "mphantom"), lambda _: " "),
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _root,
    "msup": _raised,
    "msub": _lowered,
    "msubsup": _both,
    "munder": _under,
    "mover": _over,
    "munderover": _around,
    "mtable": _table,
    "mtr": _table_row,
}
