"""Makes the processes that a test starts die, or wait, over documents with a mark in them: for tests alone."""

from __future__ import annotations

from pathlib import Path

POISON, SLOW = "مميت", "بطيء"
# Python runs sitecustomize.py of its path before anything else; only processes with the folder on PYTHONPATH have it.
_HARM = f"""
import os, sys, time
if "from multiprocessing" in " ".join(sys.orig_argv) or os.environ.get("BRIEFING_TEST_WORKER"):
    from briefing.spread import searching
    real = searching.sentences
    def sentences(text, kept):
        if {POISON!r} in text:
            os._exit(9)
        if {SLOW!r} in text:
            time.sleep(float(os.environ["BRIEFING_TEST_SLOW"]))
        return real(text, kept)
    searching.sentences = sentences
"""


def poisoned(folder: Path) -> str:
    """What PYTHONPATH has to begin with, so that processes started from then on die of a text with POISON in it."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(_HARM, encoding="utf-8")
    return str(folder)
