"""What stands between sentences and a model: what never goes in, what is cleaned, what is too long and is split.

Nothing is ever truncated: a text over the model's limit becomes several pieces whose translations are joined again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from briefing.arabic.fold import BIDI_CONTROLS
from briefing.model import Translation
from briefing.translate.clauses import CLAUSE_END
from briefing.translate.retry import Answer, Run, answered

COPIED = "copied"
_ARABIC_LETTER = re.compile("[\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
                            "\u0750-\u077f\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc]")  # fmt: skip
_WORD = re.compile(r"[^\W\d_]")
# Tatweel and bidi controls carry no meaning, and to a model they are unknown words.
_NOISE = re.compile(f"[{BIDI_CONTROLS}\u0640\u200b\u2060\ufeff]+")
_SPACE = re.compile(r"\s+")
_ASCII_DIGITS = {**{0x660 + i: str(i) for i in range(10)}, **{0x6F0 + i: str(i) for i in range(10)}, 0x66A: "%"}


def copied(source: str) -> Translation | None:
    """The translation of a text that needs none, or None when it holds Arabic letters.

    Blank text has no English (label "none"). Latin words and numbers stand as they are, outer space removed (label
    "terms": names and numbers); a text of digits and signs alone gets ASCII digits, which an English reader can read.
    """
    if _ARABIC_LETTER.search(source):
        return None
    text = source.strip()
    if not text:
        return Translation("", COPIED, "none")
    return Translation(text if _WORD.search(text) else text.translate(_ASCII_DIGITS), COPIED, "terms")


def prepared(source: str) -> str:
    """`source` as a model gets it: without tatweel, bidi controls and invisible spaces, each white space one space."""
    return _SPACE.sub(" ", _NOISE.sub("", source)).strip()


def split_long(text: str, fits: Callable[[str], bool]) -> list[str]:
    """`text` cut into pieces that `fits` accepts; joined without anything between, they are `text` again.

    It is halved until everything fits: at the clause mark nearest the middle, else at a space, else in a word. A single
    character is never cut.
    """
    if len(text) < 2 or fits(text):
        return [text]
    cut = _cut(text)
    return split_long(text[:cut], fits) + split_long(text[cut:], fits)


def _cut(text: str) -> int:
    # Only the middle half counts, so that every cut makes real progress and no tiny clause goes to the model alone.
    low, high = len(text) // 4, len(text) - len(text) // 4
    for mark in (CLAUSE_END, _SPACE):
        places = [m.end() for m in mark.finditer(text) if low <= m.end() <= high and 0 < m.end() < len(text)]
        if places:
            return min(places, key=lambda place: abs(place - len(text) // 2))
    return len(text) // 2


def translate_all(
    sources: Sequence[str], fits: Callable[[str], bool], run: Run, signature: str, again: Run | None = None
) -> list[Translation]:
    """One Translation for each source, in order: copied where no model is needed, else what `run` makes of its pieces.

    `fits` says whether the model takes a text whole; `run` translates a list of texts that fit. Each distinct text is
    translated once, and once more by `again`, with other settings, when the answer is doubtful. Such a translation has ":again"
    behind its signature; what is still doubtful is flagged.
    """
    done = {source: copied(source) for source in sources}
    pieces = {source: _pieces(source, fits) for source, result in done.items() if result is None}
    answers = answered([piece for parts in pieces.values() for piece in parts], run, again)
    made = {source: _joined([answers[piece] for piece in parts], signature) for source, parts in pieces.items()}
    return [done[source] or made[source] for source in sources]


def _joined(answers: Sequence[Answer], signature: str) -> Translation:
    english = " ".join(filter(None, (answer.en.strip() for answer in answers)))
    engine = f"{signature}:again" if any(answer.again for answer in answers) else signature
    return Translation(english, engine, "machine", tuple(dict.fromkeys(doubt for a in answers for doubt in a.doubts)))


def _pieces(source: str, fits: Callable[[str], bool]) -> list[str]:
    return [piece for piece in (part.strip() for part in split_long(prepared(source), fits)) if piece]
