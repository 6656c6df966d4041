"""What a book's folder was written for, where it is not one of ours."""

from dataclasses import dataclass
from enum import StrEnum


class Tool(StrEnum):
    """The tool that a folder was written for."""

    CHAPBOOK = "Chapbook"
    MDBOOK = "mdBook"
    QUARTO = "Quarto"
    PANDOC = "Pandoc"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a folder was written for; `file` says what the book is, `folder` has its text."""

    tool: Tool = Tool.CHAPBOOK
    file: str = "book.toml"
    folder: str = ""
