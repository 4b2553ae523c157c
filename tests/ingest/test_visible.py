"""HTML -> visible text, blocks, metadata."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.ingest.decode import UnreadableDocument
from briefing.ingest.visible import visible
from briefing.model import Block

FIRST = "وصل الوفد إلى العاصمة صباح الثلاثاء لبدء جولة جديدة من المحادثات مع الحكومة، وفق ما قاله متحدث باسم الوفد للصحفيين."
SECOND = "وأضاف المتحدث أن الجولة ستستمر ثلاثة أيام، وأن الطرفين سيناقشان فتح المعابر وعودة النازحين إلى قراهم قبل الشتاء."
PAGE = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><title>الوفد يصل | الساحل</title><style>p{{}}</style></head><body>
<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">سياسة</a></li></ul></nav>
<article><header><h1>الوفد يصل<br>إلى العاصمة</h1><time datetime="2024-11-12">أمس</time></header>
<figure><img src="a.jpg"><figcaption>صورة من المطار</figcaption></figure>
<p>{FIRST}</p><script>var x = "نص";</script>
<p>{SECOND}</p>
<div>اقرأ أيضا:<br><a href="/b">خبر آخر من الأرشيف</a></div>
</article><footer>جميع الحقوق محفوظة</footer></body></html>"""


def text_of(html: str) -> str:
    return visible(html)[0]


def block(html: str, words: str) -> Block:
    text, blocks, _ = visible(html)
    return next(b for b in blocks if words in b.span.within(text))


def test_whole_page() -> None:
    assert text_of(PAGE).split("\n") == [
        "الرئيسية",
        "سياسة",
        "الوفد يصل",
        "إلى العاصمة",
        "أمس",
        "صورة من المطار",
        FIRST,
        SECOND,
        "اقرأ أيضا:",
        "خبر آخر من الأرشيف",
        "جميع الحقوق محفوظة",
    ]


@pytest.mark.parametrize(
    ("words", "tag", "context", "share", "voted"),
    [
        ("الرئيسية", "li", "nav", 1.0, False),
        ("الوفد يصل\nإلى العاصمة", "h1", "header", 0.0, None),
        ("صورة من المطار", "figcaption", "figure", 0.0, None),
        ("وصل الوفد", "p", "article", 0.0, True),
        ("وأضاف المتحدث", "p", "article", 0.0, True),
        ("خبر آخر", "div", "article", 1.0, None),
        ("جميع الحقوق", "footer", "footer", 0.0, False),
    ],
)
def test_blocks_of_the_page(words: str, tag: str, context: str, share: float, voted: bool | None) -> None:
    found = block(PAGE, words)
    assert (found.tag, found.context, found.link_share) == (tag, context, share)
    assert voted is None or found.voted_body is voted


def test_link_share_counts_characters_that_are_not_space() -> None:
    assert block("<p>أبجد <a>هوز</a> ح</p>", "هوز").link_share == pytest.approx(3 / 8)


@pytest.mark.parametrize("role", [("navigation", "nav"), ("contentinfo", "footer"), ("complementary", "aside")])
def test_roles_are_contexts(role: tuple[str, str]) -> None:
    assert block(f'<div role="{role[0]}"><p>نص</p></div>', "نص").context == role[1]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>قال <b>الوزير</b>&nbsp;أمس &amp; <i>اليوم</i></p>", "قال الوزير\u00a0أمس & اليوم"),
        ("<p>قال <b> الوزير </b> \n\t أمس </p>", "قال الوزير أمس"),
        ("<p>و<a>قال</a><span>وا</span></p>", "وقالوا"),
        ("<p>سطر<br>سطر<br/><br/>سطر<br></p><p>آخر</p>", "سطر\nسطر\n\nسطر\nآخر"),
        ("<pre>  سطر\n  سطر</pre>", "سطر\n  سطر"),
        ("نص<div>ثان</div>ثالث", "نص\nثان\nثالث"),
        ("<table><tr><td>أ</td><td>ب</td></tr></table>", "أ\nب"),
        ("<p>&#1602;&#x627;&#1604;</p>", "قال"),
        ("<p>أ<!-- ب -->ج</p>", "أج"),
        ("<p>غير مغلق<p>آخر<div>ثالث", "غير مغلق\nآخر\nثالث"),
        ("قبل\0بعد", "قبل\ufffdبعد"),
        ("<p>\ud800نص</p>", "\ufffdنص"),
        ('<?xml version="1.0" encoding="utf-16"?><html><body>نص</body></html>', "نص"),
        ("<head><title>ع</title>نص<p>آخر", "نص\nآخر"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_text(html: str, expected: str) -> None:
    assert text_of(html) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>س</script>",
        "<style>س</style>",
        "<template><p>س</p></template>",
        "<noscript>س</noscript>",
        "<div hidden>س</div>",
        '<div style="color:red; display : none"><p>س</p></div>',
        '<span style="visibility:hidden">س</span>',
        '<i aria-hidden="true">س</i>',
        "<dialog>س</dialog>",
        "<iframe>س</iframe>",
        "<svg><title>س</title></svg>",
    ],
)
def test_invisible(hidden: str) -> None:
    assert text_of(f"<p>قبل {hidden}بعد</p>").replace("\n", "").replace(" ", "") == "قبلبعد"


def test_a_body_that_waits_for_a_script_is_visible() -> None:
    assert text_of('<html><body style="display:none" hidden><p aria-hidden="false">نص</p></body></html>') == "نص"


# ---------------------------------------------------------------- hostile input


@pytest.mark.slow
@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000 + "نص عميق" + "</div>" * 10_000 + "<p>بعد",
        "<b>" * 100_000 + "نص عميق<p>بعد",
        "<p>نص عميق<p>بعد" + "<" * 200_000,
        "<p " + " ".join(f"a{n}='<'" for n in range(200_000)) + ">نص عميق<p>بعد",
        "<p>نص عميق<p>بعد" + "<p>" * 100_000,
        "<p>نص عميق<p>بعد" + "كلمة " * 1_000_000,
        "<p>نص عميق<p>بعد" + "<a x='" * 5_001,
        "<p>نص عميق<p>بعد<!--" + "<!--" * 50_000,
    ],
    ids=["deep div", "deep b", "less-than", "attributes", "unclosed p", "5 MB line", "unclosed quote", "comments"],
)
def test_hostile_pages_are_read_in_full_and_in_time(html: str) -> None:
    begun = time.monotonic()
    text, _, _ = visible(html)
    assert "نص عميق" in text and "بعد" in text
    assert time.monotonic() - begun < 20


def test_nesting_that_cannot_be_undone_is_refused_with_a_next_step() -> None:
    with pytest.raises(UnreadableDocument, match="nested too deeply") as caught:
        visible("<details>" * 10_000 + "نص")
    assert caught.value.next_step


TAGS = (
    "p",
    "div",
    "span",
    "a",
    "br",
    "h1",
    "ul",
    "li",
    "script",
    "template",
    "td",
    "table",
    "pre",
    "button",
    "title",
    "head",
    "body",
    "svg",
)
pieces = st.one_of(
    st.builds("<{}>".format, st.sampled_from(TAGS)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.sampled_from(
        [
            "قال الوزير",
            " ",
            "\n",
            "&nbsp;",
            "&amp;",
            "&#x1F600;",
            "<!-- ت -->",
            "<p hidden>",
            '<p style="display:none">',
            "<![CDATA[",
            "\0",
        ]
    ),
    st.text(max_size=8),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, max_size=25).map("".join))
def test_blocks_tile_everything_that_is_not_space(html: str) -> None:
    try:
        text, blocks, _ = visible(html)
    except UnreadableDocument:
        return
    inside = [at for b in blocks for at in range(b.span.start, b.span.end)]
    assert inside == sorted(set(inside))
    outside = set(range(len(text))) - set(inside)
    assert all(text[at].isspace() for at in outside)
    assert all(b.span.within(text).strip() and 0 <= b.link_share <= 1 for b in blocks)
    text.encode("utf-8")


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=9), min_size=1, max_size=9))
@settings(max_examples=60, deadline=None)
def test_every_word_of_a_page_comes_through(words: list[str]) -> None:
    escaped = [word.replace("&", "&amp;").replace("<", "&lt;") for word in words]
    assert text_of(f"<p>{'</p><p>'.join(escaped)}</p>").split("\n") == words
