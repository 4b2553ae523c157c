"""What a row of a lexicon file has to fulfil beyond the shapes of its values: "", or what is wrong with it."""

from __future__ import annotations

from briefing.lexicon.shapes import Table


def body_slot(row: Table, _file: Table) -> str:
    """A role that takes a body has a place for it in its English, and no other role has."""
    slots = str(row.get("en", "")).count("{body}")
    if slots == bool(row.get("takes_body")) and "{" not in str(row.get("en", "")).replace("{body}", ""):
        return ""
    return 'en must hold "{body}" once when takes_body = true, and no brace otherwise'


def series(row: Table, file: Table) -> str:
    """A series has a name and meetings, each in a place that the file lists, and none ends before it begins."""
    if not (row.get("names") or (row.get("heads") and row.get("bodies"))):
        return "needs names, or heads and bodies"
    for meeting in row.get("meetings", ()):
        if meeting["place"] not in file.get("place", {}):
            return f"the place {meeting['place']!r} is not listed under [place]"
        if meeting["last_day"] < meeting["first_day"]:
            return f"a meeting ends on {meeting['last_day']}, before it begins"
    return "" if row.get("meetings") else "has no meetings"


def rendering(row: Table, _file: Table) -> str:
    """What is replaced must not be what it is replaced by, nor what is as right."""
    wrong = next((v for v in row.get("variants", ()) if v in (row.get("en"), *row.get("also", ()))), None)
    return f"{wrong!r} stands among the variants and is also a form to use" if wrong else ""
