"""Which items a filter shows, and which comes next. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from briefing.review.cards import Card
from briefing.review.desk import OPEN, REJECTED, View

ALL_ITEMS = "all"


def flagged(card: Card) -> bool:
    """Whether the program doubts something about an item, or about the English of a sentence it cites."""
    return bool(card.item["flags"]) or any(sentence.flags for sentence in card.sentences)


FILTERS: Mapping[str, tuple[str, Callable[[View, Card], bool]]] = {
    ALL_ITEMS: ("All", lambda view, card: True),
    "open": ("Still open", lambda view, card: view.status(card) in (OPEN, "stale")),
    "flagged": ("Flagged", lambda view, card: flagged(card)),
    "rejected": ("Rejected", lambda view, card: view.status(card) == REJECTED),
}


def chosen(view: View, show: str) -> tuple[Card, ...]:
    """The items that a filter shows, in the order of the brief."""
    _, wanted = FILTERS[show]
    return tuple(card for card in view.cards if wanted(view, card))


def found(view: View, ident: str) -> Card | None:
    """The item with this name in addresses; after another build, the item with its key, whatever its number is now."""
    exact = next((card for card in view.cards if card.ident == ident), None)
    key = ident.rpartition("-")[2]
    return exact or next((card for card in view.cards if card.ident.rpartition("-")[2] == key), None)


def beside(view: View, card: Card, show: str) -> tuple[Card | None, Card | None]:
    """The items before and after one among those that a filter shows; it may not be among them itself."""
    at = view.cards.index(card)
    order = {id(one): n for n, one in enumerate(view.cards)}
    shown = [(order[id(one)], one) for one in chosen(view, show)]
    before = next((one for n, one in reversed(shown) if n < at), None)
    return before, next((one for n, one in shown if n > at), None)
