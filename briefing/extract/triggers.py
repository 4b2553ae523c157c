"""Words that tell of an event on the ground, and whether the sentence really tells it (lexicon/events.toml)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.arabic.fold import key
from briefing.arabic.lexicon import TERM
from briefing.arabic.nouns import noun_form
from briefing.arabic.plain import plain_word
from briefing.arabic.tokens import bare, stems
from briefing.arabic.verbs import past_forms, present_forms, reading
from briefing.extract.clause import Parsed, is_a, is_exactly
from briefing.extract.reporting import forms as verb_forms
from briefing.lexicon.tables import derived, remembered, table

FAMILIES = {
    "AIRSTRIKE": "attack", "SHELLING": "attack", "BOMBING": "attack", "CLASH": "attack", "ASSAULT": "attack",
    "CEASEFIRE_VIOLATIONS": "attack", "SEIZURE_OF_GOODS": "attack",  # «ضبط عبوات ناسفة» is no bombing
    "ABDUCTION": "custody", "ARREST": "custody", "DETAINEE_EXCHANGE": "release",
    "SEIZURE_OF_TERRITORY": "territory", "WITHDRAWAL": "territory", "FORCE_MOVEMENT": "movement",
    "DISPLACEMENT": "displacement", "EVACUATION_CALL": "evacuation", "PROTEST": "protest",
    "INTERCEPTION": "interception", "ACCIDENT": "accident", "OTHER_FIELD": "other",
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A type of event: `en` names it, the higher `rank` wins among triggers of a sentence."""

    type: str
    en: str
    rank: int
    with_: frozenset[str]


@dataclass(frozen=True)
class Trigger:
    """tokens[first:last] tell of an event; `verb` when a finite verb does, `definite` for «الهجوم» (known from before)."""

    kind: Kind
    first: int
    last: int
    verb: bool
    definite: bool
    told: bool = False

    @property
    def family(self) -> str:
        """Types that are readings of one happening share a family."""
        return FAMILIES[self.kind.type]


@dataclass(frozen=True)
class _Index:
    """Folded forms and the kinds they may tell of, the highest rank first."""

    verbs: dict[str, list[Kind]]
    nouns: dict[str, list[Kind]]
    phrases: dict[str, list[tuple[tuple[str, ...], Kind]]]
    context: dict[str, frozenset[str]]
    light: frozenset[str]
    never: frozenset[str]  # forms that are no verb, whatever their ending


@derived
def _index() -> _Index:
    data = table("events")
    index = _Index(
        {},
        {},
        {},
        {k: frozenset(key(w) for w in v) for k, v in data["context"].items()},
        _conjugated(data["context"]["light"]) | {key(w) for w in data["context"]["light_present"]},
        frozenset(key(w) for row in data["event"] for w in row.get("not", ())),
    )
    for row in sorted(data["event"], key=lambda r: -r["rank"]):
        kind = Kind(row["type"], row["en"], row["rank"], frozenset(bare(key(w)) for w in row.get("with", ())))
        told = _conjugated(row.get("verbs", ())) | _present(row.get("present", ()))
        for form in told - {key(w) for w in row.get("not", ())}:
            index.verbs.setdefault(form, []).append(kind)
        for noun in row.get("nouns", ()):
            index.nouns.setdefault(bare(key(noun)), []).append(kind)
        for phrase in row.get("phrases", ()):
            words = tuple(bare(key(w)) for w in phrase.split())
            index.phrases.setdefault(words[0], []).append((words, kind))
    return index


@derived
def type_names() -> dict[str, str]:
    """English for each type of event: what its row of the highest rank calls it; OTHER_FIELD, which is anything, has none."""
    rows = sorted(table("events")["event"], key=lambda r: r["rank"])
    return {row["type"]: row["en"] for row in rows if row["type"] != "OTHER_FIELD"}


def _conjugated(verbs: Sequence[str]) -> frozenset[str]:
    return frozenset(key(form) for verb in verbs for form, *_ in past_forms(verb))


def _present(verbs: Sequence[str]) -> frozenset[str]:
    return frozenset(key(form) for verb in verbs for form, *_ in present_forms(verb))


def find(parsed: Parsed) -> list[Trigger]:
    """Triggers in the sentence that tell something real, left to right; a mere casualty word only where nothing else does."""
    found = _real(parsed)
    causes = [t for t in found if t.kind.rank > CASUALTY]
    if causes and any(t.verb for t in found if t.kind.rank == CASUALTY):
        return [replace(t, told=t.family in _DEADLY) for t in causes]  # «قتل شخص في إطلاق نار»
    return causes or found


_DEADLY = ("attack", "accident", "custody", "protest", "interception")
CASUALTY = 10  # rank of words for deaths and wounds that give no cause


def _real(parsed: Parsed) -> list[Trigger]:
    found = []
    for i, token in enumerate(parsed.tokens):
        trigger = at(parsed, i) if token.is_word else None
        if trigger and not any(test(parsed, trigger) for test in (_unreal, _said_otherwise, _long_before, _blamed, _condemned)):
            found.append(trigger)
    return found


def at(parsed: Parsed, i: int) -> Trigger | None:
    """The trigger that begins at token i, whether or not the sentence tells it as something real."""
    index = _index()
    best: Trigger | None = None
    for prefix, rest in stems(parsed.word(i)):
        acts = prefix in ("", "و", "ف") and bool(_verb(rest)) and _verb_here(parsed, i)  # «قصف الطيران بلدة»
        for words, kind in index.phrases.get(bare(rest), ()):
            if all(bare(parsed.word(i + k)) == words[k] for k in range(1, len(words))) and _fits(parsed, kind, i, i + len(words)):
                known = rest.startswith("ال") and words[-1] not in _LEADS_ON
                trigger = Trigger(kind, i, i + len(words), acts, known)
                best = trigger if best is None or trigger.kind.rank > best.kind.rank else best
        told = _fitting(parsed, _verb(rest), i) if prefix in ("", "و", "ف") else None
        if best is None and told and _verb_here(parsed, i):
            return Trigger(told, i, i + 1, True, False)
        noun = bare(rest) if bare(rest) in index.nouns else rest.removesuffix("ا")  # «انفجارا»
        owned = noun.endswith("ه") and parsed.tokens[i].text.endswith("ه") and not rest.startswith("ال")  # «مظاهره»: its forms
        named = _fitting(parsed, index.nouns.get(noun, ()), i)
        if best is None and named and not owned:
            best = Trigger(named, i, i + 1, False, rest.startswith("ال"))
    return best


_LEADS_ON = ("علي", "عليه", "عليها", "عليهم", "عليهما", "عن")  # «القبض على» has its article always
_OBJECTS = ("هما", "هم", "ها", "هن", "ه", "نا")  # suffix pronouns


@remembered(50_000)
def _verb(word: str) -> Sequence[Kind]:
    """The kinds a finite verb tells of, also with a suffix pronoun as its object («قتلهم», «هاجموه»)."""
    index = _index()
    if word in index.verbs:
        return index.verbs[word]
    if word in index.never:
        return ()
    for suffix in _OBJECTS:
        base = word.removesuffix(suffix)
        known = index.verbs.get(base) or index.verbs.get(base + "ا")
        if known and base != word and len(base) > 2 and not base.endswith("ا"):
            return known
    return ()


def _fitting(parsed: Parsed, kinds: Sequence[Kind], i: int) -> Kind | None:
    """Of the kinds a word may tell of, the one of the highest rank whose company stands near it."""
    return next((kind for kind in kinds if _fits(parsed, kind, i, i + 1)), None)


def _verb_here(parsed: Parsed, i: int) -> bool:
    """A form such as «قصف» or «قتل» is a noun after a preposition or before a genitive of a light verb; «إصابة» always is."""
    if parsed.tokens[i].text.endswith("ة"):
        return False  # folded it is «أصابه» too
    if any(
        carries(parsed.word(k)) and not any(parsed.tokens[n].text in "،.؛" for n in range(k, i)) for k in range(max(0, i - 6), i)
    ):
        return False
    before = parsed.word(i - 1)
    return is_exactly(before, "before_verbs") or not is_exactly(before, "prepositions")


def carries(word: str) -> bool:
    """A light verb that is not one of saying: after «عاودت … قصف» the trigger is its noun, after «قالت … قصف» it is not."""
    return is_light(word) and not any(reading(rest) for _, rest in stems(word))


_SUBJECT = 9  # words between a verb and what it is said of, its subject


def _condemned(parsed: Parsed, trigger: Trigger) -> bool:
    """«أدانت دول التفجير الذي …»: what is condemned is known, whether or not the one who condemns it is."""
    before = range(max(0, trigger.first - _SUBJECT), trigger.first) if trigger.definite and not trigger.verb else ()
    return any(f.verb.act == "condemn" for k in before for f in verb_forms(parsed, k))


def _long_before(parsed: Parsed, trigger: Trigger) -> bool:
    """«البلدة التي كان استولى عليها التنظيم», «المناطق التي يسيطر عليها»: what a relative clause tells as known."""
    if trigger.family == "territory" and trigger.verb and is_exactly(parsed.word(trigger.first - 1), "relative"):
        return not any(is_a(parsed.word(k), "temporal") for k in range(trigger.last, trigger.last + 4))
    was = parsed.word(trigger.first - 1) in ("كان", "كانت", "كانوا")
    return was and is_exactly(parsed.word(trigger.first - 2), "relative")


def _fits(parsed: Parsed, kind: Kind, first: int, last: int) -> bool:
    if not kind.with_:
        return True
    near = range(_company_from(parsed, first), min(len(parsed.tokens), last + 9))
    return any(_counts_as(parsed.word(k), kind.with_) for k in near)


def _company_from(parsed: Parsed, first: int) -> int:
    """Four words before a trigger, or «أن» within eight, with the subject after it («أن قاربا يقل مهاجرين من … انقلب»)."""
    ahead = range(max(0, first - 8), first)
    return next((k for k in ahead if is_exactly(parsed.word(k), "complementisers")), max(0, first - 4))


def _counts_as(word: str, company: frozenset[str]) -> bool:
    """The word itself, or a form of a counted noun among them («قريتين» of «قرية»)."""
    form = noun_form(plain_word(word))
    return any(bare(rest) in company for _, rest in stems(word)) or (form is not None and key(form.noun.ar) in company)


def _unreal(parsed: Parsed, trigger: Trigger) -> bool:
    """Wished for, feared, planned, denied to have happened or judged, by the words right before it."""
    unreal = _index().context["unreal"]
    for k in range(max(0, trigger.first - 3), trigger.first):
        covering = parsed.cover[k]
        named = covering is not None and covering.last - covering.first > 1 and covering.kind != TERM
        if parsed.tokens[k].text in "،.؛:" or named:  # «قوات الدعم السريع» supports nothing
            continue
        if parsed.word(k).endswith("قد") and not _present_tense(parsed.word(k + 1)):
            continue  # «وقد قتل», «وفقد خمسة»; but «قد يقتل»
        if any(bare(rest) in unreal or rest in unreal for _, rest in stems(parsed.word(k))):
            return not any(parsed.tokens[n].text in "،؛" for n in range(k, trigger.first))
    return False


def _blamed(parsed: Parsed, trigger: Trigger) -> bool:
    """«حمل الوزير الجماعة مسؤولية الهجوم»: who is blamed is news, what for is known."""
    blame = _index().context["blame"]
    duty = any(parsed.word(k).startswith("مسؤولي") for k in range(max(0, trigger.first - 3), trigger.first))
    return duty and any(rest in blame for k in range(trigger.first) for _, rest in stems(parsed.word(k)))


def _present_tense(word: str) -> bool:
    return word.startswith("ي") or (word.startswith("ت") and not word.endswith("ت"))


def _said_otherwise(parsed: Parsed, trigger: Trigger) -> bool:
    """A figure of speech («معركة انتخابية»), an attack in words, or an action noun that is still to come («… سيتم غدا»)."""
    context = _index().context
    after = [parsed.word(k) for k in range(trigger.last, min(trigger.last + 7, len(parsed.tokens)))]
    if any(w in context["figurative"] for w in after[:3]):
        return True
    if trigger.verb and trigger.kind.rank != CASUALTY and any(w in context["in_words"] for w in after):
        return True
    if trigger.family == "territory" and any(w in context["held_otherwise"] for w in after):
        return True
    return not trigger.verb and any(w in context["to_come"] for w in after)


def is_light(word: str) -> bool:
    """A finite verb that carries an action noun («شن غارات», «اندلعت اشتباكات»)."""
    return any(rest in _index().light for prefix, rest in stems(word) if prefix in ("", "و", "ف"))


def is_sport(sentences: Sequence[Parsed]) -> bool:
    """An article with several words of the playing field is about sport, whatever its verbs."""
    sport = _index().context["sport"]
    words = {rest for p in sentences for t in p.tokens for _, rest in stems(t.key) if rest in sport or bare(rest) in sport}
    return len(words) >= 4


def context(name: str) -> frozenset[str]:
    """The folded words of a list of [context] in events.toml."""
    return _index().context[name]


def judging(act: str) -> bool:
    """Whether a speech act makes the event it names background (condemning, calling for, warning of it)."""
    return act in table("events")["judging"]["acts"]
