"""Join what chapters use of the fonts."""

from collections.abc import Iterable
from dataclasses import replace

from chapbook.laid import FontUse


def merge(uses: Iterable[FontUse]) -> tuple[FontUse, ...]:
    """Join the uses of each face into one; the first use of a name tells which file it means."""
    merged: dict[str, FontUse] = {}
    for use in uses:
        one = merged.get(use.name)
        merged[use.name] = use if one is None else replace(
            one,
            widths={**use.widths, **one.widths},
            meanings={**use.meanings, **one.meanings},
            missing={**use.missing, **one.missing},
        )  # fmt: skip
    return tuple(_sorted(use) for use in merged.values())


def _sorted(use: FontUse) -> FontUse:
    return replace(
        use,
        widths=dict(sorted(use.widths.items())),
        meanings=dict(sorted(use.meanings.items())),
        missing=dict(sorted(use.missing.items())),
    )
