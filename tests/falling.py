"""Tasks that bring their worker down, for the tests of those who give them."""

import os
import signal
from pathlib import Path

from chapbook.diagnostics import BookError
from chapbook.laid import LaidChapter
from chapbook.typeset.doors import try_to_lay_out
from chapbook.typeset.task import Task

FALLS, STUMBLES, LOST = "falls", "stumbles", "lost"


def lay_out_or_fall(task: Task) -> LaidChapter | BookError:
    """Lay a chapter out, but die of what is in it.

    One that `falls` dies unless it is set plainly, one that is `lost` always; one that `stumbles`
    dies once: then it leaves a file among the faces.
    """
    html = "".join(section.html for section in task.sections)
    stone = Path(task.faces) / "stumbled"
    if f'class="{LOST}"' in html or (f'class="{FALLS}"' in html and not task.is_plain):
        _die()
    if f'class="{STUMBLES}"' in html and not stone.exists():
        stone.touch()
        _die()
    return try_to_lay_out(task)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
