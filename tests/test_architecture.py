"""The shape of the code, held: who imports whom, who prints, how long a function may be.

Each test is one sentence of docs/architecture.md. What the sources say is read with `ast`;
nothing is run.
"""

import ast
import re
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "chapbook"

TYPES = (
    "diagnostics", "origin", "print_shop", "scholarship", "settings", "apparatus", "model",
    "publication", "laid", "imposition", "print_job",
)  # fmt: skip
STAGES = tuple(re.findall(r"^\d+\. `(\w+)`", (PACKAGE / "__init__.py").read_text("utf-8"), re.M))
ASSEMBLY = ("pipeline", "editions", "composing_room", "cli", "__main__")

# The rooms of each library. A stage's own files share it.
ROOMS = {
    "PIL": {"read", "compose", "prepress", "preflight", "pack"},
    "bibtexparser": {"read"},
    "cattrs": {"configure"},
    "cffi": {"typeset"},
    "citeproc": {"cite"},
    "cssselect2": {"typeset"},
    "defusedxml": {"read"},
    "ebooklib": {"package"},
    "fontTools": {"compose", "typeset", "prepress"},
    "icu": {"collation"},
    "jinja2": {"compose"},
    "latex2mathml": {"parse"},
    "lxml": {"cite"},
    "markdown": {"parse"},
    "markupsafe": {"compose"},
    "nh3": {"parse"},
    "pikepdf": {"finish", "prepress", "impose", "preflight", "pack"},
    "pydyf": {"typeset"},
    "pygments": {"parse"},
    "pymdownx": {"parse"},
    "pypdfium2": {"pdfium_calls", "inspect", "preflight", "cover", "pack"},
    "resvg_py": {"compose"},
    "rich": {"report"},
    "segno": {"compose"},
    "tinycss2": {"typeset"},
    "tinyhtml5": {"typeset"},
    "vl_convert": {"compose"},
    "watchfiles": {"watch"},
    "weasyprint": {"typeset"},
    "yaml": {"read", "yaml_source"},
    "ziamath": {"compose"},
    "zint": {"cover"},
}
TOP = {
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "build.py",
    "chapbook",
    "docs",
    "output",
    "pyproject.toml",
    "source",
    "templates",
    "tests",
}
MADE = {"dist", "build"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base", "core"}
TEXT = {".py", ".md", ".toml", ".lock", ".j2", ".css", ".html", ".svg", ".txt", ".xml", ".yml"}
LONGEST_FUNCTION = 60
USUAL_FUNCTION = 10
LONGEST_FILE = 400


@dataclass(frozen=True)
class Module:
    """A source file: its dotted name below `chapbook`, and its tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        """The stage, or the file, that it belongs to."""
        return self.name.partition(".")[0]

    def imports(self) -> Iterator[str]:
        """Give the dotted name of every module it imports, wherever in the file."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, f"{self.path}: relative import"
                assert node.module
                yield node.module
                if node.module == "chapbook":
                    yield from (f"chapbook.{alias.name}" for alias in node.names)

    def libraries(self) -> Iterator[str]:
        """Give the libraries of others that it imports."""
        for name in self.imports():
            first = name.partition(".")[0]
            if first not in sys.stdlib_module_names | {"chapbook", "_typeshed"}:
                yield first

    def own_imports(self) -> Iterator[str]:
        """Give the rooms of ours that it imports."""
        for name in self.imports():
            first, _, rest = name.partition(".")
            if first == "chapbook" and rest and not rest.startswith("__"):
                yield rest.partition(".")[0]


def _modules() -> Iterator[Module]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        yield Module(name or "__init__", path, ast.parse(path.read_text("utf-8")))


MODULES = tuple(_modules())


def _functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def _called(module: Module) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(module.tree) if isinstance(node, ast.Call)}


def _outside(*rooms: str) -> Iterator[Module]:
    return (module for module in MODULES if module.room not in rooms)


def test_the_stages_are_there() -> None:
    assert len(STAGES) == 14
    assert set(STAGES) <= {module.room for module in MODULES}


def test_only_the_pipeline_imports_stages() -> None:
    wrong = {
        (module.name, room)
        for module in _outside(*ASSEMBLY)
        for room in module.own_imports()
        if room in STAGES and room != module.room
    }
    assert not wrong


def test_the_types_import_only_types_before_them() -> None:
    wrong = {
        (module.name, room)
        for module in MODULES
        if module.room in TYPES
        for room in module.own_imports()
        if room not in TYPES[: TYPES.index(module.room)]
    }
    assert not wrong


def test_nothing_imports_what_is_above_it() -> None:
    above = {"cli", "report", "bootstrap", "__main__"}
    wrong = {
        (module.name, room)
        for module in _outside("cli", "__main__", "bootstrap", "report")
        for room in module.own_imports()
        if room in above or (room == "pipeline" and module.room != "pipeline")
    }
    assert not wrong


def test_the_set_up_needs_nothing_installed() -> None:
    wrong = {
        (module.name, name)
        for module in MODULES
        if module.room == "bootstrap"
        for name in module.imports()
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not name.startswith("chapbook.bootstrap")
    }
    assert not wrong


def test_a_library_stays_in_its_rooms() -> None:
    wrong = {
        (module.name, library)
        for module in _outside("bootstrap")
        for library in module.libraries()
        if module.room not in ROOMS.get(library, ())
    }
    assert not wrong


def test_only_the_report_and_the_command_line_print() -> None:
    spoken = {"print", "sys.stdout.write", "sys.stderr.write", "input"}
    rooms = _outside("report", "cli", "bootstrap")
    assert not {module.name for module in rooms if spoken & _called(module)}


def test_only_the_command_line_exits() -> None:
    exits = {"sys.exit", "exit", "quit", "os._exit", "SystemExit"}
    rooms = _outside("cli", "__main__", "bootstrap")
    assert not {module.name for module in rooms if exits & _called(module)}


def test_folders_arrive_as_arguments() -> None:
    finders = {"Path.cwd", "os.getcwd"}
    wrong = {
        module.name
        for module in _outside("cli", "bootstrap", "digests")
        if finders & _called(module)
        or any(isinstance(n, ast.Name) and n.id == "__file__" for n in ast.walk(module.tree))
    }
    assert not wrong


def test_no_stage_asks_the_clock_or_the_network() -> None:
    clock = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time"}
    network = {"socket", "urllib.request", "http.client", "ftplib"}
    wrong = {
        module.name
        for module in _outside("report", "bootstrap")
        if clock & _called(module) or network & set(module.imports())
    }
    assert not wrong


def test_names_say_what_a_file_is_about() -> None:
    assert not {module.name for module in MODULES if VAGUE & set(module.name.split("."))}


def test_files_are_short() -> None:
    lengths = {m.name: len(m.path.read_text("utf-8").splitlines()) for m in MODULES}
    assert not {name for name, length in lengths.items() if length > LONGEST_FILE}


def test_functions_are_short() -> None:
    functions = [(m.name, f.name, _lines(f)) for m in MODULES for f in _functions(m)]
    assert not {f for f in functions if f[2] > LONGEST_FUNCTION}
    assert statistics.median(length for _, _, length in functions) <= USUAL_FUNCTION


def test_what_is_public_is_explained() -> None:
    wrong = {
        (module.name, getattr(node, "name", ""))
        for module in MODULES
        for node in (module.tree, *module.tree.body)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and not getattr(node, "name", "").startswith("_")
        and not ast.get_docstring(node)
    }
    assert not wrong


def test_the_top_of_the_tree() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - MADE == TOP


def _texts() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.suffix not in TEXT or not path.is_file():
            continue
        if parts[0] in MADE | {"output"} or any(p.startswith(".") or p == "actual" for p in parts):
            continue
        yield path


def test_no_place_but_the_product_is_named() -> None:
    # Written in pieces, so that this file does not hold what it forbids.
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org"]
    places = ["/wo" + "rk/", "/fa" + "rm/", "/ho" + "me/", "/ro" + "ot/"]
    forbidden = re.compile("|".join(map(re.escape, [*hosts, *places])))
    found = [
        f"{path.relative_to(ROOT)}: {hit.group()}"
        for path in _texts()
        for hit in forbidden.finditer(path.read_text("utf-8", "replace"))
    ]
    assert not found
