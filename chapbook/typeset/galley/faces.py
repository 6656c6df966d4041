"""The faces that were used: what of each, and all of them embedded once for the whole file."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cffi
import pydyf
from weasyprint import DEFAULT_OPTIONS
from weasyprint.pdf.fonts import Font, build_fonts_dictionary
from weasyprint.text.ffi import ffi

from chapbook.laid import FontSet, FontUse
from chapbook.typeset.galley.drawing import Gathering
from chapbook.typeset.galley.swap import swapped

KEPT_APART = frozenset(
    {"hb_font", "hb_face", "file_content", "index", "hash", "widths", "to_unicode", "missing"}
)
HARFBUZZ = ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0", "libharfbuzz-0.dll")
READ_ONLY = 1
MOST_GLYPHS = 65536

_own = cffi.FFI()
_own.cdef("""
    typedef struct hb_blob_t hb_blob_t;
    typedef struct hb_face_t hb_face_t;
    hb_blob_t *hb_blob_create(const char *, unsigned int, int, void *, void *);
    hb_face_t *hb_face_create(hb_blob_t *, unsigned int);
    void hb_blob_destroy(hb_blob_t *);
    void hb_face_destroy(hb_face_t *);
""")
_digests: dict[tuple[str, int, bytes], str] = {}


def face_uses(fonts: Iterable[Any], folder: Path) -> tuple[FontUse, ...]:
    """Say what was used of the engine's fonts; their files are put into `folder` by digest."""
    return tuple(_use(font, folder) for font in fonts if font.to_unicode)


def _use(font: Any, folder: Path) -> FontUse:
    record = tuple((k, v) for k, v in font.__dict__.items() if k not in KEPT_APART)
    return FontUse(
        name=font.hash,
        file=_kept(font, folder),
        index=font.index,
        record=record,
        widths=dict(font.widths),
        meanings=dict(font.to_unicode),
        missing=dict(font.missing),
    )


def _kept(font: Any, folder: Path) -> str:
    content: bytes = font.file_content
    key = (font.hash, len(content), content[-64:])
    digest = _digests.get(key) or hashlib.sha256(content).hexdigest()
    _digests[key] = digest
    file = folder / digest
    if not file.exists():
        aside = folder / f"{digest}.{id(content)}"
        aside.write_bytes(content)
        aside.replace(file)
    return digest


@contextmanager
def signs_by_character() -> Iterator[None]:
    """While the block draws, number the sign for a missing character by the character alone.

    The engine counts them as they come, so two chapters would mean two characters by one number.
    """

    def number(font: Any, codepoint: int) -> int:
        free = MOST_GLYPHS - font.glyph_count
        sign: int = font.glyph_count + codepoint % free if free > 0 else MOST_GLYPHS - 1
        return font.missing.setdefault(codepoint, sign)  # type: ignore[no-any-return]

    with swapped((Font, "get_unused_glyph_id", number)):
        yield


class _Embedded(Font):  # type: ignore[misc]
    """A font of the engine, made again from its record, its file and its use."""

    def __init__(self, use: FontUse, content: bytes) -> None:
        self.__dict__.update(use.record)
        self.variations = dict(dict(use.record)["variations"])  # type: ignore[call-overload]
        self.hash, self.index, self.file_content = use.name, use.index, content
        self.widths, self.missing = dict(use.widths), dict(use.missing)
        self.to_unicode = dict(use.meanings)
        self.hb_face, self._face = _face(content, use.index)


def embed(uses: Iterable[FontUse], files: Mapping[str, bytes]) -> FontSet:
    """Embed every face once, with the glyphs of its use; `files` gives font files by digest."""
    fonts = {use.name: _Embedded(use, files[use.file]) for use in uses}
    pdf = pydyf.PDF()
    options = {**DEFAULT_OPTIONS, "pdf_version": "1.7"}
    dictionary = build_fonts_dictionary(pdf, fonts, True, True, options)
    return _font_set(pdf, dictionary)


def _font_set(pdf: Any, dictionary: Any) -> FontSet:
    nothing = pydyf.Dictionary()
    pdf.add_object(nothing)
    resources = {"XObject": pydyf.Dictionary(dictionary)}
    drawing = Gathering(pdf, (), resources, nothing).draw()
    return FontSet(drawing.parts[:-1], drawing.pictures)


def _face(content: bytes, index: int) -> tuple[Any, Any]:
    """Give a face as the engine's binding names it, and what keeps it alive."""
    library = _harfbuzz()
    buffer = _own.from_buffer(content)
    blob = library.hb_blob_create(buffer, len(content), READ_ONLY, _own.NULL, _own.NULL)
    face = _own.gc(library.hb_face_create(blob, index), library.hb_face_destroy)
    library.hb_blob_destroy(blob)
    address = int(_own.cast("uintptr_t", face))
    return ffi.cast("hb_face_t *", address), (face, buffer)


def _harfbuzz() -> Any:
    for name in HARFBUZZ:
        try:
            return _own.dlopen(name)
        except OSError:
            continue
    raise OSError("no HarfBuzz")
