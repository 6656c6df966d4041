"""Rules about what is drawn: fonts, states, pictures, transparency."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Stream

from chapbook.prepress.names import called
from chapbook.prepress.standard.rules import Claim, both, only
from chapbook.prepress.transparency import find_blends
from chapbook.print_shop import Standard

INTENTS = frozenset(
    {"/AbsoluteColorimetric", "/RelativeColorimetric", "/Saturation", "/Perceptual"}
)
PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
SCREENS = (1, 5)


def _fonts(claim: Claim) -> Iterator[str]:
    for content in claim.contents:
        for _, font in called(content, "/Font"):
            (one, *_) = font.get("/DescendantFonts", Array([font]))
            descriptor = one.get("/FontDescriptor", Dictionary())
            if font.get("/Subtype") != Name.Type3 and not any(p in descriptor for p in PROGRAMS):
                yield f"the font {str(font.get('/BaseFont'))[1:]} is not embedded"


def _states(claim: Claim) -> Iterator[tuple[str, Object]]:
    for content in claim.contents:
        yield from called(content, "/ExtGState")


def _transfer(claim: Claim) -> Iterator[str]:
    for _, state in _states(claim):
        if "/TR" in state or state.get("/TR2", Name.Default) != Name.Default or "/HTP" in state:
            yield "something is drawn with a transfer function"


def _halftones(claim: Claim) -> Iterator[str]:
    for _, state in _states(claim):
        screen = state.get("/HT", None)
        if isinstance(screen, Dictionary | Stream) and (
            int(screen.get("/HalftoneType", 0)) not in SCREENS or "/HalftoneName" in screen
        ):
            yield "something is drawn with a halftone screen of its own"


def _rendering(claim: Claim) -> Iterator[str]:
    asked = [state.get("/RI") for _, state in _states(claim)]
    asked += [item.get("/Intent") for item in claim.objects if item.get("/Subtype") == Name.Image]
    for intent in asked:
        if intent is not None and str(intent) not in INTENTS:
            yield f"the rendering intent {str(intent)[1:]} is unknown"


def _postscript(claim: Claim) -> Iterator[str]:
    for content in claim.contents:
        for _, item in called(content, "/XObject"):
            if Name.PS in (item.get("/Subtype"), item.get("/Subtype2")) or "/PS" in item:
                yield "something is drawn by PostScript"


def _elsewhere(claim: Claim) -> Iterator[str]:
    for content in claim.contents:
        for _, item in called(content, "/XObject"):
            for key in ("/Ref", "/Alternates", "/OPI"):
                if key in item:
                    yield f"something stands for another picture ({key[1:]})"


def _transparency(claim: Claim) -> Iterator[str]:
    for blend in find_blends(claim.file):
        yield f"page {blend.page}: {blend.what}"
    for owner in (*(page.obj for page in claim.file.pages), *(c.owner for c in claim.contents)):
        if owner.get("/Group", Dictionary()).get("/S") == Name.Transparency:
            yield "something is drawn as a transparency group"


RULES = (
    both("fonts", "6.5", "6", _fonts),
    both("transfer", "6.13", "6", _transfer),
    both("halftones", "6 (ISO 32000-1, 10.5)", "6", _halftones),
    both("rendering-intents", "6.23", "6", _rendering),
    both("postscript", "6.14", "6", _postscript),
    both("other-pictures", "6 (ISO 32000-1, 8.9.5.4, 8.10.4, 14.11.7)", "6", _elsewhere),
    only(Standard.X1A, "transparency", "6", _transparency),
)
