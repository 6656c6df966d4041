"""Validate EPUB files with Ace by DAISY, which npm brings and Chromium draws for."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.readers.packages import find_ace_script, find_browser
from tests.validators.findings import Finding

MOST_SECONDS = 600
CLEAN, VIOLATED = 0, 2


def validate(path: Path) -> list[Finding]:
    """Give every violation that Ace reports for a book, of whatever level.

    Its own verdict (with `-E`, an exit status) must agree with its report.
    """
    node = shutil.which("node") or "node"
    with tempfile.TemporaryDirectory() as folder:
        flags = ["--silent", "--force", "-E", "--outdir", folder]
        command = [node, str(find_ace_script()), *flags, str(path)]
        done = subprocess.run(
            command,
            env=_environment(folder),
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=MOST_SECONDS,
        )
        report = Path(folder, "report.json")
        if done.returncode not in (CLEAN, VIOLATED) or not report.exists():
            raise RuntimeError(f"Ace failed:\n{done.stdout}{done.stderr}")
        findings = list(_findings(json.loads(report.read_text("utf-8"))))
    if bool(findings) != (done.returncode == VIOLATED):
        raise RuntimeError(f"Ace ended with {done.returncode}, but its report says {findings}")
    return findings


def _environment(folder: str) -> Mapping[str, str]:
    homes = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    return {
        **os.environ,
        **{name: str(Path(folder, name)) for name in homes},
        "PUPPETEER_EXECUTABLE_PATH": find_browser(),
        # Chromium may be slow to come up beside other tests.
        "ACE_TIMEOUT_INITIAL": "60000",
    }


def _findings(report: Mapping[str, Any]) -> Iterator[Finding]:
    for page in report["assertions"]:
        for assertion in page["assertions"]:
            result, test = assertion["earl:result"], assertion["earl:test"]
            if result["earl:outcome"] == "fail":
                place = page["earl:testSubject"]["url"]
                rule = f"{test['dct:title']} ({test.get('earl:impact') or 'unrated'})"
                yield Finding(rule, result.get("dct:description") or "", (place,))
