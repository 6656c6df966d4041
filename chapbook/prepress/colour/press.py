"""What a colour becomes on each press: one ink, four inks, a digital press, a soft mask."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from PIL import Image

from chapbook.prepress.colour.separation import Colour, Separation, gray_of
from chapbook.prepress.colour.tones import heaviest, lightness, limited, neutral_picture
from chapbook.prepress.profiles import HOUSE, house_profile
from chapbook.print_job import PrintJob
from chapbook.print_shop import Colour as Policy
from chapbook.print_shop import Spot

_NEUTRAL = 0.012  # three steps of 255: what an eye takes for gray
_DARK = 0.33  # text darker than this is printed solid by one ink, since its edges would fray
_NEARLY_BLACK = 0.201  # #333
_BLACK_INK = 0.95
_BLACK: Colour = (0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Ink:
    """What is laid: gray, RGB or CMYK by the number of values; a tint of a spot where named."""

    values: Colour
    spot: int = 0


class Press(ABC):
    """Turns colours into inks, each only once.

    `spots` are the job's, counted from 1. `page` is the one being worked on, 0 for none;
    `heavy` gathers the pages on which an author's own inks were above the limit.
    """

    name = ""  # in words
    device = ""  # the colour space that transparency is reckoned in, '' for that of the file
    overprints = False  # whether black text is printed over what lies below
    has_cmyk_proof = True  # whether four inks stand for a spot that is not there

    def __init__(self, separation: Separation, spots: tuple[Spot, ...] = ()) -> None:
        """Keep the separation; know the spots by their colour, in steps of 255."""
        self.separation = separation
        self.spots = spots
        self.page = 0
        self.heavy: dict[int, None] = {}
        self._places = {spot_colour(spot): at for at, spot in enumerate(spots, 1)}
        self._known: dict[tuple[Colour, bool], Ink] = {}
        self._too_much: set[Colour] = set()

    def ink(self, colour: Colour, is_text: bool = False) -> Ink:
        """Give the ink for a colour; text may be blacker than areas are."""
        key = (colour, is_text)
        if (known := self._known.get(key)) is None:
            spot = self.spot_of(colour)
            values = (1.0,) if spot else (self.mix_text if is_text else self.mix)(colour)
            known = self._known[key] = Ink(tuple(round(value, 4) for value in values), spot)
        if colour in self._too_much:
            self.heavy[self.page] = None
        return known

    def spot_of(self, colour: Colour) -> int:
        """Give the number of the spot that has exactly this colour of sRGB, 0 for none."""
        if len(colour) != 3 or not self._places:
            return 0
        return self._places.get(tuple(round(255 * value) for value in colour), 0)

    def solid(self, spot: int) -> Colour:
        """Give the four inks that stand for a spot."""
        of = self.spots[spot - 1]
        if of.cmyk:
            return tuple(value / 100 for value in of.cmyk)
        return self.separation.inks_of(tuple(value / 255 for value in spot_colour(of)))

    @abstractmethod
    def mix(self, colour: Colour) -> Colour:
        """Give the process inks for a colour, spots aside."""

    def mix_text(self, colour: Colour) -> Colour:
        """Give the process inks for the colour of text."""
        return self.mix(colour)

    @abstractmethod
    def look(self, values: Colour) -> Colour:
        """Give values in which equal steps look about equal, to compare two inks by."""

    @abstractmethod
    def picture(self, image: Image.Image) -> Image.Image:
        """Turn a picture of mode RGB or CMYK into the modes that this press prints."""


def spot_colour(spot: Spot) -> tuple[int, ...]:
    """Give a spot's colour on the screen, in steps of 255."""
    return tuple(bytes.fromhex(spot.colour.lstrip("#")))


class OneInk(Press):
    """Black alone. Dark text is solid, all else is as light as it was."""

    name, device = "one ink", "DeviceGray"

    def __init__(self, separation: Separation, spots: tuple[Spot, ...] = ()) -> None:
        """Let black overprint where there is another ink below it."""
        super().__init__(separation, spots)
        self.overprints = bool(spots)

    def mix(self, colour: Colour) -> Colour:
        """Give the gray."""
        return (self._gray(colour),)

    def mix_text(self, colour: Colour) -> Colour:
        """Give the gray; what is dark is solid."""
        gray = self._gray(colour)
        return (0.0,) if gray < _DARK else (gray,)

    def _gray(self, colour: Colour) -> float:
        if len(colour) != 4:
            return colour[0] if len(colour) == 1 else gray_of(colour)
        if not any(colour[:3]) or colour[3] >= _BLACK_INK:
            return 1 - colour[3]
        return gray_of(self.separation.look_of(colour))

    def look(self, values: Colour) -> Colour:
        """Give the gray itself."""
        return values

    def picture(self, image: Image.Image) -> Image.Image:
        """Turn a picture gray, as light as it was."""
        rgb = self.separation.proof(image) if image.mode == "CMYK" else image
        return neutral_picture(rgb) or lightness(rgb)


class FourInks(Press):
    """Four inks of a profile: grays of black alone, nothing above the ink limit."""

    name, device, overprints = "four inks", "DeviceCMYK", True

    def __init__(self, separation: Separation, job: PrintJob) -> None:
        """Keep the separation, the limit and whether authors may have rich black."""
        super().__init__(separation, job.settings.spots)
        self._rich = job.settings.rich_black
        self.limit = (job.settings.ink_limit or _own_limit(separation, job)) / 100

    def mix(self, colour: Colour) -> Colour:
        """Give the four inks."""
        if len(colour) == 4:
            return self._kept(colour)
        if max(colour) - min(colour) <= _NEUTRAL:
            return (0.0, 0.0, 0.0, 1 - (colour[0] if len(colour) == 1 else gray_of(colour)))
        return self._limited(self.separation.inks_of(colour))

    def mix_text(self, colour: Colour) -> Colour:
        """Give the four inks; what is nearly black is black."""
        is_black = len(colour) != 4 and max(colour) <= _NEARLY_BLACK
        return _BLACK if is_black else self.mix(colour)

    def _kept(self, inks: Colour) -> Colour:
        if not self._rich and inks[3] >= _BLACK_INK and any(inks[:3]):
            return _BLACK
        if sum(inks) > self.limit + 0.001:
            self._too_much.add(inks)
            self.heavy[self.page] = None
        return self._limited(inks)

    def _limited(self, inks: Colour) -> Colour:
        """Bring inks under the limit; black stays, since it gives the most for the least."""
        if sum(inks) <= self.limit:
            return inks
        share = max(self.limit - inks[3], 0) / (sum(inks[:3]) or 1)
        return tuple(value * share for value in inks[:3]) + inks[3:]

    def look(self, values: Colour) -> Colour:
        """Give what the inks look like, in sRGB."""
        return self.separation.look_of(values)

    def picture(self, image: Image.Image) -> Image.Image:
        """Separate a picture; one that is gray throughout is printed by black alone."""
        if image.mode == "RGB":
            if gray := neutral_picture(image):
                return gray
            image = self.separation.separate(image)
        return limited(image, self.limit) if heaviest(image) > self.limit + 0.02 else image


class DigitalPress(Press):
    """A press that wants RGB: only what comes in four inks changes."""

    name, has_cmyk_proof = "RGB", False

    def mix(self, colour: Colour) -> Colour:
        """Give the colour, in sRGB or gray."""
        if len(colour) != 4:
            return colour
        return (1 - colour[3],) * 3 if not any(colour[:3]) else self.separation.look_of(colour)

    def look(self, values: Colour) -> Colour:
        """Give the colour itself."""
        return values

    def picture(self, image: Image.Image) -> Image.Image:
        """Turn four inks into RGB."""
        return self.separation.proof(image) if image.mode == "CMYK" else image


class Mask(Press):
    """A soft mask: no ink at all, but how much of what it lies on is seen.

    Luminosity as ISO 32000-1, 11.3.5.3 reckons it, so that the mask lets as much through as ever.
    """

    device = "DeviceGray"

    def mix(self, colour: Colour) -> Colour:
        """Give the luminosity."""
        if len(colour) == 1:
            return colour
        red, green, blue = colour[:3]
        if len(colour) == 3:
            return (0.3 * red + 0.59 * green + 0.11 * blue,)
        return (1 - min(1, 0.3 * red + 0.59 * green + 0.11 * blue + colour[3]),)

    def look(self, values: Colour) -> Colour:
        """Give the luminosity itself."""
        return values

    def picture(self, image: Image.Image) -> Image.Image:
        """Turn a picture into its luminosity."""
        return image.convert("RGB").convert("L")


def press_for(job: PrintJob) -> Press:
    """Set up the press that a job asks for."""
    separation = Separation(job.profile or house_profile())
    if job.settings.colour is Policy.CMYK:
        return FourInks(separation, job)
    if job.settings.colour is Policy.GRAY:
        return OneInk(separation, job.settings.spots)
    return DigitalPress(separation, job.settings.spots)


def _own_limit(separation: Separation, job: PrintJob) -> float:
    return HOUSE.ink_limit if job.profile is None else separation.ink_limit
