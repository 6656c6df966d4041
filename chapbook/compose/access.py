"""What an e-book says of its accessibility: only what its content shows.

https://www.w3.org/TR/epub-a11y-11/ and https://www.w3.org/community/reports/a11y-discov-vocab/
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from chapbook.model import Division
from chapbook.words import Words

# These can move, and what moves can flash; nobody has watched them.
MAY_MOVE = frozenset({"image/gif", "image/webp", "image/apng"})


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is to be seen in a document, and whether all of it is told in words too."""

    is_visual: bool
    is_described: bool
    has_math: bool


def look_at(tree: Element) -> Sight:
    """Look for images, drawings and formulas in a tree."""
    images = list(tree.iter("img"))
    drawn = list(tree.iter("svg"))
    is_described = all(e.get("alt") or e.get("role") == "presentation" for e in images) and all(
        e.get("aria-label") or e.get("aria-hidden") == "true" for e in drawn
    )
    return Sight(bool(images or drawn), is_described, tree.find(".//math") is not None)


def describe_access(
    sights: Iterable[Sight],
    divisions: Iterable[Division],
    media_types: Iterable[str],
    words: Words,
) -> tuple[tuple[str, str], ...]:
    """Give pairs of a `schema:` property and its value.

    `sights` are those of the documents, `media_types` the types of the images.
    """
    seen = list(sights)
    is_visual = any(sight.is_visual for sight in seen)
    described = all(sight.is_described for sight in seen)
    has_math = any(sight.has_math for sight in seen)
    modes = ["textual", "visual"] if is_visual else ["textual"]
    features = ["displayTransformability", "readingOrder", "structuralNavigation"]
    features += ["tableOfContents"]
    features += ["alternativeText"] if is_visual and described else []
    features += ["MathML"] if has_math else []
    features += ["index"] if any(d.role == "index" for d in divisions) else []
    sufficient = dict.fromkeys(["textual", ",".join(modes)] if described else [",".join(modes)])
    hazard = "unknown" if MAY_MOVE.intersection(media_types) else "none"
    summary = [words.summary_text]
    if is_visual:
        summary.append(words.summary_images if described else words.summary_no_alt)
    return (
        *(("accessMode", mode) for mode in modes),
        *(("accessModeSufficient", enough) for enough in sufficient),
        *(("accessibilityFeature", feature) for feature in sorted(features, key=str.lower)),
        ("accessibilityHazard", hazard),
        ("accessibilitySummary", " ".join(summary)),
    )
