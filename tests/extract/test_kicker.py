"""Headlines of briefs inside one text are not evidence."""

from __future__ import annotations

import pytest
from hypothesis import given

from briefing.extract.kicker import is_headline
from briefing.model import Sentence
from tests.extract.extracted import extract
from tests.extract.test_properties import shuffled

BODY = "نواكشوط - وكالات: أعلنت الشرطة أمس أن ثلاثة جنود قتلوا في كمين قرب الحدود."
HEADLINE = "مقتل ثلاثة جنود في كمين"


def first(text: str) -> Sentence:
    end = text.index("\n") if "\n" in text else len(text)
    return Sentence(1, 0, end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{HEADLINE}\n{BODY}", True),
        (f"{HEADLINE}\n\n {BODY}", True),
        (f"{HEADLINE}.\n{BODY}", False),  # a sentence
        (f"{HEADLINE}\nوقالت مصادر إن الهجوم وقع ليلا.", False),  # no dateline below
        (HEADLINE, False),
    ],
)
def test_what_is_a_headline(text: str, expected: bool) -> None:
    assert is_headline(text, first(text)) is expected


def test_the_event_is_cited_from_the_brief_and_not_from_its_headline() -> None:
    found = extract(f"{HEADLINE}\n{BODY}", "2024-11-13")
    (event,) = found.events
    assert [c.quote for c in event.citations] == [BODY]


@given(shuffled)
def test_any_text_is_judged(text: str) -> None:
    assert is_headline(text, Sentence(1, 0, len(text))) in (True, False)
