"""What the tests share: building a book with the real program, and texts to compare with.

`pytest --update-golden` writes the texts that are expected anew; read the difference before
you commit it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest

TESTS = Path(__file__).parent
ROOT = TESTS.parent
ACTUAL = TESTS / "actual"

# Tests make no claim about time: the machines they run on are shared.
hypothesis.settings.register_profile("chapbook", deadline=None, max_examples=40)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("CHAPBOOK_PROPERTIES", "chapbook"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the expected texts anew."""
    parser.addoption("--update-golden", action="store_true", help="write the expected texts anew")


@dataclass(frozen=True)
class Built:
    """What came of a build: the exit status, what was said, and the folder of the files."""

    status: int
    said: str
    output: Path

    def only(self, ending: str) -> Path:
        """Give the one file made with an ending, such as `.epub` or `-print.pdf`."""
        (file,) = (f for f in self.output.iterdir() if f.name.endswith(ending))
        return file


BuildBook = Callable[..., Built]


def run_chapbook(
    book: Path,
    output: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Built:
    """Run the program as its users do; paths are said as seen from the book's parent."""
    command = [sys.executable, "-m", "chapbook", "--book", book.name, "--output", str(output)]
    done = subprocess.run(
        [*command, *arguments],
        cwd=folder or book.parent,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            # Its own for each output, or what is made second would be a copy of the first.
            "CHAPBOOK_CACHE": f"{output}-cache",
            **(environment or {}),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return Built(done.returncode, done.stderr + done.stdout, output)


@pytest.fixture(scope="session", autouse=True)
def _leave_the_users_cache_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.environ["CHAPBOOK_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session", autouse=True)
def _leave_the_validators_of_others_alone() -> None:
    """They take their time: only the tests of them have them run."""
    os.environ["EPUBCHECK"] = os.environ["ACE"] = ""


@pytest.fixture
def build_book(tmp_path: Path) -> BuildBook:
    """Build a copy of a book's folder: `build_book(folder, "epub", "--strict") -> Built`."""

    def build(book: Path, *arguments: str) -> Built:
        copy = tmp_path / "book"
        shutil.copytree(book, copy, symlinks=True)
        return run_chapbook(copy, tmp_path / "output", "--quiet", "--jobs=1", *arguments)

    return build


@pytest.fixture
def check_golden(request: pytest.FixtureRequest) -> Callable[[str, Path], None]:
    """Compare a text with the one expected in a file; where they differ, keep the actual one."""

    def check(actual: str, expected: Path) -> None:
        if request.config.getoption("--update-golden"):
            expected.parent.mkdir(parents=True, exist_ok=True)
            expected.write_text(actual, "utf-8")
            return
        if expected.is_file() and expected.read_text("utf-8") == actual:
            return
        kept = ACTUAL / expected.relative_to(TESTS)
        kept.parent.mkdir(parents=True, exist_ok=True)
        (ACTUAL / ".gitignore").write_text("*\n", "utf-8")
        kept.write_text(actual, "utf-8")
        wanted = expected.read_text("utf-8") if expected.is_file() else ""
        assert actual == wanted, (
            f"{expected.relative_to(ROOT)} differs from {kept.relative_to(ROOT)}; if the new text "
            f"is right: pytest {request.node.location[0]} --update-golden"
        )

    return check
