"""The house's ICC output profile, and the printing condition that it describes.

Its origin and licence are in the README beside it.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Condition:
    """A printing condition as an output intent names it (ISO 32000-1, 14.11.5).

    `ink_limit` is the most ink that may lie on one spot, in per cent of one ink.
    """

    identifier: str
    registry: str
    description: str
    ink_limit: float


HOUSE = Condition(
    "FOGRA39",
    "http://www.color.org",
    "Offset printing on coated paper, ISO 12647-2:2004/Amd 1, paper types 1 and 2 (FOGRA39)",
    300.0,
)


@cache
def house_profile() -> bytes:
    """Give the profile of `HOUSE`: class `prtr`, four inks."""
    return resources.files(__name__).joinpath("ISOcoated_v2_300_bas.icc").read_bytes()
