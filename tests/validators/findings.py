"""What a validator finds, and the Java that the validators run on."""

import os
import shutil
from dataclasses import dataclass

import pytest

# Fast to start, small in memory: these programs run for seconds.
JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a validator objects to, and where: a rule, in its own words."""

    rule: str
    message: str
    places: tuple[str, ...] = ()
    count: int = 1


def find_java(needs_compiler: bool = False) -> str:
    """Give the path of Java; without it skip the test, but fail where checks may not be left out.

    Compiling needs a development kit, such as Debian's `default-jdk-headless`.
    """
    java = shutil.which("java")
    if java and (shutil.which("javac") or not needs_compiler):
        return java
    missing = "a Java development kit" if needs_compiler else "Java"
    if os.environ.get("CI"):
        pytest.fail(f"{missing} is not installed")
    pytest.skip(f"{missing} is not installed")
