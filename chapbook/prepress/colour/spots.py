"""Spot colours: an ink of its own, with what stands for it where it is not there."""

from pikepdf import Array, Dictionary, Name

from chapbook.prepress.colour.press import Press, spot_colour


def spot_space(press: Press, spot: int) -> Array:
    """Write the colour space of a spot (ISO 32000-1, 8.6.6.4); `spot` counts from 1.

    Its alternate are four inks, in the gray policy too: that is what shows it right in a proof.
    A digital press gets its RGB.
    """
    of = press.spots[spot - 1]
    if press.has_cmyk_proof:
        solid, paper, base = press.solid(spot), 0, Name.DeviceCMYK
    else:
        solid, paper, base = tuple(value / 255 for value in spot_colour(of)), 1, Name.DeviceRGB
    tint = Dictionary(
        FunctionType=2,
        Domain=Array([0, 1]),
        C0=Array([paper] * len(solid)),
        C1=Array([round(value, 4) for value in solid]),
        N=1,
    )
    return Array([Name.Separation, Name("/" + of.name), base, tint])
