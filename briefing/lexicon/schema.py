"""What each lexicon file may hold. The same for the packaged files and for those of a user.

Required is what the program cannot do without; that ours have more (every outlet its owner) is what tests/lexicon asks for.
"""

from __future__ import annotations

from collections.abc import Mapping

from briefing.lexicon import row_rules, topic_sections
from briefing.lexicon.kind_sections import kind_sections
from briefing.lexicon.shapes import Entries, Key, Lists, Pairs, Rows, Section, Weights, Words, nested
from briefing.lexicon.values import (
    ARABIC,
    CODE,
    DAY,
    ENGLISH,
    FLAG,
    FORM,
    HOST,
    LINE,
    MONTHS,
    NAME,
    PAST,
    PHRASE,
    PLURAL,
    PRESENT,
    SHARE,
    TEXT,
    WORD,
    choice,
    many,
    template,
    whole,
)

EVENT_TYPES = (
    "AIRSTRIKE", "SHELLING", "BOMBING", "CLASH", "ASSAULT", "CEASEFIRE_VIOLATIONS", "ABDUCTION", "ARREST", "DETAINEE_EXCHANGE",
    "SEIZURE_OF_TERRITORY", "SEIZURE_OF_GOODS", "WITHDRAWAL", "FORCE_MOVEMENT", "DISPLACEMENT", "EVACUATION_CALL", "PROTEST",
    "INTERCEPTION", "ACCIDENT", "OTHER_FIELD",
)  # fmt: skip
_FATES = ("killed", "wounded", "detained", "released", "abducted", "displaced", "missing")
STATUSES = ("new", "reaffirmed", "implemented", "ongoing", "scheduled", "pending", "call", "alleged_breach")
ACTS = (
    "say", "announce", "stress", "call", "deny", "welcome", "condemn", "express", "warn", "accuse", "threaten", "pledge",
    "claim", "claim_responsibility", "relay", "ask",
)  # fmt: skip
COMPLEMENTS = ("object", "ب", "ل", "على", "إلى", "عن", "في", "من", "مع", "حول", "بشأن", "ضد", "مسؤولية", "دعوة", "نداء")
PLACE_KINDS = (
    "division", "city", "town", "village", "area", "district", "camp", "crossing", "airport", "sea", "mountain", "river",
    "road", "base",
)  # fmt: skip
BODY_KINDS = (
    "state_body", "military", "police", "party", "armed_group", "agency", "media", "un", "ngo", "court", "intergovernmental",
    "company", "state_group",
)  # fmt: skip
ROLE_KINDS = ("person_role", "source_role", "title", "group")
OUTLET_KINDS = ("agency", "newspaper", "tv", "portal")
# as entries of people.toml and organisations.toml may be filed, besides the countries of countries.toml
NOT_COUNTRIES = ("UN", "EU", "EH")


def _keys(required: Mapping[str, object], optional: Mapping[str, object]) -> tuple[Key, ...]:
    made = [Key(name, value, True) for name, value in required.items()]  # type: ignore[arg-type]
    return (*made, *(Key(name, value) for name, value in optional.items()))  # type: ignore[arg-type]


def _digits(first: int, last: int, step: int = 1) -> tuple[str, ...]:
    return tuple(str(n) for n in range(first, last + 1, step))


_BOTH, _FORMS = {"en": ENGLISH, "ar": ARABIC}, {"forms": many(FORM)}
_PERSON = _keys({"id": NAME, **_BOTH}, {**_FORMS, "country": CODE})
_ORGANISATION = _keys({"id": NAME, **_BOTH, "kind": choice(*BODY_KINDS)}, {**_FORMS, "country": CODE, "members": many(CODE)})
_BODY = _keys(_BOTH, {**_FORMS, "with_country": template("adjective", "country")})
_ROLE = _keys(
    {**_BOTH, "kind": choice(*ROLE_KINDS)},
    {**_FORMS, "with_country": template("adjective", "country"), "takes_body": FLAG, "with_body": template("body")},
)
_COUNTRY = _keys(
    {"id": CODE, **_BOTH, "adjective_en": ENGLISH},
    {
        **_FORMS, "adjective_ar": ARABIC, "adjective_extra": many(ARABIC), "capital": ARABIC, "capital_en": ENGLISH,
        "capital_as_government": FLAG, "capital_ambiguous": FLAG, "ambiguous": FLAG,
    },
)  # fmt: skip
_PLACE = _keys(
    {"id": NAME, **_BOTH, "kind": choice(*PLACE_KINDS)},
    {**_FORMS, "country": CODE, "division": ENGLISH, "adjective_ar": ARABIC, "ambiguous": FLAG},
)
_OUTLET = _keys(
    {"id": NAME, "name_en": TEXT, "name_ar": LINE},
    {"domains": many(HOST), "marks": many(LINE), "kind": choice(*OUTLET_KINDS), "country": CODE, "owner": TEXT},
)
_VERB = _keys(
    {"past": PAST, "present": PRESENT, "en": ENGLISH, "act": choice(*ACTS), "takes": many(choice(*COMPLEMENTS))},
    {"only": FLAG, "needs_subject": FLAG},
)
_EVENT = _keys(
    {"type": choice(*EVENT_TYPES), "en": ENGLISH, "rank": whole(1, 99)},
    {
        "verbs": many(PAST),
        "present": many(PRESENT),
        "nouns": many(WORD),
        "phrases": many(ARABIC),
        "with": many(WORD),
        "not": many(WORD),
    },
)  # fmt: skip
_AGREEMENT = _keys({"past": PAST, "status": choice(*STATUSES)}, {"object": many(WORD), "granted": many(WORD), "several": FLAG})
_CARRIER = _keys({"past": PAST}, {"status": choice(*STATUSES), "nouns": many(WORD), "subject": FLAG})
_OCCASION = _keys({"ar": many(ARABIC), "en": ENGLISH}, {"of": FLAG})
_MARK = _keys(
    {"reason": ENGLISH},
    {
        "ends_story": FLAG, "heading": FLAG, "needs_digit": FLAG, "max_words": whole(1, 1000), "whole": many(LINE),
        "starts": many(LINE), "contains": many(LINE),
    },
)  # fmt: skip
_MEETING = _keys(
    {"first_day": DAY, "last_day": DAY, "place": NAME},
    {"number": whole(1, 1000), "label": TEXT, "unsure": choice("end", "both")},
)
_SERIES = _keys(
    {"id": NAME, "en": ENGLISH, "meetings": many(nested(_MEETING))},
    {
        "source": TEXT, **{name: many(PHRASE) for name in ("names", "heads", "bodies", "topics", "topic_units", "units")},
        **dict.fromkeys(("bare", "complete", "single", "needs_number"), FLAG),
    },
)  # fmt: skip
_RENDERED = {"variants": many(ENGLISH), "also": many(ENGLISH), "plural": ENGLISH}
_NOUN = _keys({"en": ENGLISH, "many": ENGLISH, "plural": many(PLURAL)}, {"dual": FLAG})

_MONTHS = _digits(1, 12)
_SCALES = ("1000", "1000000", "1000000000")
_UNITS = ("day", "week", "month", "year")
_MODELS = ("attack", "protest")
_QUALIFIERS = ("at_least", "more_than", "about")

FILES: Mapping[str, tuple[Section, ...]] = {
    "agreements": (
        Rows("verb", "past", _AGREEMENT),
        Rows("carrier", "past", _CARRIER),
        Rows("outcome", "past", _keys({"past": PAST}, {})),
        Lists(
            "words",
            (
                "agreeing", "agreement", "truce", "broken", "breach", "no_breach", "accusations", "exchanged", "provides",
                "unmade", "entered", "force", "beginning", "carried_out", "under", "deeds", "tentative", "talk", "meeting",
                "set_meeting", "planned", "commitment", "called_for", "calling", "laws", "adjuncts", "once", "conditions",
                "side", "both", "both_states", "between", "met_by", "not_parties", "sport", "own_state", "signs", "adopts",
                "resolution", "held_back", "happens", "respect", "signing", "passive", "document", "will_be", "collective",
                "not_party_heads", "signed", "on_behalf", "stands_for", "affirming", "frame",
                "own_signing", "of_one_mind", "not_sport",
            ),
            many(FORM),  # not_parties holds kinds of bodies and roles
        ),
    ),
    "counted": (
        *(Entries(name, WORD, _NOUN) for name in ("person", "thing", "attack", "measure")),
        Lists("construct", ("followers",), many(WORD)),
    ),
    "countries": (Rows("country", "id", _COUNTRY),),
    "dates": (
        Lists("gregorian", _MONTHS, many(PHRASE), exclusive=True),
        Lists("hijri", _MONTHS, many(PHRASE), exclusive=True),
        Lists("strength", ("weak", "context", "figures"), many(PHRASE)),
        Lists("weekdays", _digits(0, 6), many(PHRASE), exclusive=True),
        Lists("not_a_weekday", ("before",), many(PHRASE)),
        Lists("direction", ("past", "before_past", "current", "next"), many(PHRASE), exclusive=True),
        Lists("days", _digits(-2, 2), many(PHRASE), exclusive=True),
        Lists("needs_day_word", ("words",), many(PHRASE)),
        Lists("not_today", ("before", "per_day", "after"), many(PHRASE)),
        Lists("not_yesterday", ("after",), many(PHRASE)),
        Lists("times", ("night", "dawn", "morning", "noon", "evening"), many(PHRASE), exclusive=True),
        Lists("periods", ("start", "middle", "end"), many(PHRASE), exclusive=True),
        Pairs("year_parts", PHRASE, MONTHS),
        *(Lists(name, _UNITS, many(PHRASE), exclusive=True) for name in ("units", "unit_plurals", "unit_duals")),
        Lists("future", ("words",), many(PHRASE)),
    ),
    "english": (
        *(Words(name, many(value)) for name, value in (("romanised", CODE), ("ordinary", ENGLISH))),
        Rows("rendering", "en", _keys({"en": ENGLISH}, {**_RENDERED, "bare": FLAG}), rule=row_rules.rendering),
    ),
    "events": (
        Rows("event", "", _EVENT, words=("verbs", "present", "nouns", "phrases"), like="type"),
        Lists(
            "context",
            (
                "unreal", "figurative", "in_words", "held_otherwise", "to_come", "another", "device", "goes_off", "anaphor",
                "not_counted", "victims", "reported", "blame", "sport", "light", "light_present",
            ),
            many(WORD),
        ),
        Lists("judging", ("acts",), many(choice(*ACTS))),
        Lists("victims", _FATES, many(WORD), exclusive=True),
        Lists("harm", ("destroyed", "damaged", "burnt"), many(WORD), exclusive=True),
        Pairs("settlements", WORD, ENGLISH),
    ),
    "generic_bodies": (Pairs("nouns", WORD, ENGLISH),),
    "given_names": (Words("women", many(WORD)), Pairs("names", WORD, ENGLISH), Pairs("words", WORD, ENGLISH)),
    "gloss": (Words("stop", many(ENGLISH)), Words("silent", many(ARABIC)), Pairs("phrases", ARABIC, ENGLISH)),
    "grammar": tuple(
        Words(name, many(WORD))
        for name in (
            "complementisers", "prepositions", "relative", "negation", "subordinators", "temporal", "venue", "takes_place",
            "takes_to", "addressed", "attribution", "hearsay", "not_speakers", "scripture", "connectors", "documents", "groups",
            "place_words", "vague", "impersonal", "parties", "broken_plurals", "of_media", "never_names", "many", "but",
            "but_he", "deeds", "issued", "resuming", "time_nouns", "time_adjectives", "turning", "tidings", "governed",
            "not_singled", "doers", "parting", "composed", "fields", "masculine", "courts", "demonstratives", "after",
            "before_verbs", "settlements", "named_after", "records", "in_its_name", "media_nouns", "amounts", "of_either", "same",
            "unnamed", "was", "one_more", "meanwhile", "own_words",
        )
    ),
    "highlights": (Words("likelihood", many(ENGLISH)), Words("openers", many(ENGLISH)), Pairs("numbers", ENGLISH, ENGLISH)),
    "kinds": kind_sections(),
    "meetings": (
        Lists(
            "grammar",
            (
                "links", "adjectives", "opens_past", "opens_any", "closes_past", "closes_any", "held_past", "held_any", "to_come",
                "planned", "stops", "put_off", "prepositions", "told_of_past", "negations", "during", "after_close",
            ),
            many(PHRASE),
        ),
        Entries("place", NAME, _keys(_BOTH, {})),
        Rows("series", "id", _SERIES, rule=row_rules.series),
    ),
    "numbers": (
        Lists("units", _digits(1, 9), many(PHRASE), exclusive=True),
        Lists("ten", ("10",), many(PHRASE)),
        Lists("tens", _digits(20, 90, 10), many(PHRASE), exclusive=True),
        Lists("hundreds", _digits(100, 900, 100), many(PHRASE), exclusive=True),
        Lists("scales", _SCALES, many(PHRASE), exclusive=True),
        Lists("scale_duals", _SCALES, many(PHRASE), exclusive=True),
        *(Lists(name, ("words",), many(PHRASE)) for name in ("only_multiplied", "never", "not_ordinal_after")),
        Lists("not_cardinal_after", ("words",), many(PHRASE)),
        Lists("ordinals", _digits(1, 10), many(PHRASE), exclusive=True),
        Lists("collectives", ("10", "100", *_SCALES), many(PHRASE), exclusive=True),
        Lists("several", ("words", "phrases"), many(PHRASE), exclusive=True),
        Lists("fractions", ("0.5", "0.25"), many(PHRASE), exclusive=True),
        *(Lists(name, _QUALIFIERS, many(PHRASE), exclusive=True) for name in ("qualifiers_before", "qualifiers_after")),
        Lists("percent", ("phrases",), many(LINE)),
    ),
    "organisations": (Rows("organisation", "id", _ORGANISATION), Rows("body", "ar", _BODY)),
    "outlets": (Rows("outlet", "id", _OUTLET),),
    "page": (
        Words("slugs", many(LINE)),
        Rows("mark", "", _MARK, words=("whole", "starts", "contains"), like="reason"),
        Lists("told", ("held", "agreed", "planned", "future", "past_perfect", "past", "aims", "day_parts"), many(PHRASE)),
        Lists("date_line", ("around", "published", "updated"), many(LINE)),
    ),
    "people": (Rows("person", "id", _PERSON),),
    "places": (Rows("place", "id", _PLACE),),
    "roles": (Rows("role", "ar", _ROLE, rule=row_rules.body_slot),),
    "terms": (Rows("term", "ar", _keys(_BOTH, _FORMS)),),
    "told": (
        Lists("models", _MODELS, many(choice(*EVENT_TYPES)), exclusive=True),
        Pairs("least", NAME, SHARE),
        Lists(
            "cues",
            (
                "weapon", "attacker", "location", "result", "past", "inquiry", "general", "possible", "judged", "crowd",
                "protest_sign",
            ),
            many(WORD),
        ),
        Weights("weights", _MODELS),
    ),
    "topics": topic_sections.sections(BODY_KINDS, EVENT_TYPES),
    "venues": (
        *(Words(name, many(WORD)) for name in ("prepositions", "before_occasion", "held")),
        Rows("occasion", "", _OCCASION, words=("ar",), like="en"),
        *(Pairs(name, WORD, ENGLISH) for name in ("pages", "media", "platforms")),
    ),
    "verbs": (Rows("verb", "past", _VERB),),
}  # fmt: skip


GLOSSARY = "glossary"  # a user's file beside the lexicon
GLOSSARY_SECTIONS = tuple(
    Rows(name, "ar", _keys(_BOTH, {**_FORMS, **_RENDERED}), rule=row_rules.rendering) for name in ("name", "term")
)


def section(file: str, name: str) -> Section:
    """The section `name` of a lexicon file (without .toml), or of a glossary."""
    return next(s for s in (GLOSSARY_SECTIONS if file == GLOSSARY else FILES[file]) if s.name == name)
