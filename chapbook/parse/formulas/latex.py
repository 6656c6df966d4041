"""Convert LaTeX to MathML, and make the result fit for readers and for the drawing."""

import re
import unicodedata
from html import unescape
from xml.etree.ElementTree import Element, SubElement, tostring

from latex2mathml.converter import Converter

from chapbook.parse.formulas.alphabets import in_alphabet
from chapbook.parse.formulas.checks import Fault, prepare

# How many parts each of these has (https://www.w3.org/TR/mathml-core/).
PARTS = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2,
    "msubsup": 3, "munderover": 3,
}  # fmt: skip
WHOLE = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
WITH_LIMITS = frozenset("\u2211\u220f\u2210\u22c3\u22c2\u22c1\u22c0\u2a01\u2a02\u2a04") | {
    "lim",
    "max",
    "min",
    "sup",
    "inf",
    "lim sup",
    "lim inf",
}
KEPT = frozenset(
    {
        "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth",
        "displaystyle", "fence", "form", "height", "largeop", "linethickness", "lspace", "maxsize",
        "minsize", "movablelimits", "notation", "rowlines", "rowspacing", "rspace", "scriptlevel",
        "separator", "stretchy", "voffset", "width",
    }
)  # fmt: skip
# What MathML once had words for.
SPACES = {
    "negativethinmathspace": "-0.167em",
    "negativemediummathspace": "-0.222em",
    "negativethickmathspace": "-0.278em",
    "thinmathspace": "0.167em",
    "mediummathspace": "0.222em",
    "thickmathspace": "0.278em",
}
LENGTHS = frozenset({"depth", "height", "lspace", "rspace", "voffset", "width"})
LENGTH = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:em|ex|px|pt|pc|mm|cm|in|width|height)?")
# What each refusal of the converter means, what to do, and which command it is about.
MESSAGES = {
    "DenominatorNotFoundError": ("something is divided by nothing", "write {a \\over b}", "\\over"),
    "DoubleSubscriptsError": ("one sign has two indices below it", "write a_{b_c} or {a_b}_c", "_"),
    "DoubleSuperscriptsError": ("one sign has two exponents", "write a^{b^c} or {a^b}^c", "^"),
    "ExtraLeftOrMissingRightError": (
        "\\left and \\right do not match",
        "each \\left needs its \\right; \\right. shows nothing",
        "\\left",
    ),
    "InvalidAlignmentError": ("columns are named by l, c and r", "such as {lcr}", "\\begin"),
    "LimitsMustFollowMathOperatorError": (
        "\\limits follows no operator",
        "write it behind \\sum, \\int or the like",
        "\\limits",
    ),
    "MissingSuperScriptOrSubscriptError": ("nothing follows ^ or _", "such as x^2 or x_i", ""),
    "NumeratorNotFoundError": ("nothing is divided", "write {a \\over b}", "\\over"),
}
INCOMPLETE = "a part of the formula is missing"
EXAMPLE = "each part stands in braces: \\frac{a}{b}"
RAW = re.compile(r"\\[A-Za-z]+")


def convert(latex: str, is_block: bool) -> tuple[str, Element] | Fault:
    """Give the MathML of a formula, as text and as a tree, or the fault that it can not be read."""
    display = "block" if is_block else "inline"
    try:
        made = Converter().convert_to_element(prepare(latex), None)
    except Exception as refusal:
        # A reader of LaTeX fails in as many ways as there are to write it wrongly.
        return _explain(type(refusal).__name__, latex)
    root = Element("math", {"display": display})
    root.extend(made)
    for element in root.iter():
        _settle(element)
        _wrap_base(element)
    if is_block:
        _raise_limits(root)
    else:
        _make_small(root)
    _join_words(root)
    if fault := _fault_of(root):
        return fault
    return tostring(root, "unicode"), root


def _explain(name: str, latex: str) -> Fault:
    message, hint, about = MESSAGES.get(name, (INCOMPLETE, EXAMPLE, ""))
    return Fault(message, latex.find(about) if about else -1, hint)


def _settle(element: Element) -> None:
    """Take entities and old attributes away; letters of other alphabets are signs of their own."""
    variant = element.get("mathvariant", "")
    text = unescape(element.text or "")
    element.text = in_alphabet(text, variant) if element.tag != "mtext" and variant else text
    is_upright = variant == "normal" and element.tag == "mi"
    kept = {name: value for name, value in element.items() if name in KEPT}
    if element.tag != "math":
        element.attrib = kept | ({"mathvariant": "normal"} if is_upright else {})
    for name in LENGTHS & element.attrib.keys():
        length = SPACES.get(element.attrib[name], element.attrib[name])
        if LENGTH.fullmatch(length):
            element.set(name, length)
        else:
            del element.attrib[name]
    if element.tag == "mi" and _is_operator(element.text):
        element.tag = "mo"
    if element.tag == "mtable" and element.get("rowspacing") == "3pt":
        element.set("rowspacing", "0.5em")
    if element.tag == "mo" and element.text == "―":
        element.text = "¯"
    if element.tag == "mo" and element.text == "-":
        element.text = "−"  # noqa: RUF001


def _is_operator(text: str) -> bool:
    return len(text) == 1 and unicodedata.category(text) == "Sm" and text not in "∂∇∞∅∀∃"


def _wrap_base(element: Element) -> None:
    """Hold together what is raised: the converter leaves the brackets of a matrix loose."""
    if element.tag in WHOLE and len(element) > PARTS[element.tag]:
        count = len(element) - PARTS[element.tag] + 1
        base = Element("mrow")
        base.extend(element[:count])
        element[:count] = [base]


def _raise_limits(element: Element) -> None:
    """Set the limits of sums and the like above and below them, but not in a fraction."""
    for child in element:
        if child.tag == "mfrac":
            continue
        _raise_limits(child)
        if child.tag in WHOLE and _words(child[0]) in WITH_LIMITS:
            child.tag = WHOLE[child.tag]


def _make_small(root: Element) -> None:
    """In a line, let the brackets of a binomial be no higher than it."""
    for element in root.iter("mo"):
        for name in ("minsize", "maxsize"):
            if name in element.attrib:
                element.set(name, "1.2em")


def _join_words(element: Element) -> None:
    """Make one word of upright letters that stand side by side, as in `kg`."""
    for child in list(element):
        _join_words(child)
    if element.tag not in ("mrow", "math", "mstyle", "mtd"):
        return
    last: Element | None = None
    for child in list(element):
        is_word = child.tag == "mi" and child.get("mathvariant") == "normal"
        if is_word and last is not None and (child.text or "").isalpha():
            last.text = (last.text or "") + (child.text or "")
            element.remove(child)
        else:
            last = child if is_word and (child.text or "").isalpha() else None


def _fault_of(root: Element) -> Fault | None:
    for element in root.iter():
        if len(element) != PARTS.get(element.tag, len(element)):
            return Fault(INCOMPLETE, hint=EXAMPLE)
        if {"columnlines", "rowlines"} & element.attrib.keys():
            return Fault("lines between rows or columns are not drawn", hint="make it a table")
        if RAW.search(element.text or ""):
            return Fault(f"{element.text} can not be shown here", hint="look at what follows it")
    return None if _words(root).strip() else Fault("the formula shows nothing", 0, "delete it")


def _words(element: Element) -> str:
    return "".join(element.itertext())


def shown_as_written(latex: str, is_block: bool) -> str:
    """Give MathML that holds the LaTeX of a formula that can not be read."""
    root = Element("math", {"display": "block" if is_block else "inline"})
    SubElement(root, "mtext").text = latex
    return tostring(root, "unicode")
