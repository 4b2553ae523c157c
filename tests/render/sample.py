"""A realistic brief for the tests of the renderers, with everything that is hard: digits, ISO dates, ranges, brackets,
guillemets, Latin words, presentation marks, and an article that tries to smuggle in markup. All texts are our own.
"""

from __future__ import annotations

from dataclasses import replace

from briefing.brief_model import Brief, Entry, Highlight, Line, Section, StatementGroup
from briefing.compose.sources import date_line
from briefing.event_model import Area, AreaCount, EventCounts, Toll, Uncounted
from briefing.item_model import Agreement, Citation, Count, Event, Item, Name, Speaker, Statement
from briefing.model import NO_DATE, UNDATED, EngineInfo, Outlet, Problem, Published, Span, Title, Translation, When
from briefing.source_model import CitedSentence, Reference, Source

SPOKESMAN = (
    "وقال المتحدث باسم وزارة الخارجية سامي الحداد، يوم الثلاثاء 2024-11-12، إن بلاده «ترحب باستئناف الحوار» "
    "وستشارك بوفد من 5-7 خبراء (بينهم ممثل عن UNIFIL) في جولة المحادثات."
)
ADDED = "وأضاف أن الاجتماع سيعقد بين الساعة 10:30 و12:00 في مقر البعثة، وأن نسبة الحضور تجاوزت 85% من أعضاء اللجنة."
AGREED = "واتفق الجانبان على تشكيل لجنة مشتركة تجتمع كل 14 يوما لمتابعة تبادل المحتجزين، بدءا من الأول من كانون الأول المقبل."
RENEWED = "وجدد الطرفان التزامهما باتفاق وقف إطلاق النار الموقع في عام ٢٠٢٠."
STRIKE = (
    "وأفاد مركز الرصد بمقتل 12 شخصا على الأقل، بينهم 3 أطفال، في غارة جوية نفذتها طائرة من طراز F-16 "
    "على أطراف بلدة النخيل مساء الأربعاء."
)
CROSSING = "ونزحت عشرات العائلات من قرية الوادي الأخضر باتجاه المخيم رقم (4) بعد ساعات من القصف."
UNDATED_QUOTE = "وأكدت رئيسة البلدية ليلى المنصور أن «المياه ستعود إلى الأحياء الشرقية خلال أسبوع»."
HOSTILE = (
    "وقال الناطق <script>alert('x')</script> إن [الرابط](javascript:alert(1)) و![صورة](http://evil.example/x.png) "
    "\u202eمقلوب\u202c و**غامق** و`رمز` و| عمود | و<img src=x onerror=alert(1)> و&lt;b&gt; و#وسم و@someone "
    'وhttp://evil.example/a و[[صفحة]] وhref="#nowhere" و<a id="s1">.'
)
FILES = {1: "seeds/north-gate.txt", 2: "seeds/harbour.html", 3: "seeds/feed.jsonl#3", 4: "seeds/<b>odd</b>`name`.txt"}

_ABDALI = Name("مركز الرصد", "the monitoring centre")


def _sentence(text: str, quote: str, base: int) -> tuple[int, int]:
    start = base + text.index(quote)
    return start, start + len(quote)


class _Builder:
    """Hands out citation numbers and collects the sentences of the annex."""

    def __init__(self) -> None:
        self.cited: dict[int, list[CitedSentence]] = {number: [] for number in FILES}
        self.number = 0

    def entry(self, identifier: str, item: Item, source: int, sentence: str, base: int, english: Translation) -> Entry:
        self.number += 1
        citation = item.citations[0]
        reference = Reference(
            self.number, source, FILES[source], _sha(source), citation.start, citation.end, citation.quote, citation.sentence
        )
        self.cited[source].append(CitedSentence(self.number, sentence, base, base + len(sentence), english, (identifier,)))
        return Entry(identifier, item, (reference,))


def _sha(source: int) -> str:
    return f"{source:x}" * 64


def _cite(text: str, quote: str, base: int, n: int) -> tuple[Citation, ...]:
    start, end = _sentence(text, quote, base)
    return (Citation(start, end, quote, n),)


def _clause(text: str, end: str) -> str:
    return text[: text.index(end) + len(end)]


_TUESDAY = When("2024-11-12", "2024-11-12", "2024-11-12", "day", "stated")
_WEDNESDAY = When("2024-11-13", "2024-11-13", "2024-11-13", "day", "relative")
_HADDAD = Speaker("سامي الحداد", "Sami al-Haddad", "سامي الحداد", "Foreign Ministry spokesman", "explicit")


def _statements(build: _Builder) -> tuple[StatementGroup, ...]:
    first = Statement(
        "a1-s1",
        _HADDAD,
        None,
        None,
        _TUESDAY,
        "mixed",
        SPOKESMAN.rstrip("."),
        "Sami al-Haddad (Foreign Ministry spokesman), 12 November 2024: his country “welcomes the resumption of dialogue” and "
        "will send a delegation of 5–7 experts, one of them from UNIFIL.",
        _cite(SPOKESMAN, SPOKESMAN.rstrip("."), 240, 3),
    )
    pronoun = Speaker("سامي الحداد", "Sami al-Haddad", None, "Foreign Ministry spokesman", "pronoun")
    second = Statement(
        "a1-s2",
        pronoun,
        Name("أعضاء اللجنة", "committee members"),
        Name("مقر البعثة", "mission headquarters"),
        NO_DATE,
        "indirect",
        ADDED.rstrip("."),
        "Sami al-Haddad → committee members, mission headquarters: the meeting runs from 10:30 to 12:00; attendance passed 85%.",
        _cite(ADDED, ADDED.rstrip("."), 480, 4),
        ("venue_inferred",),
    )
    hostile_speaker = Speaker("الناطق", "the spokesman", "الناطق", None, "role_only")
    hostile = Statement(
        "a4-s1",
        hostile_speaker,
        None,
        None,
        NO_DATE,
        "indirect",
        HOSTILE,
        "The spokesman <script>alert('x')</script> said [the link](javascript:alert(1)) and **bold** | cell.",
        _cite(HOSTILE, HOSTILE, 10, 1),
    )
    machine = Translation(
        "The spokesman of the Foreign Ministry, Sami al-Haddad, said on Tuesday 2024-11-12 that his country welcomes the "
        "resumption of dialogue and will take part with a delegation of 5-7 experts.",
        "ctranslate2:opus-mt-ar-en:int8:beam4",
        "machine",
        ("number_missing",),
    )
    terms = Translation("Foreign Ministry · Sami al-Haddad · 10:30 · 12:00 · 85% · committee", "gloss:lexicon", "terms")
    return (
        StatementGroup(
            "Sami al-Haddad",
            "سامي الحداد",
            "Foreign Ministry spokesman",
            (
                build.entry("S1", first, 1, SPOKESMAN, 240, machine),
                build.entry("S2", second, 1, ADDED, 480, terms),
            ),
        ),
        StatementGroup(
            "the spokesman", "الناطق <i>", None, (build.entry("S3", hostile, 4, HOSTILE, 10, Translation("", "", "none")),)
        ),
    )


def _agreements(build: _Builder) -> tuple[Entry, ...]:
    north, south = Name("وفد الشمال", "Northern delegation"), Name("وفد الجنوب", "Southern delegation")
    quote = _clause(AGREED, "المحتجزين")
    fresh = Agreement(
        "a2-a1",
        (north, south),
        "new",
        quote,
        "The two sides agreed to form a joint committee that meets every 14 days to follow the detainee exchange.",
        When("2024-12-01", "2024-12-01", "2024-12-01", "day", "stated"),
        _cite(AGREED, quote, 900, 6),
    )
    renewed = Agreement(
        "a2-a2",
        (north, south),
        "reaffirmed",
        RENEWED.rstrip("."),
        "Both parties renewed their commitment to the ceasefire agreement signed in 2020.",
        NO_DATE,
        _cite(RENEWED, RENEWED.rstrip("."), 1100, 7),
    )
    one = Translation(
        "The two sides agreed to form a joint committee meeting every 14 days to follow up the exchange of detainees, "
        "starting on 1 December.",
        "memory:seeds/memory.tmx",
        "reviewed",
    )
    two = Translation(
        "The parties renewed their commitment to the ceasefire agreement signed in 2020.", "memory:seeds/memory.tmx", "reviewed"
    )
    return build.entry("A1", fresh, 2, AGREED, 900, one), build.entry("A2", renewed, 2, RENEWED, 1100, two)


def _events(build: _Builder) -> tuple[Entry, ...]:
    quote = STRIKE.rstrip(".")
    start = 1400
    strike = Event(
        "a2-e1",
        "AIRSTRIKE",
        None,
        None,
        Name("بلدة النخيل", "al-Nakhil"),
        (
            Count(12, "at_least", "killed", start + 25, start + 45, "12 شخصا على الأقل"),
            Count(3, "exact", "children killed", start + 50, start + 57, "3 أطفال", 0),
        ),
        _WEDNESDAY,
        _ABDALI,
        "claimed",
        quote,
        "Airstrike on the outskirts of al-Nakhil on Wednesday evening: at least 12 people killed, 3 of them children.",
        _cite(STRIKE, quote, start, 9),
        ("count_disputed",),
    )
    fled = _clause(CROSSING, "(4)")
    moved = Event(
        "a3-e1",
        "DISPLACEMENT",
        None,
        Name("عائلات", "families"),
        Name("قرية الوادي الأخضر", "al-Wadi al-Akhdar"),
        (Count(None, "dozens", "families displaced", 60, 75, "عشرات العائلات"),),
        When(None, "2024-11-13", "2024-11-15", "range", "relative"),
        None,
        "reported",
        fled,
        "Dozens of families fled the village of al-Wadi al-Akhdar towards camp no. 4, hours after shelling.",
        _cite(CROSSING, fled, 50, 2),
    )
    english = Translation(
        "The monitoring centre reported at least 12 people killed, among them 3 children.",
        "ctranslate2:opus-mt-ar-en:int8:beam4",
        "machine",
    )
    terms = Translation("dozens · families · camp · 4 · shelling", "gloss:lexicon", "terms")
    return (
        replace(build.entry("E1", strike, 2, STRIKE, start, english), area=NAKHIL),
        replace(build.entry("E2", moved, 3, CROSSING, 50, terms), area=Area(place="al-Wadi al-Akhdar")),
    )


NAKHIL = Area("SY", "Syria", "Idlib")


def _counts() -> EventCounts:
    here = AreaCount(NAKHIL, 1, 2, Toll(12, True), Toll(0, False, 1))
    hostile = AreaCount(Area(place="</svg><script>alert(1)</script>|[x](javascript:y)\u202e"), 1, 0, Toll(), Toll())
    total = AreaCount(Area(), 2, 2, Toll(12, True), Toll(0, False, 1))
    return EventCounts("2024-W46", "2024-W45", 4, 3, 1, (here, hostile), total, Uncounted(1, 0, 0))


def _undated(build: _Builder) -> Section:
    speaker = Speaker("ليلى المنصور", "Layla al-Mansour", "ليلى المنصور", "mayor", "explicit")
    quote = UNDATED_QUOTE.rstrip(".")
    said = Statement(
        "a5-s1",
        speaker,
        None,
        None,
        NO_DATE,
        "direct",
        quote,
        "Layla al-Mansour (mayor): “water will return to the eastern districts within a week”.",
        _cite(UNDATED_QUOTE, quote, 700, 8),
    )
    english = Translation(
        "The mayor, Layla al-Mansour, stressed that water would return to the eastern districts within a week.",
        "memory:seeds/memory.tmx",
        "reviewed",
    )
    group = StatementGroup(
        "Layla al-Mansour", "ليلى المنصور", "mayor", (build.entry("S4", said, 3, UNDATED_QUOTE, 700, english),)
    )
    return Section("undated", (group,), (), ())


def _day(value: str, basis: str) -> Published:
    return Published(value, value, value, "day", basis, "high", (Span(0, 10),))


def _sources(build: _Builder) -> tuple[Source, ...]:
    rows = (
        (
            1,
            Title("استئناف الحوار بعد توقف دام 8 أشهر", "Dialogue resumes after a pause of 8 months", 100, 135),
            Outlet("North Gate", "masthead"),
            "https://news.example.org/2024/11/(a)?q=1&r=[2]",
            _day("2024-11-12", "dateline"),
        ),
        (
            2,
            Title("لجنة مشتركة لمتابعة ملف المحتجزين", "Joint committee to follow the file of detainees", 0, 34),
            Outlet("Harbour News Agency", "metadata"),
            "https://harbour.example.org/story/77",
            _day("2024-11-13", "json_ld"),
        ),
        (3, Title("عشرات العائلات تغادر القرية", None, None, None), None, "javascript:alert(1)", UNDATED),
        (
            4,
            None,
            Outlet("<b>Odd</b> | outlet", "header"),
            None,
            _day("2024-11-14", "stated_by_user"),
        ),
    )
    return tuple(
        Source(
            number,
            f"article-{number}",
            FILES[number],
            _sha(number),
            title,
            outlet,
            url,
            published,
            date_line(published),
            tuple(build.cited[number]),
        )
        for number, title, outlet, url, published in rows
    )


def sample_brief() -> Brief:
    """A week with statements, agreements, events, an undated group, a hostile article and two problems."""
    build = _Builder()
    dated = Section("dated", _statements(build), _agreements(build), _events(build))
    sections = (dated, _undated(build))
    return Brief(
        title="Monday brief",
        week="2024-W46",
        first_day="2024-11-11",
        last_day="2024-11-17",
        timezone="Asia/Riyadh",
        cut_off="2024-11-18T06:00:00+03:00",
        engine=EngineInfo(
            "gloss",
            "",
            "",
            "English by: gloss (no model installed)",
            "No translation model was found, so sentences are given as terms and reviewed translations only. "
            "Run `briefing models add DIR` or allow one download, then build again.",
        ),
        articles_used=4,
        articles_left_out=2,
        highlights=(
            Highlight(
                "At least 12 people killed in an airstrike on the outskirts of al-Nakhil, according to the monitoring centre.",
                ("E1",),
                (6,),
            ),
            Highlight(
                "Two delegations agreed on a joint committee that meets every 14 days, and renewed the 2020 ceasefire.",
                ("A1", "A2"),
                (4, 5),
            ),
            Highlight("The Foreign Ministry welcomed the resumption of dialogue (سامي الحداد).", ("S1",), (1,)),
        ),
        sections=sections,
        sources=_sources(build),
        problems=(
            Problem("seeds/empty.txt", "The file is empty.", "Delete it or fetch the page again."),
            Problem("seeds/old.txt", "Published 3 November 2024, outside the week.", ""),
        ),
        method=(
            Line(
                "method.extractor",
                (("line", "Items are taken from the Arabic text by rules; each cites the clause it rests on."),),
            ),
            Line(
                "method.extractor",
                (("line", "Dates come from the article's own words or metadata; the basis stands beside each date."),),
            ),
        ),
        event_counts=_counts(),
    )


def empty_brief() -> Brief:
    """A brief in which nothing was found."""
    return Brief(
        title="Monday brief",
        week=None,
        first_day=None,
        last_day=None,
        timezone="UTC",
        cut_off="2024-11-18T06:00:00+00:00",
        engine=EngineInfo("ctranslate2", "opus-mt-ar-en", "Apache-2.0", "English by: opus-mt-ar-en"),
        articles_used=0,
        articles_left_out=0,
        highlights=(),
        sections=(Section("dated", (), (), ()),),
        sources=(),
        problems=(),
    )
