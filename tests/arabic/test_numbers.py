"""Numbers: one case per kind of expression."""

from __future__ import annotations

import pytest

from briefing.arabic.nouns import forms
from briefing.arabic.numbers import NumberMention, find_numbers


def only(text: str) -> NumberMention:
    (mention,) = find_numbers(text)
    return mention


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("بلغت 1,500 نقطة", 1500),
        ("بلغت 1.500 نقطة", 1500),
        ("بلغت ١٬٥٠٠ نقطة", 1500),
        ("بلغت 1,234,567.5 نقطة", 1234567.5),
        ("بلغت 2.5 نقطة", 2.5),
        ("بلغت 2,5 نقطة", 2.5),
        ("بلغت ٢٫٥ نقطة", 2.5),
        ("بلغت 2.5 مليون", 2_500_000),
        ("بلغت 2.3 مليون", 2_300_000),
        ("بلغت 2.500 مليون", 2_500_000),
        ("بلغت 3 آلاف", 3000),
        ("بلغت (200) ألف", 200_000),
        ("خمسة وعشرون ألفا و300 نازح", 25_300),
        ("مليون و200 ألف نازح", 1_200_000),
        ("نصف مليون نازح", 500_000),
        ("مليون ونصف المليون نازح", 1_500_000),
        ("مئتي ألف نازح", 200_000),
        ("مائتان وخمسون", 250),
        ("ثلاث مئة نازح", 300),
        ("أحد عشر جنديا", 11),
        ("إحدى عشرة امرأة", 11),
        ("اثنتي عشرة امرأة", 12),
        ("لعشرين جريحا", 20),
        ("وبثلاثة صواريخ", 3),
        ("ملياري دولار", 2_000_000_000),
        ("مقتل12شخصا", 12),
        ("الأشخاص الثلاثة", 3),
        ("خمــسةٌ من الجنود", 5),
        ("ﺛﻼﺛﺔ جنود", 3),
    ],
)
def test_values(text: str, value: float) -> None:
    assert only(text).value == value


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("مقتل جنديين في كمين", "جنديين"),
        ("أصيب شرطيان", "شرطيان"),
        ("مقتل شرطيين محليين", "شرطيين"),
        ("إطلاق صاروخين", "صاروخين"),
        ("أصيب مدنيان", "مدنيان"),
        ("بطفلين وأمهما", "طفلين"),
        ("وقتيلان في الطريق", "قتيلان"),
        ("أطلقوا سراح عنصرين", "عنصرين"),
        ("قتل ضابطا صف", "ضابطا صف"),
        ("مقتل ضابطي صف", "ضابطي صف"),
        ("احترقت سيارتا إسعاف", "سيارتا إسعاف"),
        ("مقتل عسكريين محليين اثنين", "عسكريين محليين اثنين"),
        ("مسلحين اثنين", "مسلحين اثنين"),
        ("للجنديين", "لجنديين"),
    ],
)
def test_duals_are_two(text: str, quote: str) -> None:
    mention = only(text)
    assert (mention.value, mention.kind, text[mention.start : mention.end]) == (2, "dual", quote)
    assert mention.unit is not None and mention.noun is not None


@pytest.mark.parametrize(
    "text",
    [
        "نقل مدنيين",
        "طرد مسلحين",
        "شبان فلسطينيين",
        "زيارة الحسين",
        "يوم الاثنين",
        "حركة طالبان",
        "بين العاملين",
        "في 17.02.2021",
        "الساعة 12:30",
        "مقاتلة إف-16",
        "طراز F16",
        "الموقع a1b2",
        "هاتف 00966123",
        "لست هنا",
        "أحد الجنود",
        "مراقبي أمن",
        "ألف كتابا",
        "من جانب واحد",
        "كانون الأول",
        "أمس الأول",
        "جنديا ومات",
        "مجموعة العشرين",
        "صاروخي المدى",
    ],
)
def test_no_number(text: str) -> None:
    assert find_numbers(text) == ()


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("مقتل خمسة أشخاص على الأقل", "at_least"),
        ("مقتل ما لا يقل عن 20 شخصا", "at_least"),
        ("مقتل جنديين محليين على الأقل", "at_least"),
        ("أكثر من مئة جريح", "more_than"),
        ("بأكثر من 30 صاروخا", "more_than"),
        ("ما يزيد على 40 جريحا", "more_than"),
        ("نحو 90 جريحا", "about"),
        ("وحوالي 90 جريحا", "about"),
        ("قرابة ألف شخص", "about"),
        ("زهاء 50 عائلة", "about"),
        ("50 عائلة تقريبا", "about"),
        ("مقتل 9 أشخاص", "exact"),
        ("عشرات القتلى", "dozens"),
        ("مئات الجرحى", "hundreds"),
        ("آلاف النازحين", "several"),
        ("عدة مواقع", "several"),
        ("مواقع عدة", "several"),
        ("عدد من الجنود", "several"),
        ("بضعة أشخاص", "several"),
    ],
)
def test_qualifiers(text: str, qualifier: str) -> None:
    mention = only(text)
    assert mention.qualifier == qualifier
    assert (mention.value is None) == (qualifier in ("dozens", "hundreds", "several"))


def test_at_least_belongs_to_the_nearest_number() -> None:
    first, second = find_numbers("مقتل 12 مدنيا بينهم 3 أطفال على الأقل")
    assert (first.qualifier, second.qualifier) == ("exact", "at_least")


def test_outer_span_holds_qualifier_and_unit() -> None:
    text = "إصابة ما لا يقل عن عشرين جنديا بجروح"
    mention = only(text)
    assert text[mention.start : mention.end] == "عشرين"
    assert text[mention.outer_start : mention.outer_end] == "ما لا يقل عن عشرين جنديا"
    assert mention.noun is not None and (mention.unit, mention.noun.many, mention.noun.meaning) == ("جنديا", "soldiers", "person")


@pytest.mark.parametrize(
    ("text", "scale"), [("عشرات القتلى", 10), ("مئات القتلى", 100), ("آلاف النازحين", 1000), ("عشرات الآلاف", 10_000)]
)
def test_scale_of_collectives(text: str, scale: int) -> None:
    assert only(text).scale == scale


@pytest.mark.parametrize("text", ["20%", "٢٠٪", "20 بالمئة", "20 في المئة", "عشرون بالمائة", "20 في المائة"])
def test_percentages(text: str) -> None:
    mention = only(text)
    assert (mention.value, mention.percent) == (20, True)
    assert (mention.start, mention.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("الجولة الثانية", 2),
        ("الاجتماع الـ21", 21),
        ("الاجتماع الـ 22", 22),
        ("الجولة الحادية والعشرين", 21),
        ("الدورة الثانية عشرة", 12),
        ("القرن العشرين", 20),
    ],
)
def test_ordinals(text: str, value: int) -> None:
    mention = only(text)
    assert (mention.value, mention.ordinal) == (value, True)


def test_a_definite_figure_after_a_plural_is_a_count() -> None:
    assert not only("الدول الـ28").ordinal


def test_one_counts_only_after_its_noun() -> None:
    mention = only("سقوط قتيل واحد")
    assert (mention.value, mention.unit) == (1, "قتيل")


def test_numbers_joined_by_and_stay_apart() -> None:
    assert [m.value for m in find_numbers("ثلاثة وأربعة")] == [3, 4]
    assert [m.value for m in find_numbers("5 قتلى و12 جريحا")] == [5, 12]


def test_a_range_is_two_numbers() -> None:
    assert [m.value for m in find_numbers("20-30 مسلحا")] == [20, 30]


def test_every_counted_noun_has_its_forms() -> None:
    known = forms()
    assert len({form.noun for form in known.values()}) >= 200
    assert known["جنود"].grammar == "many" and known["جنديين"].grammar == "dual" and known["مدنيين"].grammar == "dual_or_many"
