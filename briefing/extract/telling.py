"""Whether a sentence tells what a trigger names as something that happened: by its verb, its toll, or how it is announced."""

from __future__ import annotations

from briefing.arabic.nouns import noun_form
from briefing.arabic.plain import plain_word
from briefing.arabic.tokens import bare, stems
from briefing.extract import noun_phrase
from briefing.extract.clause import Parsed
from briefing.extract.reporting import forms as verb_forms
from briefing.extract.triggers import CASUALTY, Trigger, carries, context


def is_told(parsed: Parsed, trigger: Trigger, counted: bool) -> bool:
    """A verb tells by itself; an action noun needs a finite verb that makes it happen, or a toll beside it."""
    if any(parsed.word(k) in _SCATTERED for k in range(trigger.last, min(trigger.last + 2, len(parsed.tokens)))):
        return False  # «في هجمات متفرقة»: a sum of events told one by one
    if trigger.verb or trigger.told:
        return True
    if _is_device(parsed, trigger) and not any(rest in context("goes_off") for t in parsed.tokens for _, rest in stems(t.key)):
        return False  # «ست عبوات ناسفة في منزل»: found, not gone off
    if counted:
        return True
    if trigger.kind.rank == CASUALTY:
        victim = noun_form(plain_word(parsed.word(trigger.last)))
        return victim is not None and victim.noun.meaning == "person"  # «مقتل جندي»; but «جثث القتلى»: the dead of another story
    if not trigger.definite and any(parsed.word(k) == "هناك" for k in range(trigger.first - 2, trigger.first)):
        return True  # «هناك معارك بين …»
    return any(carries(t.key) for t in parsed.tokens) or _announced(parsed, trigger)


def _announced(parsed: Parsed, trigger: Trigger) -> bool:
    """«أعلنت الشرطة اعتقال مدير المصرف»: an action noun that is all an announcement has for its content."""
    if trigger.family not in _ANNOUNCED:
        return False
    before = trigger.first - (parsed.word(trigger.first - 1) == "عن")
    verbs = (k for k in range(max(0, before - _SUBJECT), before) if any(f.verb.act == "announce" for f in verb_forms(parsed, k)))
    return any((who := noun_phrase.read(parsed, k + 1, before)) is not None and who.last == before for k in verbs)


def _is_device(parsed: Parsed, trigger: Trigger) -> bool:
    """A bomb or shell itself, where no word of the trigger says that it went off («انفجار عبوة»)."""
    return any(bare(rest) in context("device") for _, rest in stems(parsed.word(trigger.first)))


_ANNOUNCED = frozenset(("attack", "custody", "release"))  # a protest or withdrawal that is announced is still to come
_SUBJECT = 9  # words between a verb of announcing and what is announced
_SCATTERED = frozenset(("متفرقه", "متفرقات", "منفصله", "متفرقا", "منفصلين"))
