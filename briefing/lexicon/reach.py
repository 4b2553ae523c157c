"""Words of verbs, events, counted nouns, outlets and lists that can never be found as what they are listed for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from briefing.arabic.fold import key
from briefing.arabic.nouns import noun_form, plurals
from briefing.arabic.plain import plain_word
from briefing.arabic.tokens import bare
from briefing.arabic.verbs import past_forms, present_forms
from briefing.extract import triggers
from briefing.extract.clause import parse
from briefing.ingest.lines import lines
from briefing.ingest.marks import mark
from briefing.ingest.outlets import by_name, by_url
from briefing.lexicon.finding import Files, Finding
from briefing.lexicon.flaw import folded
from briefing.lexicon.schema import FILES
from briefing.lexicon.shapes import Entries, Lists, Table
from briefing.lexicon.tables import table
from briefing.model import Document, Sentence

_WEAK = "اويءأإآؤئ"  # letters of a root that come and go as it is conjugated
_TAKE_OUT = "Take it out of one of them."


def findings(files: Files, names: Collection[str]) -> Iterator[Finding]:
    """Everything in the files called `names` (without .toml) that is never reached."""
    for name in names:
        yield from _lists(files, name)
        for look in _LOOKS.get(name, ()):
            yield from look(files)


def _lists(files: Files, file: str) -> Iterator[Finding]:
    """A word in two lists of which only one can be meant."""
    for section in (s for s in FILES[file] if isinstance(s, Lists) and s.exclusive):
        held: dict[str, str] = {}
        for name, words in table(file)[section.name].items():
            for word in words:
                other = held.setdefault(folded(word), name)
                if other != name:
                    message = f"stands in {other} and in {name}, of which one is meant"
                    yield files.finding(file, section.name, word, message, _TAKE_OUT)


# ---------------------------------------------------------------- verbs


def _verbs(files: Files) -> Iterator[Finding]:
    for row in table("verbs")["verb"]:
        if not _is_subsequence(_root(row["past"]), _root(row["present"])):
            message = f"present {row['present']!r} is of another verb than past {row['past']!r}"
            yield files.finding("verbs", "verb", row["past"], message, "Mend the one that is misspelled.")
        if row.get("only") and not row["takes"]:
            message = "is never read: only = true, and takes is empty"
            yield files.finding("verbs", "verb", row["past"], message, "Say what it takes, or take out only.")


def _root(word: str) -> list[str]:
    return [letter for letter in key(word) if letter not in _WEAK]


def _is_subsequence(short: Sequence[str], long: Sequence[str]) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


# ---------------------------------------------------------------- events


def _events(files: Files) -> Iterator[Finding]:
    for row in table("events")["event"]:
        yield from _conjugations(files, row)
        for name in ("verbs", "present", "nouns", "phrases"):
            for word in row.get(name, ()):
                yield from _event_word(files, row, name, word)


def _conjugations(files: Files, row: Table) -> Iterator[Finding]:
    verbs = row.get("verbs", ())
    for verb in verbs:
        for other in verbs:
            if key(verb) != key(other) and key(verb) in {key(form) for form, *_ in past_forms(other)}:
                message = f"is a form of {other!r}, which stands there"
                yield files.finding("events", "event", f"{row['type']} {verb}", message, "Take it out.")


def _event_word(files: Files, row: Table, name: str, word: str) -> Iterator[Finding]:
    # a word that counts only in company is looked at with each word of it, next to it and further on
    company = [text for beside in row.get("with", ()) for text in (f" {beside}", f" فلان {beside}")] or [""]
    read: list[tuple[str, int]] = []
    for found in (_read(form + beside) for form in _forms(row, name, word) for beside in company):
        if found is not None and found[0] == row["type"]:
            return  # another entry of the same type may have it: no reader sees the difference
        read += [found] if found else []
    if not read:
        yield files.finding("events", "event", f"{row['type']} {word}", "is never read as an event", "Take it out.")
    else:
        event_type, rank = read[0]
        message = f"is always read as {event_type} (rank {rank}; here {row['rank']})"
        yield files.finding("events", "event", f"{row['type']} {word}", message, _TAKE_OUT)


def _forms(row: Table, name: str, word: str) -> list[str]:
    conjugated = past_forms(word) if name == "verbs" else present_forms(word) if name == "present" else [(word,)]
    kept = [form for form, *_ in conjugated if key(form) not in {key(w) for w in row.get("not", ())}]
    return kept or [word]


def _read(text: str) -> tuple[str, int] | None:
    """Type and rank of the event that the beginning of a text tells of by itself."""
    trigger = triggers.at(parse(text, Sentence(1, 0, len(text))), 0)
    return (trigger.kind.type, trigger.kind.rank) if trigger is not None else None


# ---------------------------------------------------------------- nouns, outlets, heads


def _counted(files: Files) -> Iterator[Finding]:
    for section in (s for s in FILES["counted"] if isinstance(s, Entries)):
        for noun, row in table("counted")[section.name].items():
            for word in (noun, *plurals(noun, row)):
                form = noun_form(plain_word(word))
                if form is None or (form.noun.ar != noun and form.noun.en != row["en"]):
                    read = f"always read as a form of {form.noun.ar!r}" if form else "never read"
                    yield files.finding("counted", section.name, noun, f"{word!r} is {read}", _TAKE_OUT)


def _outlets(files: Files) -> Iterator[Finding]:
    for row in table("outlets")["outlet"]:
        names = (row["name_en"], row["name_ar"], *(mark.split(":")[-1] for mark in row.get("marks", ())))
        found = [(name, by_name(name)) for name in names]
        found += [(domain, by_url(f"https://{domain}/")) for domain in row.get("domains", ())]
        for name, known in found:
            if known is None or known.name_en != row["name_en"]:
                read = f"always read as {known.name_en}" if known else "never read"
                yield files.finding("outlets", "outlet", row["id"], f"{name!r} is {read}", _TAKE_OUT)


def _marks(files: Files) -> Iterator[Finding]:
    """Phrases of page chrome that are another mark's in every line tried: alone, with a figure, and inside other words."""
    for row in table("page")["mark"]:
        for name in ("whole", "starts", "contains"):
            for phrase in row.get(name, ()):
                tried = (phrase, f"{phrase} 7", f"{phrase} كلمة", f"{phrase} كلمة 7", f"كلمة 7 {phrase} كلمة")
                read = [found.reason for text in tried for line in lines(Document("", text, "")) if (found := mark(line))]
                if row["reason"] not in read:
                    message = f"is always read as {read[0]}" if read else "is never read"
                    yield files.finding("page", "mark", f"{row['reason']} {phrase}", message, _TAKE_OUT)


def _heads(files: Files) -> Iterator[Finding]:
    """Heads of names are looked up without their article."""
    for word in table("generic_bodies")["nouns"]:
        if bare(key(word)) != key(word):
            yield files.finding("generic_bodies", "nouns", word, "is never read: it has the article", "Write it without.")


_LOOKS: Mapping[str, tuple[Callable[[Files], Iterator[Finding]], ...]] = {
    "verbs": (_verbs,), "events": (_events,), "counted": (_counted,), "outlets": (_outlets,),
    "page": (_marks,), "generic_bodies": (_heads,),
}  # fmt: skip
