"""The functions of pdfium that are called for every object or character, with plain addresses.

The objects that ctypes makes for pointers, and giving the interpreter up for a moment, cost more
than what these functions do.
"""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium


def _by_address(function: Any) -> Callable[..., Any]:
    arguments = [_plain(kind) for kind in function.argtypes]
    prototype = ctypes.PYFUNCTYPE(_plain(function.restype), *arguments)
    return prototype(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _plain(kind: Any) -> Any:
    return ctypes.c_void_p if hasattr(kind, "contents") else kind


def address(handle: Any) -> int:
    """Give where the thing stands that a handle of the library leads to."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def places(numbers: "ctypes.Array[Any]") -> tuple[int, ...]:
    """Give where each number of an array stands."""
    start, width = ctypes.addressof(numbers), ctypes.sizeof(numbers) // len(numbers)
    return tuple(range(start, start + len(numbers) * width, width))


count_objects = _by_address(pdfium.FPDFPage_CountObjects)
object_at = _by_address(pdfium.FPDFPage_GetObject)
count_in_form = _by_address(pdfium.FPDFFormObj_CountObjects)
object_in_form = _by_address(pdfium.FPDFFormObj_GetObject)
kind_of = _by_address(pdfium.FPDFPageObj_GetType)
bounds_of = _by_address(pdfium.FPDFPageObj_GetBounds)
matrix_of = _by_address(pdfium.FPDFPageObj_GetMatrix)
count_marks = _by_address(pdfium.FPDFPageObj_CountMarks)
mark_at = _by_address(pdfium.FPDFPageObj_GetMark)
name_of_mark = _by_address(pdfium.FPDFPageObjMark_GetName)
content_id = _by_address(pdfium.FPDFPageObj_GetMarkedContentID)
clip_of = _by_address(pdfium.FPDFPageObj_GetClipPath)
count_clip_paths = _by_address(pdfium.FPDFClipPath_CountPaths)
count_clip_segments = _by_address(pdfium.FPDFClipPath_CountPathSegments)
clip_segment_at = _by_address(pdfium.FPDFClipPath_GetPathSegment)
stroke_width = _by_address(pdfium.FPDFPageObj_GetStrokeWidth)
draw_mode = _by_address(pdfium.FPDFPath_GetDrawMode)
count_segments = _by_address(pdfium.FPDFPath_CountSegments)
segment_at = _by_address(pdfium.FPDFPath_GetPathSegment)
point_of = _by_address(pdfium.FPDFPathSegment_GetPoint)
image_facts = _by_address(pdfium.FPDFImageObj_GetImageMetadata)
font_size = _by_address(pdfium.FPDFTextObj_GetFontSize)
font_of = _by_address(pdfium.FPDFTextObj_GetFont)
render_mode = _by_address(pdfium.FPDFTextObj_GetTextRenderMode)
is_embedded = _by_address(pdfium.FPDFFont_GetIsEmbedded)
font_name = _by_address(pdfium.FPDFFont_GetBaseFontName)
text_of = _by_address(pdfium.FPDFTextObj_GetText)
count_characters = _by_address(pdfium.FPDFText_CountChars)
object_of_character = _by_address(pdfium.FPDFText_GetTextObject)
box_of_character = _by_address(pdfium.FPDFText_GetCharBox)
loose_box_of_character = _by_address(pdfium.FPDFText_GetLooseCharBox)
code_of_character = _by_address(pdfium.FPDFText_GetUnicode)
