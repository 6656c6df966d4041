"""Say which characters no font could show, where they stand and what would show them."""

import unicodedata
from collections.abc import Iterable, Mapping

from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.publication import PagedPublication

CJK = "fonts-noto-cjk"
EMOJI = "fonts-noto-color-emoji"
REST = "fonts-noto-core"

# The first words of a character's name in Unicode tell its script.
PACKAGES = {
    "CJK": CJK,
    "HIRAGANA": CJK,
    "KATAKANA": CJK,
    "HANGUL": CJK,
    "BOPOMOFO": CJK,
    "IDEOGRAPHIC": CJK,
    "FULLWIDTH": CJK,
    "HALFWIDTH": CJK,
}
SYMBOL_BLOCKS = range(0x1F000, 0x1FB00)


def missing_glyphs(counts: Mapping[str, int], publication: PagedPublication) -> list[Diagnostic]:
    """Make one finding for each character; `counts` tells how often it was drawn."""
    return [_missing(one, count, publication) for one, count in sorted(counts.items())]


def _missing(character: str, count: int, publication: PagedPublication) -> Diagnostic:
    name = unicodedata.name(character, "without a name")
    places = "once" if count == 1 else f"{count} times"
    return warning(
        Code.MISSING_GLYPH,
        f"no font has U+{ord(character):04X} {name}; an empty box is printed {places}",
        _first_place(character, publication),
        *_advice(character, name),
        "until then the file makes no claim to PDF/UA, which forbids the empty box",
    )


def _first_place(character: str, publication: PagedPublication) -> Location | None:
    return next((p.at for p in publication.passages if character in p.text), None)


def _advice(character: str, name: str) -> Iterable[str]:
    category = unicodedata.category(character)
    if category in ("Co", "Cn", "Cc"):
        yield "no font can be expected to have it: write another character"
    elif ord(character) in SYMBOL_BLOCKS:
        yield f"install a font of symbols, such as Debian's package {EMOJI}"
    else:
        script = name.split()[0].split("-")[0]
        package = PACKAGES.get(script, REST)
        yield f"install a font for {script.title()}, such as Debian's package {package}"
