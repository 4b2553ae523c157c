"""Names that are never found as what they are: another entry takes them, or the words are read in another way."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.arabic.lexicon import PLACE, Entry, Match, country_names, entries, home, load
from briefing.arabic.tokens import tokenise
from briefing.lexicon.finding import Files, Finding

# those with names in them, or with references to them
FILES = frozenset(("people", "organisations", "roles", "countries", "places", "terms", "outlets", "topics"))


def findings(files: Files) -> Iterator[Finding]:
    """For each pair of entries that claim one name, and each name that is read as something else, one finding."""
    told: set[tuple[Entry, Entry | None]] = set()
    for entry, forms in entries():
        for form in forms:
            matches = load().find(tokenise(form))
            other = _taken_by(entry, form, matches)
            if other is not entry and (entry, other) not in told:
                told.add((entry, other))
                yield _finding(files, entry, form, other, matches)


def _taken_by(entry: Entry, form: str, matches: list[Match]) -> Entry | None:
    """The entry that a form is read as, None where it is read as no single one; `entry` where all is well."""
    if len(matches) != 1 or matches[0].last - matches[0].first != len(tokenise(form)):
        return None
    found = matches[0].entry
    if found == entry or _one_place(found, entry) or entry in matches[0].namesakes:
        rival = next((e for e in (found, *matches[0].namesakes) if _undecidable(entry, e)), None)
        return rival if rival is not None and _first(rival, entry, matches[0]) else entry
    return entry if _both_ambiguous(entry, found) else found


def _one_place(one: Entry, other: Entry) -> bool:
    """A capital is listed with its country, and again among the places."""
    return one.kind == other.kind == PLACE and (one.en, one.data.get("country")) == (other.en, other.data.get("country"))


def _undecidable(one: Entry, other: Entry) -> bool:
    """Two places of one name that no context tells apart: of one country, and not of two divisions that are both stated."""
    if one == other or _one_place(one, other) or one.data.get("country") != other.data.get("country"):
        return False
    divisions = {one.data.get("division"), other.data.get("division")}
    return len(divisions) < 2 or None in divisions


def _first(rival: Entry, entry: Entry, match: Match) -> bool:
    order = (match.entry, *match.namesakes)
    return entry in order and order.index(rival) < order.index(entry)


def _both_ambiguous(one: Entry, other: Entry) -> bool:
    return bool(one.data.get("ambiguous") and other.data.get("ambiguous"))


def _finding(files: Files, entry: Entry, form: str, other: Entry | None, matches: list[Match]) -> Finding:
    if other is None:
        read = " + ".join(f"{m.kind} {m.entry.en}" for m in matches) or "nothing"
        return files.finding(*home(entry), f"{form!r} is read as {read}", "Spell it as articles do, or take it out.")
    message = f"{form!r} is always read as {other.kind} {other.en} ({files.place(*home(other))})"
    if entry.kind == other.kind == PLACE:
        step = "State the division of both, or take the name from one of them."
    elif "adjective" in (entry.kind, other.kind):
        step = "Take adjective_ar, or the form, from one of them."
    else:
        step = "Take the form from one of them, or mark both ambiguous = true where their section has that key."
    return files.finding(*home(entry), message, step)


def references(files: Files) -> Iterator[Finding]:
    """Countries, divisions and bodies that entries name and nobody lists."""
    from briefing.lexicon.schema import NOT_COUNTRIES
    from briefing.lexicon.tables import table

    known = {*country_names(), *NOT_COUNTRIES}
    bodies = {row["id"] for row in table("organisations")["organisation"]}
    for row in table("topics")["topic"]:
        for body in (b for b in row.get("bodies", ()) if b not in bodies):
            step = "Use an id of organisations.toml, or list the body there."
            yield files.finding("topics", "topic", row["id"], f"the body {body!r} is not listed", step)
    divisions = {(r.get("country"), r["en"]) for r in table("places")["place"] if r["kind"] == "division"}
    for file, section in (("people", "person"), ("organisations", "organisation"), ("places", "place"), ("outlets", "outlet")):
        for row in table(file)[section]:
            for code in (row.get("country"), *row.get("members", ())):
                if code is not None and code not in known:
                    step = "Use a code of countries.toml, or list the country there."
                    yield files.finding(file, section, row["id"], f"the country {code!r} is not listed", step)
            if "division" in row and (row.get("country"), row["division"]) not in divisions:
                message = f"{row['division']!r} is no division of {row.get('country', 'no country')}"
                step = "Use the English name of an entry of kind division, or list it as one."
                yield files.finding(file, section, row["id"], message, step)
