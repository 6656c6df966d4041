"""Names as BibTeX has them: `Ludwig van Beethoven`, `Beethoven, Ludwig van`, `{NASA}`."""

import re

from chapbook.read.works.latex import plain

Name = dict[str, str]


def read_names(field: str) -> list[Name]:
    """Give the names of a field, parted by `and`, as CSL-JSON has them."""
    names = [_name(" ".join(one.split())) for one in _split(field, r"\sand\s")]
    return [name for name in names if name]


def _split(text: str, separator: str) -> list[str]:
    """Split where no brace is open."""
    pieces, depth, start = [], 0, 0
    for match in re.finditer(rf"\\.|[{{}}]|{separator}", text):
        sign = match.group()
        if sign in "{}":
            depth = max(depth + (1 if sign == "{" else -1), 0)
        elif depth == 0 and not sign.startswith("\\"):
            pieces.append(text[start : match.start()])
            start = match.end() - (1 if separator.endswith(r"and\s") else 0)
    return [piece.strip() for piece in (*pieces, text[start:]) if piece.strip()]


def _name(written: str) -> Name:
    if written.casefold() == "others":
        return {"literal": "others"}
    if re.match(r"(?:family|given|prefix|suffix)(?:-i)?\s*=", written):
        return _named(written)
    if re.fullmatch(r"\{(?:[^{}]|\{[^{}]*\})*\}", written):
        return {"literal": plain(written)}
    parts = _split(written, ",")
    if len(parts) == 1:
        return _in_order(_split(written, r"[\s~]+"))
    dropping, family = _particles(_split(parts[0], r"[\s~]+"))
    suffix = plain(parts[1]) if len(parts) > 2 else ""
    return _made(plain(parts[-1]), dropping, family, suffix)


def _named(written: str) -> Name:
    pairs = dict(
        re.split(r"\s*=\s*", one, maxsplit=1) for one in _split(written, ",") if "=" in one
    )
    parts = {key: plain(value.strip('"')) for key, value in pairs.items()}
    return _made(parts.get("given", ""), parts.get("prefix", ""), parts.get("family", ""),
                 parts.get("suffix", ""))  # fmt: skip


def _in_order(words: list[str]) -> Name:
    """Read given names, particles, family name: the particles are what is not capital."""
    first = next((n for n, word in enumerate(words[:-1]) if n and _is_small(word)), 0)
    if not first and len(words) > 1 and _is_small(words[0]):
        particles, family = _particles(words)
        return _made("", particles, family, "")
    if not first:
        return _made(" ".join(map(plain, words[:-1])), "", plain(words[-1]), "")
    particles, family = _particles(words[first:])
    return _made(" ".join(map(plain, words[:first])), particles, family, "")


def _particles(words: list[str]) -> tuple[str, str]:
    last = max((n for n, word in enumerate(words[:-1]) if _is_small(word)), default=-1)
    before, family = words[: last + 1], words[last + 1 :]
    return " ".join(map(plain, before)), " ".join(map(plain, family))


def _is_small(word: str) -> bool:
    letters = [c for c in plain(word) if c.isalpha()]
    return bool(letters) and letters[0].islower() and not word.startswith("{")


def _made(given: str, particles: str, family: str, suffix: str) -> Name:
    parts = {"family": family, "given": given, "non-dropping-particle": particles, "suffix": suffix}
    return {name: part for name, part in parts.items() if part}
