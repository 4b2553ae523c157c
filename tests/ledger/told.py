"""Uses, meetings and earlier articles from texts of our own, for the tests of the ledger."""

from __future__ import annotations

from briefing.arabic.sentences import sentences
from briefing.extract.rules import Drafts
from briefing.item_model import Reading
from briefing.ledger.held import Held, held
from briefing.ledger.past import Past, look
from briefing.ledger.uses import Use, uses
from briefing.progress import untracked
from briefing.readings import read_again
from briefing.translate.gloss import Gloss
from briefing.translate.gloss_terms import terms
from tests.extract.extracted import article, extract


def told(text: str, day: str | None, ident: str = "a") -> tuple[Use, ...]:
    """The agreements of an article of that day, as the ledger uses them."""
    found = extract(text, day, ident)
    return uses(found.article, found.sentences, found.agreements)


def told_held(text: str, day: str | None, ident: str = "a") -> tuple[Held, ...]:
    """The meetings that an article of that day tells of."""
    one = article(text, day, ident)
    return tuple(held(one, sentences(text, one.kept)))


def past(text: str, day: str, ident: str = "a") -> Past:
    """An article of an earlier week."""
    return look(article(text, day, ident))


def read(text: str, day: str, ident: str = "a") -> Reading:
    """An article of this week: its agreements, in English as far as the lexicon goes."""
    one = look(article(text, day, ident))
    cut = tuple(sentences(text, one.article.kept))
    (done,) = read_again([(one.article, cut, Drafts((), one.agreements, ()))], Gloss(terms), untracked)
    return done
