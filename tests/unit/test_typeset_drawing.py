"""What was drawn is taken out of the engine's PDF as parts that stand for themselves."""

import re
import zlib
from typing import Any

import pydyf

from chapbook.laid import Drawing
from chapbook.typeset.galley.drawing import Gathering


def gathered() -> tuple[Drawing, list[int]]:
    """Gather two pages of a PDF: a picture with its mask, a form with resources, an unused one."""
    pdf = pydyf.PDF()
    unused = pydyf.Stream([b"unused"])
    mask = pydyf.Stream([b"mask"], pydyf.Dictionary({"Subtype": "/Image"}))
    fonts = pydyf.Dictionary()
    for item in (unused, mask, fonts):
        pdf.add_object(item)
    picture = pydyf.Stream([b"picture"], pydyf.Dictionary({"SMask": mask.reference}))
    pdf.add_object(picture)
    form_resources = pydyf.Dictionary({"Font": fonts.reference})
    pdf.add_object(form_resources)
    form = pydyf.Stream(
        [b"form"], pydyf.Dictionary({"Resources": form_resources.reference}), compress=True
    )
    pages = [pydyf.Stream([b"one", b"0 0 m"]), pydyf.Stream([b"two"], compress=True)]
    for item in (form, *pages):
        pdf.add_object(item)
    resources = pydyf.Dictionary(
        {
            "ExtGState": pydyf.Dictionary({"a1": pydyf.Dictionary({"ca": 1})}),
            "XObject": pydyf.Dictionary({"i": picture.reference, "x": form.reference}),
            "Font": fonts.reference,
        }
    )
    gathering = Gathering(pdf, pages, resources, fonts)
    return gathering.draw(), [gathering.parts[page.number] for page in pages]


def test_all_that_is_needed_is_there_and_nothing_else() -> None:
    drawing, _ = gathered()
    contents = [part.payload for part in drawing.parts if part.payload is not None]
    plain = [_plain(content) for content in contents]
    assert sorted(plain) == [b"form", b"mask", b"one\n0 0 m", b"picture", b"two"]


def test_references_count_the_parts() -> None:
    drawing, pages = gathered()
    assert [_plain(_payload(drawing, page)) for page in pages] == [b"one\n0 0 m", b"two"]
    names = dict(re.findall(rb"/(\w) (\d+) 0 R", drawing.pictures))
    picture, form = int(names[b"i"]), int(names[b"x"])
    assert _payload(drawing, picture) == b"picture"
    (mask,) = map(int, re.findall(rb"/SMask (\d+) 0 R", drawing.parts[picture - 1].head))
    assert _payload(drawing, mask) == b"mask"
    (inner,) = map(int, re.findall(rb"/Resources (\d+) 0 R", drawing.parts[form - 1].head))
    assert drawing.parts[inner - 1].head == b"<</Font %d 0 R>>" % drawing.fonts


def test_the_fonts_are_left_to_the_whole_file() -> None:
    drawing, _ = gathered()
    assert drawing.parts[drawing.fonts - 1].head == b"null"
    assert b"Font" not in drawing.resources
    assert b"/ExtGState" in drawing.resources


def test_streams_are_as_their_dictionaries_say() -> None:
    drawing, _ = gathered()
    for part in drawing.parts:
        if part.payload is not None:
            assert (b"/FlateDecode" in part.head) == (part.payload[:1] == b"x")
            assert b"/Length" not in part.head


def test_equal_drawings_are_equal() -> None:
    assert gathered() == gathered()


def _payload(drawing: Drawing, number: int) -> Any:
    return drawing.parts[number - 1].payload


def _plain(content: bytes) -> bytes:
    return zlib.decompress(content) if content[:1] == b"x" else content
