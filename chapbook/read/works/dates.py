"""Dates of works: those of CSL, of BibTeX, and of ISO 8601-2 as biblatex writes them."""

import re
from typing import Any

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(
    r"(?P<year>-?[0-9]{1,5})(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?)?(?P<doubt>[?~%])?"
)
SEASONS = {21: 1, 22: 2, 23: 3, 24: 4}

Csl = dict[str, Any]


def read_date(value: Any) -> Csl | None:
    """Give a date as CSL-JSON has it, out of that or of text; None where it is neither."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return parse_date(str(value))
    if isinstance(value, list):  # as Pandoc's YAML once had it
        days = [_named_parts(one) for one in value if isinstance(one, dict)]
        return {"date-parts": days[:2]} if days and all(days) else None
    if not isinstance(value, dict):
        return None
    if "date-parts" in value:
        return _of_parts(value)
    raw = value.get("raw") or value.get("literal")
    if isinstance(raw, str):
        return parse_date(raw)
    parts = _named_parts(value)
    return {"date-parts": [parts]} if parts else None


def _of_parts(value: Csl) -> Csl | None:
    try:
        parts = [[int(n) for n in one if n not in ("", None)] for one in value["date-parts"]]
        season = int(value.get("season") or 0)
    except (TypeError, ValueError):
        return None
    parts = [one[:3] for one in parts[:2] if one]
    if not parts or not all(_is_day(one) for one in parts):
        return None
    made: Csl = {"date-parts": parts}
    if value.get("circa") not in (None, "", False, 0, "0", "false"):
        made["circa"] = True
    return {**made, "season": season} if 1 <= season <= 4 else made


def _named_parts(value: Csl) -> list[int]:
    try:
        named = [int(value[name]) for name in ("year", "month", "day") if value.get(name)]
    except (TypeError, ValueError):
        return []
    return named if _is_day(named) else []


def _is_day(parts: list[int]) -> bool:
    limits = ((-99999, 99999), (1, 12), (1, 31))
    return bool(parts) and all(
        low <= n <= high for n, (low, high) in zip(parts, limits, strict=False)
    )


def parse_date(text: str) -> Csl:
    """Read `1999`, `1999-05-01`, `1999/2001` or `1999~`; anything else is kept as it is."""
    pieces = [piece.strip() for piece in re.split(r"/|--+|–", text.strip())]  # noqa: RUF001
    found = [ISO.fullmatch(piece) for piece in pieces if piece not in ("", "..", "open", "unknown")]
    read = [match for match in found if match is not None]
    if not 1 <= len(read) <= 2 or len(read) != len(found):
        return {"literal": text.strip()}
    made: Csl = {"date-parts": []}
    for match in read:
        parts = [int(n) for n in match.group("year", "month", "day") if n is not None]
        if len(parts) > 1 and parts[1] in SEASONS:
            made["season"] = SEASONS[parts[1]]
            del parts[1:]
        if not _is_day(parts):
            return {"literal": text.strip()}
        made["date-parts"].append(parts)
    if any(match["doubt"] for match in read):
        made["circa"] = True
    return made


def with_month(date: Csl, month: str, day: str) -> Csl:
    """Add the month that BibTeX keeps beside the year, and the day."""
    parts = date.get("date-parts", [])
    number = month_number(month)
    if len(parts) != 1 or len(parts[0]) != 1 or not number:
        return date
    days = [int(day)] if day.isdecimal() and 1 <= int(day) <= 31 else []
    return {**date, "date-parts": [[*parts[0], number, *days]]}


def month_number(month: str) -> int:
    """Give the number of a month that is written as a number or an English name; 0 for none."""
    plain = month.strip().casefold()
    if plain.isdecimal():
        return int(plain) if 1 <= int(plain) <= 12 else 0
    return MONTHS.index(plain[:3]) + 1 if plain[:3] in MONTHS else 0
