"""Say which marks of ruby have neither one reading nor as many as characters."""

from collections.abc import Iterator

from chapbook.diagnostics import Code, Diagnostic, warning
from chapbook.parse.dialect.ruby import read_ruby
from chapbook.parse.positions import Positions


def unfitting_rubies(positions: Positions) -> Iterator[Diagnostic]:
    """Report them at their places."""
    for offset, written in positions.written.rubies:
        ruby = read_ruby(written)
        if ruby.fits:
            continue
        message = (
            f"{written} has {ruby.readings} readings for "
            f"{ruby.characters} character{'s' * (ruby.characters != 1)}"
        )
        hint = "give one for all, or one for each character; it may be empty: {食べ物|た||もの}"
        yield warning(Code.RUBY_MISMATCH, message, positions.places.locate(offset), hint)
