"""What a rule of the standard is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pikepdf
from pikepdf import Array, Dictionary

from chapbook.prepress.names import Content, every_content
from chapbook.print_shop import Standard

PART = {Standard.X4: "ISO 15930-7:2010", Standard.X1A: "ISO 15930-4:2003"}


class Claim:
    """A file as read again, and the standard that it claims."""

    def __init__(self, pdf: bytes, file: pikepdf.Pdf, standard: Standard) -> None:
        """Keep the bytes too: some rules are about how they are written."""
        self.pdf = pdf
        self.file = file
        self.standard = standard

    @cached_property
    def contents(self) -> tuple[Content, ...]:
        """Everything that draws, each once."""
        return tuple(every_content(self.file))

    @cached_property
    def objects(self) -> tuple[pikepdf.Object, ...]:
        """Every object of the file that is a dictionary or a stream."""
        kinds = Dictionary | pikepdf.Stream
        return tuple(item for item in self.file.objects if isinstance(item, kinds))

    @cached_property
    def intents(self) -> tuple[pikepdf.Object, ...]:
        """The output intents for PDF/X."""
        intents = self.file.Root.get("/OutputIntents", Array())
        return tuple(one for one in intents if one.get("/S") == "/GTS_PDFX")

    @cached_property
    def profile(self) -> bytes:
        """The profile of the output intent, b"" where there is none."""
        (intent, *_) = self.intents or (Dictionary(),)
        profile = intent.get("/DestOutputProfile", None)
        return profile.read_bytes() if isinstance(profile, pikepdf.Stream) else b""


Check = Callable[[Claim], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement. `check` says what breaks it, in no words where nothing does.

    `clauses` tells where each standard asks for it: a clause of its own part of ISO 15930, or
    the clause of ISO 32000-1 that it leads to.
    """

    name: str
    clauses: Mapping[Standard, str]
    check: Check

    def clause_of(self, standard: Standard) -> str:
        """Name the part and clause that a standard has it from."""
        return f"{PART[standard]}, {self.clauses[standard]}"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken, where it is written, and by what."""

    rule: str
    clause: str
    message: str


def both(name: str, x4: str, x1a: str, check: Check) -> Rule:
    """Make a rule that both standards have."""
    return Rule(name, {Standard.X4: x4, Standard.X1A: x1a}, check)


def only(standard: Standard, name: str, clause: str, check: Check) -> Rule:
    """Make a rule that one standard has."""
    return Rule(name, {standard: clause}, check)
