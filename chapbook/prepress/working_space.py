"""sRGB as a colour space of PDF, for files that leave it to the press to make inks of RGB."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import ImageCms

from chapbook.prepress.names import every_content

VERSION = slice(8, 12)
DATE = slice(24, 36)


def srgb_profile() -> bytes:
    """Give the profile: of version 4.2, the newest that PDF 1.6 may hold, and of no date."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[VERSION] = b"\x04\x20\x00\x00"
    profile[DATE] = b"\x07\xd0\x00\x01\x00\x01" + bytes(6)
    return bytes(profile)


def name_working_space(file: pikepdf.Pdf) -> Array:
    """Let every RGB in a file mean sRGB (ISO 32000-1, 8.6.5.6); give the colour space."""
    profile = Stream(file, srgb_profile())
    profile.N, profile.Alternate = 3, Name.DeviceRGB
    space = file.make_indirect(Array([Name.ICCBased, file.make_indirect(profile)]))
    for content in every_content(file):
        if "/ColorSpace" not in content.resources:
            content.resources.ColorSpace = Dictionary()
        content.resources.ColorSpace.DefaultRGB = space
    return space
