"""Embed the fonts that a book's style sheet names: cut down to its letters, where they may be.

What a font allows stands in it: OS/2 fsType (https://learn.microsoft.com/typography/opentype/spec/
os2#fstype), and the SIL Open Font License (https://openfontlicense.org), by which a font that was
cut may not bear the name that its makers keep to themselves.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from chapbook.cache import Cache, code_digest, digest, installed_version
from chapbook.compose.styles import COMMENT, URL, Stylesheet
from chapbook.diagnostics import Code, Diagnostic, Location, Outcome, warning

ENDINGS = frozenset({"otf", "ttf", "woff", "woff2"})
FACE = re.compile(r"@font-face\s*\{[^{}]*\}\s*", re.IGNORECASE)
ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
FEATURE = re.compile(r"""["']([A-Za-z0-9]{4})["']""")
VARIANTS = ("c2sc", "lnum", "onum", "pnum", "smcp", "sups", "subs", "tnum")
OFL = re.compile(r"SIL Open Font License|scripts\.sil\.org/OFL|openfontlicense\.org", re.IGNORECASE)
RESERVED = re.compile(r"Reserved Font Name", re.IGNORECASE)
RESTRICTED, WHOLE_ONLY, BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
EMBEDDABLE = 0x000C  # for viewing, for editing: where one of them is set too, the least holds
COPYRIGHT, LICENCE, LICENCE_ADDRESS = 0, 13, 14
KEPT_NAMES = [*range(7), LICENCE, LICENCE_ADDRESS, 16, 17]
NAMES = (1, 3, 4, 6, 16)
FAMILY = "Letters of the book"


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """A font as the e-book holds it; `content` is None where it must not, for the `reason`."""

    content: bytes | None = field(default=None, repr=False)
    reason: str = ""


def is_font(name: str) -> bool:
    """Whether a file is a font, by its name."""
    return name.rpartition(".")[2].lower() in ENDINGS


def embed_fonts(
    style: Stylesheet,
    characters: Collection[str],
    are_wanted: bool,
    shown: Callable[[str], str],
    cache: Cache | None = None,
) -> Outcome[tuple[Stylesheet, Mapping[str, bytes]]]:
    """Give the style sheet, without what is not embedded, and each font by its address.

    `characters` are all that the documents hold; `shown` names a file for its user. What was cut
    before is taken from `cache`.
    """
    files = {name: file for name, file in style.resources.items() if is_font(name)}
    rest = {name: file for name, file in style.resources.items() if name not in files}
    if not are_wanted:
        return Outcome((Stylesheet(_without(style.text, files), rest), {}))
    letters = _letters(characters, style.text)
    features = _features(style.text)
    embedded: dict[str, bytes] = {}
    found: list[Diagnostic] = []
    for name, file in sorted(files.items()):
        font = _recall(file, name, letters, features, cache)
        if font.content is None:
            hint = "the reader's own font stands in; embed one whose licence allows it"
            at = Location(shown(name))
            found.append(warning(Code.FONT_NOT_ALLOWED, font.reason, at, hint))
        else:
            embedded[name] = font.content
    text = _without(style.text, files.keys() - embedded.keys())
    return Outcome((Stylesheet(text, rest), embedded), tuple(found))


def _letters(characters: Collection[str], css: str) -> str:
    """Give all characters, with those that the style sheet adds."""
    escaped = {chr(n) for e in ESCAPE.findall(css) if 0 < (n := int(e, 16)) <= 0x10FFFF}
    return "".join(sorted({*characters, *css, *escaped, " ", "\u00ad", "-", "\u2010"}))


def _features(css: str) -> tuple[str, ...]:
    """Name the features of OpenType that a style sheet may turn on, besides those always kept."""
    named = {tag for tag in FEATURE.findall(css) if "font-feature-settings" in css}
    return tuple(sorted(named.union(VARIANTS if "font-variant" in css else ())))


def _without(css: str, names: Collection[str]) -> str:
    """Take out the faces that need one of these files."""
    if not names:
        return css

    def face(found: re.Match[str]) -> str:
        bare = COMMENT.sub("", found[0])
        addresses = ("".join(filter(None, m.groups())) for m in URL.finditer(bare))
        return "" if any(a.partition("#")[0] in names for a in addresses) else found[0]

    return FACE.sub(face, css)


def _recall(
    file: Path, name: str, letters: str, features: tuple[str, ...], cache: Cache | None
) -> EmbeddedFont:
    content = file.read_bytes()

    def make() -> EmbeddedFont:
        return cut_font(content, name, letters, features)

    if cache is None:
        return make()
    versions = code_digest(), installed_version("fonttools")
    return cache.recall("fonts", digest(content, name, letters, features, versions), make)


def cut_font(
    content: bytes, name: str, letters: str, features: tuple[str, ...] = ()
) -> EmbeddedFont:
    """Cut a font down to some letters; the same font and letters, the same bytes.

    It keeps the kind that its name ends in.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont, TTLibError

    try:
        font = TTFont(BytesIO(content), recalcTimestamp=False, lazy=True)
        if reason := _refusal(font):
            return EmbeddedFont(None, reason)
        if _allowed(font) & WHOLE_ONLY:
            return EmbeddedFont(content)
        options = Options(name_IDs=KEPT_NAMES, notdef_outline=True)
        options.layout_features = [*options.layout_features, *features]
        options.recalc_timestamp = False
        cutter = Subsetter(options)
        cutter.populate(text=letters)
        cutter.subset(font)
        if RESERVED.search(_name(font, COPYRIGHT) + _name(font, LICENCE)):
            _rename(font)
        ending = name.rpartition(".")[2].lower()
        font.flavor = ending if ending.startswith("woff") else None
        out = BytesIO()
        font.save(out)
    except (TTLibError, ValueError, KeyError, AssertionError, ImportError) as fault:
        return EmbeddedFont(None, f"the font cannot be read: {str(fault).strip() or 'damaged'}")
    return EmbeddedFont(out.getvalue())


def _allowed(font: Any) -> int:
    """Give the bits of fsType that count: the Open Font License allows all."""
    if "OS/2" not in font or OFL.search(_name(font, LICENCE) + _name(font, LICENCE_ADDRESS)):
        return 0
    return int(font["OS/2"].fsType)


def _refusal(font: Any) -> str:
    bits = _allowed(font)
    if bits & RESTRICTED and not bits & EMBEDDABLE:
        return "the font's maker forbids to embed it (OS/2 fsType)"
    if bits & BITMAPS_ONLY:
        return "the font's maker allows to embed its bitmaps alone (OS/2 fsType)"
    return ""


def _name(font: Any, number: int) -> str:
    return str(font["name"].getDebugName(number) or "") if "name" in font else ""


def _rename(font: Any) -> None:
    """Take the reserved name off; style sheets call a face by a name of their own."""
    style = _name(font, 2) or "Regular"
    plain = FAMILY.replace(" ", "")
    given = dict(zip(NAMES, (FAMILY, f"{FAMILY} {style}", f"{FAMILY} {style}"), strict=False))
    given |= {6: f"{plain}-{style.replace(' ', '')}", 16: FAMILY}
    for record in font["name"].names:
        if record.nameID in given:
            record.string = given[record.nameID]
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [given[6]]
        top = cff.topDictIndex[0]
        for key, value in (("FullName", given[4]), ("FamilyName", FAMILY)):
            if hasattr(top, key):
                setattr(top, key, value)
