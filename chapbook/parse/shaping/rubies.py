# ruff: noqa: RUF001  # the signs that look alike are the matter here
"""Brackets around the readings of characters."""

from xml.etree.ElementTree import Element


def frame_readings(root: Element) -> None:
    """Put brackets around each reading, for those who see no ruby."""
    for ruby in root.iter("ruby"):
        if ruby.find("rp") is not None:
            continue
        for reading in ruby.findall("rt"):
            if not reading.text and not len(reading):
                continue
            place = list(ruby).index(reading)
            opening, closing = Element("rp"), Element("rp")
            opening.text, closing.text = "（", "）"
            closing.tail, reading.tail = reading.tail, None
            ruby.insert(place, opening)
            ruby.insert(place + 2, closing)
