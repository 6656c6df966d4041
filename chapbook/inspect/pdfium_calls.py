"""The functions of pdfium that are called for every object of a page, with plain addresses.

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


count_objects = _by_address(pdfium.FPDFPage_CountObjects)
object_at = _by_address(pdfium.FPDFPage_GetObject)
count_in_form = _by_address(pdfium.FPDFFormObj_CountObjects)
object_in_form = _by_address(pdfium.FPDFFormObj_GetObject)
kind_of = _by_address(pdfium.FPDFPageObj_GetType)
bounds_of = _by_address(pdfium.FPDFPageObj_GetBounds)
count_marks = _by_address(pdfium.FPDFPageObj_CountMarks)
mark_at = _by_address(pdfium.FPDFPageObj_GetMark)
name_of_mark = _by_address(pdfium.FPDFPageObjMark_GetName)
content_id = _by_address(pdfium.FPDFPageObj_GetMarkedContentID)
clip_of = _by_address(pdfium.FPDFPageObj_GetClipPath)
count_paths = _by_address(pdfium.FPDFClipPath_CountPaths)
count_segments = _by_address(pdfium.FPDFClipPath_CountPathSegments)
segment_at = _by_address(pdfium.FPDFClipPath_GetPathSegment)
point_of = _by_address(pdfium.FPDFPathSegment_GetPoint)
text_of = _by_address(pdfium.FPDFTextObj_GetText)
count_characters = _by_address(pdfium.FPDFText_CountChars)
object_of_character = _by_address(pdfium.FPDFText_GetTextObject)
box_of_character = _by_address(pdfium.FPDFText_GetCharBox)
code_of_character = _by_address(pdfium.FPDFText_GetUnicode)
