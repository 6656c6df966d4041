"""A book's folder that a test writes and reads."""

from collections.abc import Iterable
from pathlib import Path

from chapbook.configure import read_settings
from chapbook.diagnostics import BookError, Diagnostic
from chapbook.model import Manuscript, Matter
from chapbook.read import read_manuscript
from chapbook.settings import Limits

TITLE = 'title = "A Book"\n'
HOUSE = "half-title title-page imprint contents"


class Folder:
    """A book's folder that is written and read."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, files: dict[str, str | bytes], toml: str = TITLE) -> None:
        for name, content in {"book.toml": toml, **files}.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, limits: Limits | None = None) -> tuple[Manuscript, tuple[Diagnostic, ...]]:
        settings = read_settings(self.root)
        assert settings.diagnostics == ()
        outcome = read_manuscript(self.root, settings.value, limits or Limits())
        return outcome.value, outcome.diagnostics

    def order(self, names: str | Iterable[str], toml: str = TITLE) -> str:
        """Write the order of a folder with these files."""
        names = names.split() if isinstance(names, str) else names
        self.write({name: f"# Of {name}\n" for name in names}, toml)
        manuscript, findings = self.read()
        assert findings == ()
        return show(manuscript)

    def refusal(self, files: dict[str, str | bytes], toml: str = TITLE) -> Diagnostic:
        """Give the one fault of a folder, whether it stops or not."""
        self.write(files, toml)
        try:
            (finding,) = self.read()[1]
        except BookError as fault:
            (finding,) = fault.diagnostics
        return finding


def show(manuscript: Manuscript) -> str:
    """Write an order as `front | body | back`, a chapter of a part as `part:path`."""
    stretches: dict[Matter, list[str]] = {matter: [] for matter in Matter}
    for place in manuscript.order:
        part = "" if place.part is None else f"{place.part}:"
        stretches[place.matter].append(part + (place.source or place.page))
    shown = (" ".join(names).removeprefix(HOUSE).strip() for names in stretches.values())
    return " | ".join(shown)
