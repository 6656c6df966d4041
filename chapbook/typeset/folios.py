"""Name the pages as readers do: the front matter in small roman numerals, the rest from 1."""

from chapbook.model import Matter

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def folio_labels(matters: list[Matter | None]) -> list[str]:
    """Give the folio of each page, given its matter, which is None where the page is blank.

    A blank page is counted with the pages before it; the back matter goes on from the body.
    """
    pairs = folio_numbers(matters)
    return [roman(number) if is_front else str(number) for number, is_front in pairs]


def folio_numbers(matters: list[Matter | None]) -> list[tuple[int, bool]]:
    """Give the number of each page, and whether it stands in the front matter."""
    numbers: list[tuple[int, bool]] = []
    count, in_front = 0, True
    for matter in matters:
        if in_front and matter in (Matter.BODY, Matter.BACK):
            in_front, count = False, 0
        count += 1
        numbers.append((count, in_front))
    return numbers


def roman(number: int) -> str:
    """Write a positive number in small roman numerals."""
    numerals = []
    for value, numeral in ROMAN:
        times, number = divmod(number, value)
        numerals.append(numeral * times)
    return "".join(numerals)
