"""Numbers: generated number words read back, and what holds for any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.arabic.numbers import find_numbers

UNITS = [
    ("واحد", "واحدة"),
    ("اثنان", "اثنتين"),
    ("ثلاثة", "ثلاث"),
    ("أربعة", "أربع"),
    ("خمسة", "خمس"),
    ("ستة", "ست"),
    ("سبعة", "سبع"),
    ("ثمانية", "ثماني"),
    ("تسعة", "تسع"),
]
TEENS = [("أحد عشر", "إحدى عشرة"), ("اثنا عشر", "اثنتي عشرة")] + [(f"{m} عشر", f"{f} عشرة") for m, f in UNITS[2:]]
TENS = ["عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]
HUNDREDS = ["مئة", "مئتين", "ثلاثمئة", "أربعمائة", "خمسمئة", "ستمائة", "سبعمئة", "ثمانمائة", "تسعمئة"]
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = st.text(
    st.sampled_from("ابتثجدرسشصطعفقكلمنهويىةأإآءئؤ 0123456789٠١٢٣٫٬.,:/-–%()«»\n\u064b\u0651\u0640\u00a0\ufefb\u200f"),
    max_size=60,
)
NEWSY = st.lists(
    st.sampled_from(
        [
            "ثلاثة",
            "آلاف",
            "وعشرون",
            "مئة",
            "جنديين",
            "قتلى",
            "على",
            "الأقل",
            "أكثر",
            "من",
            "و",
            "3",
            "ألف",
            "الـ21",
            "عدة",
            "نصف",
            "(20)",
        ]
    ),
    max_size=12,
).map(" ".join)


def in_words(number: int, feminine: bool, ending: str) -> str:
    """The number in Arabic words; `ending` is the ون or ين of the tens."""
    thousands, rest = divmod(number, 1000)
    parts = [_thousands(thousands, ending)] if thousands else []
    hundreds, below = divmod(rest, 100)
    parts += [HUNDREDS[hundreds - 1]] if hundreds else []
    parts += [_below_hundred(below, feminine, ending)] if below else []
    return " و".join(parts)


def _thousands(count: int, ending: str) -> str:
    if count <= 2:
        return ("ألف", "ألفان")[count - 1]
    return in_words(count, False, ending) + (" آلاف" if count <= 10 else " ألفا")


def _below_hundred(number: int, feminine: bool, ending: str) -> str:
    if number < 10:
        return UNITS[number - 1][feminine]
    if number == 10:
        return ("عشرة", "عشر")[feminine]
    if number < 20:
        return TEENS[number - 11][feminine]
    tens, unit = divmod(number, 10)
    return (UNITS[unit - 1][feminine] + " و" if unit else "") + TENS[tens - 2] + ending


@given(st.integers(1, 99_999), st.booleans(), st.sampled_from(["ون", "ين"]))
def test_number_words_read_back(number: int, feminine: bool, ending: str) -> None:
    said = in_words(number, feminine, ending)
    text = "نحو " + said + " قتيلا" if number > 1 else "قتيل " + said
    (mention,) = find_numbers(text)
    assert mention.value == number
    assert text[mention.start : mention.end] == said


@given(st.integers(0, 10**9))
def test_scripts_of_figures_agree(number: int) -> None:
    plain, indic, persian = (
        find_numbers(f"بلغ {s} نقطة") for s in (str(number), str(number).translate(ARABIC_INDIC), str(number).translate(PERSIAN))
    )
    assert plain == indic == persian
    assert plain[0].value == number


@given(st.one_of(ARABIC, NEWSY, st.text(max_size=40)))
def test_spans_lie_in_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for mention in find_numbers(text):
        assert end <= mention.start < mention.end <= len(text)
        assert 0 <= mention.outer_start <= mention.start and mention.end <= mention.outer_end <= len(text)
        assert mention.unit is None or mention.unit in text
        end = mention.end


@given(st.integers(2, 99_999), st.text(st.sampled_from("\u064e\u0651\u0640\u200f"), min_size=1, max_size=3))
def test_marks_between_letters_change_nothing(number: int, marks: str) -> None:
    marked = "".join(c + marks if c.isalpha() else c for c in in_words(number, False, "ون"))
    (mention,) = find_numbers("نحو " + marked + " قتيل")
    assert mention.value == number
