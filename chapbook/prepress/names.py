"""Which resources the content of a file really calls by name (ISO 32000-1, 7.8.3).

Chapters share their resources among all their pages, so that a page knows names it never calls.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

NAME = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
TIDIED = ("/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Properties")


@dataclass(frozen=True, slots=True)
class Content:
    """What draws by names: a page, a form, a pattern or a glyph; its bytes and resources."""

    owner: pikepdf.Object
    drawn: bytes
    resources: pikepdf.Object
    names: frozenset[str]


def content_of_page(page: pikepdf.Page) -> Content:
    """Give what a page draws, all of its streams as one."""
    drawn = page.obj.get("/Contents", Array())
    streams = drawn.as_list() if isinstance(drawn, Array) else [drawn]
    whole = b"\n".join([stream.read_bytes() for stream in streams])
    return Content(page.obj, whole, page.resources, _names(whole))


def content_of_stream(stream: Stream, around: pikepdf.Object) -> Content:
    """Give what a form or pattern draws; `around` are the resources of what calls it."""
    drawn = stream.read_bytes()
    return Content(stream, drawn, stream.get("/Resources", around), _names(drawn))


def _names(drawn: bytes) -> frozenset[str]:
    found = set(NAME.findall(drawn))
    return frozenset(f"/{ESCAPE.sub(_unescape, name).decode('latin-1')}" for name in found)


def _unescape(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 16)])


def called(content: Content, kind: str) -> Iterator[tuple[str, pikepdf.Object]]:
    """Give the resources of one kind that some content calls, by their names."""
    known = content.resources.get(kind, None)
    if isinstance(known, Dictionary):
        for name in sorted(content.names):
            if name in known:
                yield name, known[name]


def inner_contents(content: Content) -> Iterator[Content]:
    """Give the forms, patterns, glyphs and masks that some content draws with."""
    for kind in ("/XObject", "/Pattern"):
        for _, item in called(content, kind):
            if isinstance(item, Stream) and item.get("/Subtype") != Name.Image:
                yield content_of_stream(item, content.resources)
    for _, font in called(content, "/Font"):
        if font.get("/Subtype") == Name.Type3:
            for _, glyph in font.CharProcs.items():
                inner = glyph.read_bytes()
                resources = font.get("/Resources", content.resources)
                yield Content(glyph, inner, resources, _names(inner))
    for _, state in called(content, "/ExtGState"):
        mask = state.get("/SMask", None)
        form = mask.get("/G", None) if isinstance(mask, Dictionary) else None
        if isinstance(form, Stream):
            yield content_of_stream(form, content.resources)


def every_content(file: pikepdf.Pdf) -> Iterator[Content]:
    """Give everything in a file that draws, once."""
    return all_within(*[content_of_page(page) for page in file.pages])


def all_within(*contents: Content) -> Iterator[Content]:
    """Give these contents and all that they draw with, each once."""
    seen = set()
    waiting = list(reversed(contents))
    while waiting:
        content = waiting.pop()
        if content.owner.objgen not in seen:
            seen.add(content.owner.objgen)
            yield content
            waiting += inner_contents(content)


def tidy(file: pikepdf.Pdf) -> None:
    """Take out of all resources what no content calls."""
    known: dict[tuple[int, int] | int, tuple[pikepdf.Object, set[str]]] = {}
    for place, content in enumerate(every_content(file)):
        own = content.resources
        key = own.objgen if own.is_indirect else -place
        known.setdefault(key, (own, set()))[1].update(content.names)
    for resources, names in known.values():
        for kind in TIDIED:
            _keep_called(resources, kind, names)


def _keep_called(resources: pikepdf.Object, kind: str, names: set[str]) -> None:
    entries = resources.get(kind, None)
    if isinstance(entries, Dictionary):
        kept = {name: item for name, item in entries.items() if name in names}
        # Made anew: other resources may share the old one.
        if kept:
            resources[kind] = Dictionary(kept)
        else:
            del resources[kind]
