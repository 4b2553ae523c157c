"""`briefing lexicon find`: what the lexicon knows of a phrase, where that is listed, and how its words are read to meet it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.arabic import lexicon
from briefing.arabic.dates import find_dates
from briefing.arabic.fold import key
from briefing.arabic.lexicon import Match
from briefing.arabic.nouns import noun_form
from briefing.arabic.numbers import find_numbers
from briefing.arabic.plain import plain_word
from briefing.arabic.tokens import Token, bare, stems, tokenise
from briefing.arabic.verbs import VerbForm, past_forms, reading
from briefing.extract import triggers
from briefing.extract.clause import parse
from briefing.ingest.outlets import by_name
from briefing.lexicon.finding import Files
from briefing.lexicon.flaw import folded
from briefing.lexicon.schema import FILES
from briefing.lexicon.shapes import Lists, Pairs, Section, Words
from briefing.lexicon.tables import table
from briefing.model import Sentence

_CONJUNCTIONS = ("", "و", "ف")
_NEAREST, _ALIKE = 5, 75  # most suggestions, and how alike (0 to 100) they must be
_KINDS = {"body": "organisation", "common_body": "kind of body"}
_FORMS = {
    "one": "singular", "many": "plural", "dual": "dual", "dual_or_many": "dual or plural", "construct": "dual before a noun",
}  # fmt: skip
_PERSONS = {("m", "s"): "he", ("f", "s"): "she", ("m", "p"): "they", ("m", "d"): "they two", ("f", "d"): "they two (f.)"}


@dataclass(frozen=True, slots=True)
class Hit:
    """`word` of the phrase is met by an entry: its kind, what it is known by, its English, where it is listed, and how."""

    word: str
    kind: str
    id: str
    en: str
    place: str
    how: str


def find(phrase: str, files: Files) -> list[Hit]:
    """Everything that knows the phrase or a word of it, in reading order: names, then verbs, events, counted nouns and lists."""
    tokens = tokenise(phrase)
    chosen = lexicon.load().find(tokens)
    hits = list(_outlet(phrase, files))
    for i, token in enumerate(tokens):
        hits += (_name(match, tokens, chosen, files) for match in lexicon.load().readings(tokens, i))
        if token.is_word:
            hits += [*_verbs(token, files), *_agreements(token, files), *_counted(token, files), *_listed(token, files)]
    return [*hits, *_events(phrase, files), *_figures(phrase)]


# ---------------------------------------------------------------- names


def _name(match: Match, tokens: Sequence[Token], chosen: Sequence[Match], files: Files) -> Hit:
    word = " ".join(t.text for t in tokens[match.first : match.last])
    how = [f"after {' + '.join(match.prefix)}"] if match.prefix else []
    rival = next((m for m in chosen if m.first < match.last and match.first < m.last), None)
    same = rival is not None and (rival.entry.en, rival.last - rival.first) == (match.entry.en, match.last - match.first)
    if rival is not None and rival.entry != match.entry and match.entry not in rival.namesakes and not same:
        longer = rival.last - rival.first > match.last - match.first
        how.append(f"not read so here: {rival.kind} {rival.entry.en} {'is longer' if longer else 'comes first'}")
    if match.entry.data.get("ambiguous"):
        how.append("also an ordinary word: counts only after a word for a kind of place, or «في»")
    if match.namesakes:
        how.append("the article decides between places of this name")
    kind = _KINDS.get(match.kind, match.kind)
    return Hit(word, kind, match.entry.id, match.entry.en, files.place(*lexicon.home(match.entry)), "; ".join(how))


def _outlet(phrase: str, files: Files) -> Iterator[Hit]:
    known = by_name(phrase)
    row = next((r for r in table("outlets")["outlet"] if known is not None and r["name_en"] == known.name_en), None)
    if row is not None:
        place = files.place("outlets", "outlet", row["id"])
        yield Hit(phrase, "outlet", row["id"], row["name_en"], place, "as a source line, masthead or credit")


# ---------------------------------------------------------------- verbs


def _verbs(token: Token, files: Files) -> Iterator[Hit]:
    for prefix, rest in stems(token.key):
        for form in reading(rest) if prefix in _CONJUNCTIONS else ():
            how = _after(prefix, _inflected(form))
            verb = form.verb
            yield Hit(token.text, "statement verb", verb.past, verb.en, files.place("verbs", "verb", verb.past), how)


def _inflected(form: VerbForm) -> str:
    who = "we" if form.person == 1 else _PERSONS.get((form.gender, form.number), "they (f.)")
    return f"{'past' if form.past else 'present'} tense, {who}"


def _agreements(token: Token, files: Files) -> Iterator[Hit]:
    for row in table("agreements")["verb"]:
        forms = {key(form) for form, *_ in past_forms(row["past"])}
        for prefix, rest in stems(token.key):
            if prefix in _CONJUNCTIONS and rest in forms:
                place = files.place("agreements", "verb", row["past"])
                yield Hit(token.text, "agreement verb", row["past"], row["status"], place, _after(prefix, "a form of it"))


def _events(phrase: str, files: Files) -> Iterator[Hit]:
    parsed = parse(phrase, Sentence(1, 0, len(phrase)))
    last = 0
    for i in range(len(parsed.tokens)):
        trigger = triggers.at(parsed, i) if i >= last and parsed.tokens[i].is_word else None
        if trigger is not None:
            last = trigger.last
            word = parsed.raw(trigger.first, trigger.last)
            how = "a verb" if trigger.verb else "a noun or phrase; counts when a verb or a toll tells it"
            kind = trigger.kind
            place = files.place("events", "event", _event_row(kind))
            yield Hit(word, "event", f"{kind.type} (rank {kind.rank})", kind.en, place, how)


def _event_row(kind: triggers.Kind) -> str:
    """What the entry of a kind of event is known by: its type and its first word."""
    row = next(r for r in table("events")["event"] if (r["type"], r["rank"]) == (kind.type, kind.rank))
    first = next(word for name in ("verbs", "present", "nouns", "phrases") for word in row.get(name, ()))
    return f"{kind.type} {first}"


# ---------------------------------------------------------------- nouns, lists, numbers


def _counted(token: Token, files: Files) -> Iterator[Hit]:
    form = noun_form(plain_word(token.text))
    if form is not None:
        place = files.place("counted", form.noun.meaning, form.noun.ar)
        yield Hit(token.text, "counted noun", form.noun.ar, form.noun.en, place, _FORMS[form.grammar])


def _listed(token: Token, files: Files) -> Iterator[Hit]:
    """The lists of words that have the word, or what is left of it without prefixes and article."""
    read = {rest: prefix for prefix, word in reversed(stems(token.key)) for rest in (bare(word), word)}
    for file, sections in FILES.items():
        for section in sections:
            for name, word, en in _words(file, section):
                if folded(word) in read:
                    how = _after(read[folded(word)], "" if folded(word) in (token.key, bare(token.key)) else f"read as {word}")
                    id_ = " ".join(filter(None, (file, section.name, name)))
                    yield Hit(token.text, "word list", id_, en, files.place(file, section.name, name or word), how)


def _words(file: str, section: Section) -> Iterator[tuple[str, str, str]]:
    """(list, word, English) of every word in a section of words."""
    held = table(file)[section.name]
    if isinstance(section, Pairs) and section.word.script:
        yield from (("", word, en if isinstance(en, str) else "") for word, en in held.items())
    elif isinstance(section, Words):
        yield from (("", word, "") for word in held)
    elif isinstance(section, Lists):
        yield from ((name, word, "") for name, words in held.items() for word in words)


def _figures(phrase: str) -> Iterator[Hit]:
    for number in find_numbers(phrase):
        value = "no figure" if number.value is None else str(number.value)
        yield Hit(phrase[number.start : number.end], "number", value, value, "", number.qualifier)
    for date in find_dates(phrase):
        yield Hit(phrase[date.start : date.end], "date", date.kind, date.kind.replace("_", " "), "", "")


def _after(prefix: str, how: str) -> str:
    return "; ".join(filter(None, (f"after {' + '.join(prefix)}" if prefix else "", how)))


# ---------------------------------------------------------------- what comes near


def nearest(phrase: str) -> list[str]:
    """Names and verbs that are spelled nearly so, the most alike first."""
    from rapidfuzz import fuzz, process

    known = {folded(form): form for _, forms in lexicon.entries() for form in forms}
    known |= {folded(row["past"]): row["past"] for row in table("verbs")["verb"]}
    found = process.extract(folded(phrase), known.keys(), scorer=fuzz.ratio, limit=_NEAREST, score_cutoff=_ALIKE)
    return [known[name] for name, *_ in found]
