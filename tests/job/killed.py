"""`briefing` in a process that kills itself with SIGKILL at a point: python killed.py PLACE before|after TURN ARGUMENTS...

PLACE is module:function or module:Class.method, TURN counts its calls from 1. For tests alone.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from typing import Any


def die_at(place: str, when: str, turn: int) -> None:
    """From now on the `turn`th call of what is at `place` ends the process, before it is made or after."""
    module, _, path = place.partition(":")
    owner: Any = importlib.import_module(module)
    *holders, name = path.split(".")
    for holder in holders:
        owner = getattr(owner, holder)
    function, calls = getattr(owner, name), 0

    def counted(*values: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if (calls, when) == (turn, "before"):
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*values, **named)
        if (calls, when) == (turn, "after"):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, counted)


if __name__ == "__main__":
    die_at(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    from briefing.cli.main import main

    main(sys.argv[4:])
