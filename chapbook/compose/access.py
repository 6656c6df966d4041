"""What an e-book says of its accessibility: only what its content shows.

https://www.w3.org/TR/epub-a11y-11/ and https://www.w3.org/community/reports/a11y-discov-vocab/
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from chapbook.compose.contrast import faults_of_style, yields
from chapbook.compose.sight import Sight, look_at
from chapbook.diagnostics import Code, Diagnostic, warning
from chapbook.settings import Accessibility, BookSettings
from chapbook.words import Words

__all__ = ["Access", "Shown", "Sight", "describe_access", "look_at", "withheld"]

MOST_HINTS = 8
OUT_OF_ORDER = "the contents do not follow the order of the text"
MOVING = "an image moves, and nobody has said that it does not flash"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the e-book shows beside its documents.

    `roles` are those of its divisions; `is_moving` says whether any image is.
    """

    style: str
    roles: Collection[str]
    has_contents: bool
    is_in_order: bool
    is_moving: bool


@dataclass(frozen=True, slots=True)
class Access:
    """What is said: pairs of a `schema:` property and its value, and the claim, '' without one.

    `faults` are what speaks against the claim.
    """

    properties: tuple[tuple[str, str], ...]
    conformance: str = ""
    faults: tuple[str, ...] = ()

    def values(self, name: str) -> tuple[str, ...]:
        """Give all values of a property."""
        return tuple(value for key, value in self.properties if key == name)


def describe_access(
    sights: Iterable[Sight], shown: Shown, said: Accessibility, words: Words
) -> Access:
    """Say what the documents that these `sights` are of, and what is `shown` beside, bear out."""
    seen = list(sights)
    is_visual = any(sight.is_visual for sight in seen)
    described = all(sight.is_described for sight in seen)
    features = _features(seen, shown)
    modes = ["textual", "visual"] if is_visual else ["textual"]
    sufficient = dict.fromkeys(["textual", ",".join(modes)] if described else [",".join(modes)])
    summary = said.summary or _summary(features, is_visual, described, words)
    properties = (
        *(("accessMode", mode) for mode in modes),
        *(("accessModeSufficient", enough) for enough in sufficient),
        *(("accessibilityFeature", feature) for feature in sorted(features, key=str.lower)),
        # What moves can flash; nobody has watched it.
        ("accessibilityHazard", "unknown" if shown.is_moving else "none"),
        ("accessibilitySummary", summary),
    )
    faults = tuple(dict.fromkeys(_faults(seen, shown)))
    claims = bool(said.certifier) and not faults
    return Access(properties, _conformance(said) if claims else "", faults)


def _features(seen: Sequence[Sight], shown: Shown) -> set[str]:
    features = {feature for sight in seen for feature in sight.features}
    is_visual = any(sight.is_visual for sight in seen)
    holds = {
        "alternativeText": is_visual and all(sight.is_described for sight in seen),
        "describedMath": all(
            "describedMath" in sight.features for sight in seen if "MathML" in sight.features
        ),
        "displayTransformability": yields(shown.style),
        "index": "index" in shown.roles,
        "readingOrder": shown.is_in_order,
        "structuralNavigation": not any(sight.has_gaps for sight in seen),
        "tableOfContents": shown.has_contents,
    }
    found_alone = {"describedMath", "structuralNavigation"}
    features |= {name for name, is_so in holds.items() if is_so and name not in found_alone}
    return {name for name in features if holds.get(name, True)}


def _faults(seen: Sequence[Sight], shown: Shown) -> Iterable[str]:
    for sight in seen:
        yield from sight.faults
    yield from faults_of_style(shown.style)
    if not shown.is_in_order:
        yield OUT_OF_ORDER
    if shown.is_moving:
        yield MOVING


def _summary(features: Collection[str], is_visual: bool, described: bool, words: Words) -> str:
    said = words.accessibility
    if {"displayTransformability", "structuralNavigation", "tableOfContents"} <= set(features):
        sentences = [words.summary_text]
    else:
        sentences = [said["aloud" if described else "aloud_partly"]]
    if is_visual:
        sentences.append(words.summary_images if described else words.summary_no_alt)
    return ("" if words.language.startswith("ja") else " ").join(sentences)


def _conformance(said: Accessibility) -> str:
    _, version, level = said.conformance.value.split("-")
    return f"EPUB Accessibility 1.1 - WCAG {version} Level {level.upper()}"


def withheld(access: Access, settings: BookSettings) -> tuple[Diagnostic, ...]:
    """Tell the author why a claim that he wants is not made."""
    if not settings.accessibility.certifier or not access.faults:
        return ()
    at = settings.locations.get("accessibility.certifier")
    message = f"the e-book does not claim “{_conformance(settings.accessibility)}”"
    more = len(access.faults) - MOST_HINTS
    hints = access.faults[:MOST_HINTS] + ((f"and {more} more",) if more > 0 else ())
    return (warning(Code.CLAIM_WITHHELD, message, at, *hints),)


def follow_order(addresses: Iterable[str], documents: Mapping[str, Sequence[str]]) -> bool:
    """Whether addresses stand in the order of the text.

    `documents` gives the ids of each document in order, the documents in the order of reading.
    What leads to none of them has no place.
    """
    places: dict[str, int] = {}
    for name, ids in documents.items():
        places[name] = len(places)
        for key in ids:
            places.setdefault(f"{name}#{key}", len(places))
    last = -1
    for address in addresses:
        place = places.get(address, last)
        if place < last:
            return False
        last = place
    return True
