"""What all tests share: settings of hypothesis, and a home of their own."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import hypothesis
import pytest

from briefing.lexicon import glossary, tables

# No deadline: on a loaded machine a slow example says nothing about the code. A failure prints how to repeat it.
# Fewer examples than hypothesis would take while one works; `make test-all` takes as many as it says.
hypothesis.settings.register_profile("briefing", deadline=None, print_blob=True, max_examples=20)
hypothesis.settings.register_profile("thorough", deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "briefing"))

# A shell starts what runs in its background with Ctrl-C ignored, and all that this starts would ignore it too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep models and downloads of the person who runs the tests out of them."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        patch.setenv("HF_HOME", str(home / "hub"))
        yield


@pytest.fixture(autouse=True)
def _our_lexicon() -> Iterator[None]:
    """A lexicon or glossary that one test puts to use is not the next one's."""
    yield
    tables.use(None)
    glossary.use(None)
