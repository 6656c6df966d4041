"""The printing condition that a file is made for: its output intent (ISO 32000-1, 14.11.5)."""

import re
import struct
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from chapbook.prepress.profiles import HOUSE, house_profile
from chapbook.print_job import PrintJob

SPACES = {
    b"GRAY": (1, Name.DeviceGray),
    b"RGB ": (3, Name.DeviceRGB),
    b"CMYK": (4, Name.DeviceCMYK),
}
HEADER = 132
# Families of names in the ICC's registry of characterization data.
REGISTERED = re.compile(r"(FOGRA|CGATS|IFRA|JC|EUROSB|OFCOM|PSR|TR) ?\d", re.IGNORECASE)
OUTPUT = b"prtr"


@dataclass(frozen=True, slots=True)
class Condition:
    """The profile of a press. `space` is the colour space of its inks, `components` their number.

    `identifier` and `registry` name the characterization; `registry` is '' where nobody has
    registered it.
    """

    profile: bytes
    identifier: str
    registry: str
    description: str
    components: int
    space: Name


def condition_of(job: PrintJob) -> Condition | None:
    """Give the condition that a job prints under; None where its profile is none of a press."""
    profile = job.profile or house_profile()
    known = SPACES.get(profile[16:20])
    if known is None or profile[12:16] != OUTPUT:
        return None
    components, space = known
    name = describe_profile(profile)
    is_house = job.profile is None and job.settings.condition in ("", HOUSE.identifier)
    if is_house:
        identifier, registry, name = HOUSE.identifier, HOUSE.registry, HOUSE.description
    else:
        identifier = job.settings.condition or characterization_of(profile) or "Custom"
        registry = HOUSE.registry if REGISTERED.match(identifier) else ""
    return Condition(profile, identifier, registry, name or identifier, components, space)


def add_intent(file: pikepdf.Pdf, condition: Condition) -> None:
    """Let the file say what press it is for, and nothing else of the kind."""
    profile = file.make_stream(condition.profile)
    profile.N = condition.components
    profile.Alternate = condition.space
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition.identifier),
        OutputCondition=String(condition.description),
        Info=String(condition.description),
        DestOutputProfile=profile,
    )
    if condition.registry:
        intent.RegistryName = String(condition.registry)
    file.Root.OutputIntents = Array([file.make_indirect(intent)])


def describe_profile(profile: bytes) -> str:
    """Give the name of an ICC profile in plain words (ICC.1, 9.2.41), '' where it has none."""
    tag = _tag(profile, b"desc")
    if tag[:4] == b"desc":
        (length,) = struct.unpack_from(">I", tag, 8) if len(tag) >= 12 else (0,)
        return tag[12 : 12 + length].split(b"\0")[0].decode("ascii", "replace").strip()
    if tag[:4] == b"mluc" and len(tag) >= 28:
        length, start = struct.unpack_from(">II", tag, 20)
        return tag[start : start + length].decode("utf-16-be", "replace").strip("\0 ")
    return ""


def characterization_of(profile: bytes) -> str:
    """Give the name of the characterization data that a profile was made of, where it tells.

    The tag `targ` holds a name of the ICC's registry, or the data themselves (ICC.1, 9.2.14).
    """
    text = _tag(profile, b"targ")[8:].split(b"\0")[0].decode("ascii", "replace").strip()
    return text if text and len(text) < 64 and "\n" not in text else ""


def _tag(profile: bytes, name: bytes) -> bytes:
    if len(profile) < HEADER:
        return b""
    (count,) = struct.unpack_from(">I", profile, 128)
    for place in range(HEADER, min(HEADER + 12 * count, len(profile) - 11), 12):
        signature, start, length = struct.unpack_from(">4sII", profile, place)
        if signature == name:
            return profile[start : start + length]
    return b""
