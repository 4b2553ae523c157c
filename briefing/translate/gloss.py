"""The engine `gloss`: no translation, but the English of what is known in a sentence, and never presented as more.

It ships as a feature: on a machine without any model an English reader still learns the names, numbers, dates and terms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefing.config import Config
from briefing.errors import EngineError
from briefing.lexicon import glossary, tables
from briefing.model import EngineInfo, Translation
from briefing.translate.segments import copied

Terms = Callable[[str], Sequence[tuple[int, int, str]]]
SIGNATURE = "gloss"
SEPARATOR = " · "
ADVICE = (
    "For a real translation run: briefing models pull; without a network: briefing models add DIR (a model brought here). "
    "A model without model.safetensors also needs pip install 'monday-brief[torch]'."
)


WHAT_IT_IS = (
    "No translation model was used. English marked “reviewed” comes from the translation memory; everywhere else only the names, "
    "numbers, dates and terms of a sentence are given, which is no translation."
)


class Gloss:
    """Lists the English of the terms in each sentence, in source order, each once.

    `terms(text)` gives (start, end, english) in order, without overlap.
    """

    def __init__(self, terms: Terms, reason: str = "chosen", notice: str = "", lexicon: str = "", glossary: str = "") -> None:
        """`reason` says in a few words why there is no real engine, `notice` what stands on the brief's first page.

        `lexicon` and `glossary` are the digests of those of a user that change what `terms` knows.
        """
        self._terms = terms
        own = (f":{name}@{digest[:8]}" for name, digest in (("lexicon", lexicon), ("glossary", glossary)) if digest)
        self.signature = SIGNATURE + "".join(own)
        line = f"Translation engine: gloss ({reason}; English is reviewed memory and terms only)"
        self.info = EngineInfo("gloss", "", "", line, notice or f"{WHAT_IT_IS} {ADVICE}")

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """One line of terms for each source (label "terms"), or "" with label "none" where nothing is known."""
        return [copied(source) or self._line(source) for source in sources]

    def _line(self, source: str) -> Translation:
        words = dict.fromkeys(english.strip() for _, _, english in self._terms(source))
        once = {word.casefold(): word for word in reversed(words) if word}
        line = SEPARATOR.join(word for word in words if once.get(word.casefold()) == word)
        return Translation(line, self.signature, "terms" if line else "none")


def create(config: Config, notify: Callable[[str], None], reason: str = "chosen", notice: str = "") -> Gloss:
    """The gloss over this project's lexicon."""
    try:
        from briefing.translate.gloss_terms import terms
    except ImportError as error:
        raise EngineError(f"The gloss has no lexicon: {error}", "The installation is incomplete; install it again.") from error
    own = tables.own()
    return Gloss(terms, reason, notice, own.sha256 if own else "", glossary.in_use().sha256)
