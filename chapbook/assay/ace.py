"""Ace by DAISY: can everyone read the e-book, also who hears or feels it?

It is a program for Node that opens every page in a browser: the command `ace-cli` (of the packages
`@daisy/ace-cli` and `@daisy/ace-core`) or `ace` (of `@daisy/ace`), or that which `$ACE` names (a
command or a script; set to nothing, it is not run).
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chapbook.assay.objection import Objection, in_one_line
from chapbook.assay.tool import Lacking, Tool, UnreportedError, Validator, marked, read_report, run
from chapbook.diagnostics import Code, Severity

COMMANDS = ("ace-cli", "ace")
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
GRAVE = ("critical", "serious")
LONGEST = 90
NAMESPACE = re.compile(r'\s+xmlns(:\w+)?="[^"]*"')
STEP = re.compile(r"/(\d+)")
REMARK = (
    "Ace was not run: install Node (https://nodejs.org) and "
    "“npm install --global @daisy/ace-cli @daisy/ace-core”, or name the command in $ACE"
)
BROWSER_REMARK = (
    "Ace was not run: it needs Chromium or Chrome (Debian: apt install chromium), "
    "or name the browser in $PUPPETEER_EXECUTABLE_PATH"
)


def find_ace() -> Tool | Lacking:
    """Find Ace, with Node to run it and a browser to open."""
    named = os.environ.get("ACE")
    if named == "":
        return Lacking()
    node = shutil.which("node")
    place = named or next((c for c in map(_of_daisy, COMMANDS) if c), "")
    if not place or not node:
        return Lacking(REMARK)
    script = Path(shutil.which(place) or place)
    if not script.is_file():
        return Lacking(f"Ace was not run: $ACE names {place}, which is not there")
    browser = _browser()
    if not browser:
        return Lacking(BROWSER_REMARK)
    is_script = script.suffix in (".js", ".cjs", ".mjs")
    command = (node, str(script)) if is_script else (str(script),)
    environment = {"PUPPETEER_EXECUTABLE_PATH": browser, "ACE_TIMEOUT_INITIAL": "60000"}
    return Tool(ACE, command, marked(script.resolve(), Path(browser)), environment)


def _of_daisy(name: str) -> str:
    """Find a command on the path, unless it is another's of the same name."""
    found = shutil.which(name) or ""
    is_theirs = os.name == "nt" or "@daisy" in str(Path(found).resolve())
    return found if found and (is_theirs or name != "ace") else ""


def _browser() -> str:
    named = os.environ.get("PUPPETEER_EXECUTABLE_PATH")
    return named or next((found for name in BROWSERS if (found := shutil.which(name))), "")


def judge(tool: Tool, epub: bytes) -> tuple[Objection, ...]:
    """Run Ace on an e-book; raises `UnreportedError`. What it keeps for itself is thrown away."""
    with tempfile.TemporaryDirectory(prefix="chapbook-", ignore_cleanup_errors=True) as folder:
        book, out = Path(folder, "book.epub"), Path(folder, "out")
        book.write_bytes(epub)
        homes = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        environment = {**tool.environment, **{name: str(Path(folder, name)) for name in homes}}
        own = Tool(tool.validator, tool.command, tool.mark, environment)
        flags = ["--silent", "--force", "--tempdir", str(Path(folder, "aside"))]
        said = run(own, [*flags, "--outdir", str(out), str(book)])
        return read_objections(read_report(out / "report.json", said))


def read_objections(report: str) -> tuple[Objection, ...]:
    """Read the failures in a report of Ace, as JSON; raises `UnreportedError`."""
    try:
        assertions = json.loads(report)["assertions"]
        return tuple(one for page in assertions for one in _of_page(page))
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise UnreportedError("gave a report that can not be read", repr(fault)) from None


def _of_page(page: dict[str, Any]) -> Iterator[Objection]:
    file = page["earl:testSubject"]["url"].lstrip("/")
    for assertion in page["assertions"]:
        if assertion["earl:result"]["earl:outcome"] == "fail":
            yield _objection(file, assertion["earl:test"], assertion["earl:result"])


def _objection(file: str, test: dict[str, Any], result: dict[str, Any]) -> Objection:
    impact = test.get("earl:impact") or ""
    words = (test.get("help") or {}).get("dct:description") or test.get("dct:description") or ""
    message = in_one_line(words or test["dct:title"])
    if shown := _shown(result.get("html") or ""):
        message += f": {shown}"
    where = (result.get("earl:pointer") or {}).get("cfi") or []
    return Objection(
        Severity.ERROR if impact in GRAVE else Severity.WARNING,
        f"{test['dct:title']} ({impact})" if impact else test["dct:title"],
        message,
        file,
        steps=tuple(int(step) for step in STEP.findall(where[0])) if where else (),
        advice=in_one_line((result.get("dct:description") or "").partition("\n")[0]),
    )


def _shown(html: str) -> str:
    """Give the beginning of the element at fault."""
    line = " ".join(NAMESPACE.sub("", html.partition("<!--##-->")[0]).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


ACE = Validator("Ace", Code.EPUB_INACCESSIBLE, find_ace, judge)
