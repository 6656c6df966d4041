"""Pictures that several chapters draw are in the file once."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from chapbook.finish.numbers import FIRST_PICTURE
from chapbook.finish.syntax import referred, renumber
from chapbook.finish.volume import Volume
from chapbook.laid import Part

SMALLEST = 1024
Keys = Mapping[int, str]


def picture_keys(parts: Sequence[Part]) -> dict[int, str]:
    """Name the pictures worth sharing, and what they are masked with, by what is in them."""
    found: dict[int, str] = {}
    for number, part in enumerate(parts, 1):
        if _is_picture(part) and len(part.payload or b"") >= SMALLEST:
            masks = {mask: parts[mask - 1] for mask in referred(part.head)}
            if all(_stands_alone(mask) for mask in masks.values()):
                keys = {mask: _key(masked) for mask, masked in masks.items()}
                found |= keys
                found[number] = _key(part, "".join(keys.values()))
    return found


def _is_picture(part: Part) -> bool:
    return part.payload is not None and b"/Subtype/Image" in part.head.replace(b" ", b"")


def _stands_alone(part: Part) -> bool:
    return part.payload is not None and not referred(part.head)


def _key(part: Part, masks: str = "") -> str:
    head = renumber(part.head, lambda _: 0)
    return hashlib.sha256(b"\0".join((head, masks.encode(), part.payload or b""))).hexdigest()


def number_pictures(keys: Iterable[Keys]) -> dict[str, int]:
    """Number the pictures that stand more than once in the book, by their keys."""
    counted = Counter(key for chapter in keys for key in chapter.values())
    shared = [key for key, times in counted.items() if times > 1]
    return {key: number for number, key in enumerate(shared, FIRST_PICTURE)}


def write_pictures(
    volume: Volume, numbers: Mapping[str, int], chapters: Iterable[tuple[Keys, Sequence[Part]]]
) -> None:
    """Write each shared picture as the first chapter that draws it has it."""
    written: set[str] = set()
    for keys, parts in chapters:
        known = {place: numbers[key] for place, key in keys.items() if key in numbers}
        for place, number in known.items():
            if keys[place] not in written:
                written.add(keys[place])
                part = parts[place - 1]
                volume.add_stream(
                    number, renumber(part.head, known.__getitem__), part.payload or b""
                )
