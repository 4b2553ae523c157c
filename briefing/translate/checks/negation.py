"""Whether what the source denies is denied in the translation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.arabic import lexicon
from briefing.arabic.fold import key
from briefing.arabic.tokens import Token
from briefing.lexicon.tables import derived
from briefing.translate.checks.finding import Finding
from briefing.translate.checks.words import data

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def check(source: str, english: str) -> list[Finding]:
    """A finding "negation" when `source` denies more often than `english` does."""
    tokens, _ = lexicon.found_in(source)
    denied = [token for i, token in enumerate(tokens[:-1]) if _is_denial(token, tokens[i + 1])]
    if not denied or _denials(english, tokens) >= len(denied):
        return []
    return [Finding("negation", f"the source says «{denied[0].text}» (not), and the translation may not deny it")]


def _is_denial(token: Token, after: Token) -> bool:
    if token.key not in _arabic("source") or not after.is_word:
        return False
    return not any(after.key.startswith(word) if len(word) > 2 else after.key == word for word in _arabic("not_before"))


def _denials(english: str, tokens: Sequence[Token]) -> int:
    """How many words of `english` can stand for a denial of the source."""
    words: list[str] = [word.casefold() for word in _WORD.findall(english)]
    found: int = sum(word in _english("english") or word.endswith(("n't", "n’t")) for word in words)
    if any(token.key in _arabic("exceptions") for token in tokens):  # «لا ... إلا»: "only"
        found += sum(word in _english("only") for word in words)
    # «بدون» and «غير» have a denying word of their own in English, which answers for no verb
    own = sum(token.key in _arabic("weak") or token.key[1:] in _arabic("weak") for token in tokens)
    answered: int = min(own, sum(word in _english("weak_english") for word in words))
    return found - answered


@derived
def _arabic(name: str) -> frozenset[str]:
    return frozenset(key(word) for word in data("negation")[name])


@derived
def _english(name: str) -> frozenset[str]:
    return frozenset(data("negation")[name])
