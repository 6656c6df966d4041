"""Formulas: LaTeX to MathML (https://www.w3.org/TR/mathml-core/), and to words.

In: the LaTeX between the dollars. Out: a `Formula`, or the `Fault`s that it has.
"""

from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, fromstring

from chapbook.parse.formulas.checks import Fault, check

__all__ = ["Fault", "Formula", "read_formula"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as MathML without a namespace, in one line of signs, and as it is read aloud.

    One that has `faults` shows its LaTeX.
    """

    mathml: str
    line: str
    spoken: str
    faults: tuple[Fault, ...] = ()

    def element(self) -> Element:
        """Give the `<math>`, with its words as `alttext`."""
        math = fromstring(self.mathml)
        math.set("alttext", self.spoken)
        return math


@lru_cache(maxsize=512)
def read_formula(latex: str, is_block: bool, language: str) -> Formula:
    """Read a formula; it is spoken in English, and in other languages as a line of signs."""
    # Imported here: most chapters have no formula, and the library reads a long table.
    from chapbook.parse.formulas.latex import convert, shown_as_written
    from chapbook.parse.formulas.line import write_line
    from chapbook.parse.formulas.speech import speak

    faults = check(latex)
    made = None if faults else convert(latex, is_block)
    if made is None or isinstance(made, Fault):
        failed = faults or ((made,) if made else ())
        return Formula(shown_as_written(latex, is_block), latex, latex, failed)
    mathml, root = made
    line = write_line(root)
    is_english = language.lower().partition("-")[0] == "en"
    return Formula(mathml, line, (speak(root) if is_english else line) or line)
