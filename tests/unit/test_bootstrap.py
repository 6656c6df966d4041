"""The set-up of a bare machine: what it decides, without network and without installing."""

import ast
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

from chapbook.bootstrap import checks, environment, libraries, provision
from chapbook.bootstrap.launch import launch, take_no_install
from chapbook.bootstrap.needs import (
    JAVA,
    PDF_LIBRARIES,
    POPPLER,
    PYTHON_VENV,
    TEST_TOOLS,
    Need,
    how_to_get,
    packages_for,
)
from chapbook.bootstrap.system import Family, System, identify, install_line
from chapbook.bootstrap.turns import own_turn

ROOT = Path(__file__).resolve().parents[2]
BOOTSTRAP = ROOT / "chapbook" / "bootstrap"
LOCKS = (BOOTSTRAP / "run.lock", BOOTSTRAP / "test.lock")

DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n'
MINT = 'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n'
ROCKY = 'ID="rocky"\nID_LIKE="rhel centos fedora"\n'


def imported_modules(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module or "")
    return names


def locked(lock: Path) -> dict[str, str]:
    """Return each `name==version ; marker` of a lock with the lines that hold its hashes."""
    text = re.sub(r"^#.*\n", "", lock.read_text("utf-8"), flags=re.MULTILINE)
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    return {entry.split(" \\")[0]: entry for entry in entries}


# What may be imported, and what is declared


@pytest.mark.parametrize("file", [ROOT / "build.py", *BOOTSTRAP.glob("*.py")], ids=lambda f: f.name)
def test_imports_nothing_that_must_first_be_installed(file: Path) -> None:
    for name in imported_modules(file):
        ours = name == "chapbook.bootstrap" or name.startswith("chapbook.bootstrap.")
        assert ours or name.split(".")[0] in sys.stdlib_module_names


def test_the_package_itself_imports_nothing() -> None:
    assert imported_modules(ROOT / "chapbook" / "__init__.py") == set()


@pytest.mark.parametrize("folder", ["chapbook", "tests"])
def test_every_library_that_is_imported_is_declared(folder: str) -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = pyproject["project"]["optional-dependencies"].values()
    lines = [*pyproject["project"]["dependencies"], *(line for some in extras for line in some)]
    if folder == "tests":
        lines += pyproject["dependency-groups"]["test"]
    declared = {re.split(r"[^\w-]", line)[0] for line in lines}
    called = {"PIL": "pillow", "fontTools": "fonttools", "yaml": "pyyaml"}
    called |= {"pymdownx": "pymdown-extensions", "markdown_it": "markdown-it-py"}
    called |= {"resvg_py": "resvg-py", "zint": "zint-bindings", "zxingcpp": "zxing-cpp"}
    called |= {"citeproc": "citeproc-py", "icu": "pyicu-wheels"}
    called |= {"vl_convert": "vl-convert-python"}
    # Type checkers bring _typeshed; it is never there when the program runs.
    without = {"chapbook", "tests", "_typeshed", *sys.stdlib_module_names}
    for file in (ROOT / folder).rglob("*.py"):
        modules = {name.split(".")[0] for name in imported_modules(file)} - without
        assert {called.get(module, module) for module in modules} <= declared, file


# The locks


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_place_and_hashes_everything(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert not re.search(r"://|^-|^ +-(?!-hash=)| @ ", text, flags=re.MULTILINE)
    for requirement, entry in locked(lock).items():
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; |$)", requirement)
        assert "--hash=sha256:" in entry


def test_the_lock_for_tests_holds_all_of_the_other() -> None:
    # A library that some Pythons need to run may be needed by every Python to test.
    run, test = (
        {name.split(" ; ")[0]: entry.partition("\\")[2] for name, entry in locked(lock).items()}
        for lock in LOCKS
    )
    assert run.items() <= test.items()


def test_each_declared_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = project["project"]["dependencies"]
    for lock, lines in zip(LOCKS, (wanted, project["dependency-groups"]["test"]), strict=True):
        names = {requirement.split("==")[0] for requirement in locked(lock)}
        assert {re.split(r"[^\w-]", line)[0] for line in lines} <= names


def test_no_library_is_locked_twice_for_different_pythons() -> None:
    names = [requirement.split("==")[0] for requirement in locked(LOCKS[0])]
    assert len(names) == len(set(names))


# Which system this is, and what is typed there


@pytest.mark.parametrize(
    ("platform", "os_release", "family"),
    [
        ("linux", DEBIAN, Family.DEBIAN),
        ("linux", "ID=ubuntu\nID_LIKE=debian\n", Family.DEBIAN),
        ("linux", MINT, Family.DEBIAN),
        ("linux", "NAME='Fedora Linux'\nID=fedora\n", Family.FEDORA),
        ("linux", ROCKY, Family.FEDORA),
        ("linux", "ID=alpine\n", Family.ALPINE),
        ("linux", "# rolling\nID=arch\n", Family.ARCH),
        ("linux", "ID=nixos\n", Family.OTHER),
        ("linux", "", Family.OTHER),
        ("darwin", "", Family.MACOS),
        ("win32", "", Family.WINDOWS),
    ],
)
def test_tells_the_systems_apart(platform: str, os_release: str, family: Family) -> None:
    assert identify(platform, os_release) is family


@pytest.mark.parametrize(
    ("family", "line"),
    [
        (Family.FEDORA, "sudo dnf install pango harfbuzz fontconfig"),
        (Family.ALPINE, "sudo apk add pango harfbuzz-subset fontconfig ttf-dejavu"),
        (Family.ARCH, "sudo pacman -S pango fontconfig"),
        (Family.MACOS, "brew install pango"),
        (Family.WINDOWS, "pacman -S mingw-w64-ucrt-x86_64-pango"),
        (Family.OTHER, "install Pango, HarfBuzz and Fontconfig"),
    ],
)
def test_says_in_one_line_how_to_get_the_libraries(family: Family, line: str) -> None:
    assert how_to_get(System(family, is_root=False, has_apt=False), (PDF_LIBRARIES,)) == line


def test_the_line_for_root_has_no_sudo() -> None:
    system = System(Family.DEBIAN, is_root=True, has_apt=True)
    assert install_line(system, ("poppler-utils",)) == "apt-get install poppler-utils"


def test_a_need_without_a_known_package_is_named() -> None:
    system = System(Family.WINDOWS, is_root=False, has_apt=False)
    line = "pacman -S mingw-w64-ucrt-x86_64-poppler; and install a Java development kit"
    assert how_to_get(system, (JAVA, POPPLER)) == line


@pytest.mark.parametrize(
    ("system", "can_install"),
    [
        (System(Family.DEBIAN, is_root=True, has_apt=True), True),
        (System(Family.DEBIAN, is_root=False, has_apt=True), False),
        (System(Family.DEBIAN, is_root=True, has_apt=False), False),
        (System(Family.FEDORA, is_root=True, has_apt=True), False),
    ],
)
def test_installs_only_as_root_with_apt(system: System, can_install: bool) -> None:
    assert system.can_install is can_install


def test_debian_gets_the_venv_of_the_running_python() -> None:
    packages = packages_for(Family.DEBIAN, (PYTHON_VENV, PDF_LIBRARIES, PDF_LIBRARIES))
    assert packages[0] == f"python3.{sys.version_info.minor}-venv"
    assert packages.count("libpango-1.0-0") == 1


@pytest.mark.parametrize("need", [PYTHON_VENV, PDF_LIBRARIES, *TEST_TOOLS], ids=lambda n: n.name)
def test_debian_can_install_everything_by_itself(need: Need) -> None:
    assert need.packages[Family.DEBIAN]


# The libraries


def test_names_the_libraries_that_do_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "_opens", lambda file: "pango" not in file)
    assert libraries.missing_libraries() == ("Pango", "PangoFT2")
    assert libraries.missing_preferred() == ()


def test_the_hint_names_the_packages_here() -> None:
    assert "pango" in libraries.install_hint().lower()


# The environment


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose environment is complete for a run, but not for the tests."""
    (tmp_path / environment.LOCKS).mkdir(parents=True)
    for for_tests in (False, True):
        environment.lock_of(tmp_path, for_tests=for_tests).write_text(f"{for_tests}\n")
    environment.python_of(tmp_path).parent.mkdir(parents=True)
    environment.python_of(tmp_path).touch()
    write_stamp(tmp_path, environment.stamp(tmp_path, for_tests=False))
    return tmp_path


def write_stamp(checkout: Path, content: object) -> None:
    (checkout / environment.FOLDER / environment.STAMP).write_text(json.dumps(content))


def test_a_complete_environment_is_current(checkout: Path) -> None:
    assert environment.is_current(checkout, for_tests=False)
    assert not environment.is_current(checkout, for_tests=True)


def test_the_environment_for_tests_serves_a_run_too(checkout: Path) -> None:
    write_stamp(checkout, environment.stamp(checkout, for_tests=True))
    assert environment.is_current(checkout, for_tests=False)
    assert environment.is_current(checkout, for_tests=True)


def test_a_changed_lock_ends_it(checkout: Path) -> None:
    environment.lock_of(checkout, for_tests=False).write_text("another\n")
    assert not environment.is_current(checkout, for_tests=False)


def test_another_python_ends_it(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    assert not environment.is_current(checkout, for_tests=False)


def test_an_interpreter_that_is_gone_ends_it(checkout: Path) -> None:
    environment.python_of(checkout).unlink()
    assert not environment.is_current(checkout, for_tests=False)


@pytest.mark.parametrize("content", ["", "{", "[]", "null"])
def test_a_broken_stamp_ends_it(checkout: Path, content: str) -> None:
    (checkout / environment.FOLDER / environment.STAMP).write_text(content)
    assert not environment.is_current(checkout, for_tests=False)


def test_charts_are_installed_once_and_put_back_with_the_environment(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / environment.LOCKS / environment.CHARTS).write_text("vl-convert-python==1\n")
    installed: list[str] = []
    monkeypatch.setattr(environment, "_install", lambda _root, lock: installed.append(lock.name))
    monkeypatch.setattr(environment, "_show_checkout", lambda _root: None)
    monkeypatch.setattr(environment, "_create", lambda root: write_stamp(root, {}))
    monkeypatch.setattr("chapbook.bootstrap.launch.missing_libraries", lambda: ())
    environment.build(checkout, for_tests=False)
    assert launch(checkout, ["charts"]) == launch(checkout, ["charts"]) == 0
    assert installed == ["run.lock", "charts.lock"]
    environment.build(checkout, for_tests=False)
    assert installed[2:] == ["run.lock", "charts.lock"]


def test_a_set_up_that_breaks_off_leaves_no_stamp(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(root: Path, lock: Path) -> None:
        raise OSError(f"no room for {lock.name} in {root}")

    monkeypatch.setattr("venv.create", lambda *_args, **_options: None)
    monkeypatch.setattr(environment, "_install", break_off)
    with pytest.raises(OSError, match=r"no room for run\.lock"):
        environment.build(checkout, for_tests=False)
    assert not environment.is_current(checkout, for_tests=False)


# Bringing what is missing


NOWHERE = Need("a printing press", lambda: False, {Family.DEBIAN: ("press",)})


def test_a_finished_environment_needs_no_venv_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provision, "PYTHON_VENV", NOWHERE)
    monkeypatch.setattr(provision, "TEST_TOOLS", (NOWHERE,))
    monkeypatch.setattr(provision, "PDF_LIBRARIES", NOWHERE)
    assert len(provision.unmet(is_current=True, for_tests=False)) == 1
    assert len(provision.unmet(is_current=False, for_tests=False)) == 2
    assert len(provision.unmet(is_current=False, for_tests=True)) == 3


def test_without_venv_nothing_starts_and_the_line_is_said(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / environment.FOLDER / environment.STAMP).unlink()
    monkeypatch.setattr(provision, "PYTHON_VENV", NOWHERE)
    monkeypatch.setattr(provision, "PDF_LIBRARIES", NOWHERE)
    system = System(Family.DEBIAN, is_root=False, has_apt=True)
    monkeypatch.setattr(provision, "current_system", lambda: system)
    assert launch(checkout, ["--no-install", "build"]) == 3
    said = capsys.readouterr().err
    assert said.endswith("to get it: sudo apt-get install press\n")
    assert len(said.splitlines()) == 1


def test_installs_by_itself_only_where_that_is_allowed(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []
    monkeypatch.setattr(provision, "install", installed.extend)
    monkeypatch.setattr(provision, "PDF_LIBRARIES", NOWHERE)
    system = System(Family.DEBIAN, is_root=True, has_apt=True)
    monkeypatch.setattr(provision, "current_system", lambda: system)
    provision.provide(checkout, for_tests=False, may_install=False)
    assert installed == []
    provision.provide(checkout, for_tests=False, may_install=True)
    assert installed == ["press"]


def test_a_build_asks_for_its_libraries_itself(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(provision, "PDF_LIBRARIES", NOWHERE)
    provision.provide(checkout, for_tests=False, may_install=False)
    assert capsys.readouterr().err == ""
    write_stamp(checkout, environment.stamp(checkout, for_tests=True))
    provision.provide(checkout, for_tests=True, may_install=False)
    assert "not found: a printing press" in capsys.readouterr().err


def test_a_second_start_waits_for_its_turn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    with own_turn(tmp_path / "turn"):

        def give_up(seconds: float) -> None:
            waits.append(seconds)
            raise TimeoutError

        monkeypatch.setattr("time.sleep", give_up)
        with pytest.raises(TimeoutError), own_turn(tmp_path / "turn"):
            pass
    with own_turn(tmp_path / "turn"):
        assert len(waits) == 1
    assert "waiting for another start" in capsys.readouterr().err


# The command line


@pytest.mark.parametrize(
    ("arguments", "may_install", "rest"),
    [
        ([], True, []),
        (["new", "a book"], True, ["new", "a book"]),
        (["--no-install"], False, []),
        (["test", "--no-install", "-k", "x"], False, ["test", "-k", "x"]),
        (["--", "--no-install"], True, ["--", "--no-install"]),
        (["--no-install", "--", "--no-install"], False, ["--", "--no-install"]),
    ],
)
def test_takes_only_its_own_word(arguments: list[str], may_install: bool, rest: list[str]) -> None:
    assert take_no_install(arguments) == (may_install, rest)


@pytest.mark.parametrize(
    ("arguments", "failing", "ran", "code"),
    [
        ([], "", ["ruff", "ruff", "mypy", "pytest"], 0),
        ([], "mypy", ["ruff", "ruff", "mypy", "pytest"], 1),
        ([], "pytest", ["ruff", "ruff", "mypy", "pytest"], 1),
        (["-k", "toc"], "", ["pytest"], 0),
    ],
)
def test_every_check_runs_and_any_failure_counts(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], failing: str, ran: list[str], code: int
) -> None:
    commands: list[list[str]] = []

    def call(command: list[str], cwd: Path) -> int:
        assert cwd == ROOT
        commands.append(command)
        return int(command[2] == failing)

    monkeypatch.setattr("subprocess.call", call)
    assert checks.run_checks(ROOT, arguments) == code
    assert [command[2] for command in commands] == ran
    assert commands[-1][3:] == arguments


def test_bench_measures_in_the_environment_for_tests(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provided: list[bool] = []
    commands: list[list[str]] = []

    def provide(root: Path, *, for_tests: bool, may_install: bool) -> None:
        assert (root, may_install) == (checkout, False)
        provided.append(for_tests)

    def call(command: list[str], env: dict[str, str]) -> int:
        assert env["PYTHONPATH"] == str(checkout)
        commands.append(command)
        return 1

    monkeypatch.setattr(provision, "provide", provide)
    monkeypatch.setattr("subprocess.call", call)
    assert launch(checkout, ["bench", "a book", "--quick", "--no-install"]) == 1
    assert provided == [True]
    python = str(environment.python_of(checkout))
    assert commands == [[python, "-m", "tests.benchmarks", "a book", "--quick"]]


def test_an_old_python_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import runpy

    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    main = runpy.run_path(str(ROOT / "build.py"))["main"]
    assert main() == 3
    said = capsys.readouterr().err
    assert said == "Chapbook needs Python 3.11 or newer; this is Python 3.10.4.\n"
