"""Topics: which words decide, that an item's own sentence goes before its article, and that the user's table is theirs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.compose.topics import topic_of, topic_of_article, topics
from briefing.errors import ConfigError
from briefing.item_model import Citation, Event, Speaker, Statement
from briefing.lexicon import tables
from briefing.lexicon.check import check
from briefing.model import NO_DATE, UNDATED, Article, Document, Span, Title

ABOUT = {
    "diplomacy": ("وزير الخارجية يستقبل المبعوث", "بحث الوزير مع السفير العلاقات بين البلدين ومسار المفاوضات."),
    "security": ("قصف مدفعي على أطراف المدينة", "قال ضابط إن قذائف سقطت قرب الثكنة وإن جنديين أصيبا."),
    "politics": ("إقبال ضعيف على صناديق الاقتراع", "دعا الحزب الناخبين إلى المشاركة في الانتخابات المقبلة."),
    "economy": ("أسعار النفط تتراجع", "هبط سعر البرميل بعد صدور أرقام عن نمو الاقتصاد."),
    "humanitarian": ("قافلة إغاثة تصل إلى النازحين", "وزعت فرق المتطوعين خياما وسلالا غذائية في المخيم."),
    "justice": ("المحكمة تؤجل محاكمة المتهمين", "قرر القاضي تأجيل الجلسة بطلب من المحامين."),
    "society": ("مستشفى جديد في البلدة", "يضم المستشفى عيادات للأطفال وسيارتي نقل للمرضى."),
    "religion": ("وصول أول أفواج الحجاج", "ألقى خطيب المسجد كلمة عن مناسك الحج."),
    "culture": ("معرض للفنانين في المتحف", "تعرض اللوحات إلى جانب مخطوطات ويختتم المهرجان بأمسية شعرية."),
    "sport": ("المنتخب يفوز بالمباراة الأولى", "قال المدرب إن اللاعبين استحقوا الفوز."),
    "science": ("تطبيق جديد للهواتف", "قال باحثون إن التقنية تعمل من دون إنترنت."),
    "disasters": ("زلزال يضرب الساحل", "عملت فرق الإنقاذ طوال الليل بين الأنقاض."),
    "other": ("كلمة", "مر النهار طويلا ثم جاء المساء."),
}


def article(body: str, title: str = "") -> Article:
    document = Document("a.txt", body, "0" * 64)
    heading = Title(title, None, None, None) if title else None
    return Article("a-1", document, "ar", heading, None, None, UNDATED, (Span(0, len(body)),))


def statement(quote: str) -> Statement:
    speaker = Speaker("سامي حداد", "Sami Haddad", "سامي حداد", None, "explicit")
    return Statement("1", speaker, None, None, NO_DATE, "indirect", quote, "", (Citation(0, len(quote), quote, 1),))


def event(kind: str, quote: str) -> Event:
    cited = (Citation(0, len(quote), quote, 1),)
    return Event("1", kind, None, None, None, (), NO_DATE, None, "reported", quote, "", cited)


@pytest.mark.parametrize("wanted", ABOUT)
def test_an_article_is_about_what_its_words_say(wanted: str) -> None:
    title, body = ABOUT[wanted]
    assert topic_of_article(article(body, title)).topic.id == wanted


def test_every_packaged_topic_has_a_case_here() -> None:
    assert [topic.id for topic in topics()] == list(ABOUT)


def test_the_reason_names_the_words_with_their_points() -> None:
    found = topic_of_article(article("بدأت المباراة متأخرة.", "المباراة مؤجلة"))
    assert found.reason == "Sport (article: مباراة 15)"


def test_a_headline_weighs_more_than_the_text_and_the_first_sentences_more_than_the_rest() -> None:
    rest = "مر النهار طويلا. جاء المساء. "
    told = "حضر سفير ومبعوث."
    last = topic_of_article(article(rest + told))
    first = topic_of_article(article(told + " " + rest))
    headline = topic_of_article(article(rest, told))
    assert [dict(found.why)["سفير"] for found in (last, first, headline)] == [3, 6, 9]


def test_a_word_counts_so_often_and_no_more() -> None:
    many = topic_of_article(article("مر النهار. جاء المساء. " + "المباراة. " * 50))
    assert dict(many.why) == {"مباراة": 9}


def test_an_item_has_the_topic_of_its_own_sentence() -> None:
    whole = topic_of_article(article(ABOUT["sport"][1], ABOUT["sport"][0]))
    own = topic_of(statement("وقال الوزير إن أسعار النفط والغاز الطبيعي سترتفع"), whole)
    assert (own.topic.id, own.basis) == ("economy", "sentence")


def test_an_item_whose_sentence_says_too_little_has_the_topic_of_its_article() -> None:
    whole = topic_of_article(article(ABOUT["sport"][1], ABOUT["sport"][0]))
    for quote in ("وأضاف أن الوقت لا يكفي", "وقال إن السعر مناسب", "وقال إن المدرب قابل السفير"):
        assert topic_of(statement(quote), whole) == whole


def test_an_event_has_the_topic_of_its_type() -> None:
    whole = topic_of_article(article(ABOUT["society"][1], ABOUT["society"][0]))
    quote = "وقع ذلك في البلدة أمس"
    found = {kind: topic_of(event(kind, quote), whole).topic.id for kind in ("SHELLING", "PROTEST", "ACCIDENT", "OTHER_FIELD")}
    assert found == {"SHELLING": "security", "PROTEST": "politics", "ACCIDENT": "disasters", "OTHER_FIELD": "society"}


@pytest.mark.parametrize("word", ["ومباراة", "بالمباراة", "مباراتين", "مبارياتهم", "للمباراة", "مُبَارَاة"])
def test_a_word_is_found_in_its_regular_forms(word: str) -> None:
    assert topic_of_article(article(f"تابعنا {word} أمس.")).topic.id == "sport"


def test_bodies_of_a_kind_speak_for_their_topic() -> None:
    found = topic_of_article(article("وصل وفد من حزب الله إلى هنا ثم غادر حزب الله."))
    assert found.topic.id in ("security", "politics")


def test_an_article_without_sentences_is_about_nothing() -> None:
    assert topic_of_article(replace(article(""), kept=())).topic.id == "other"


# ---------------------------------------------------------------- properties


@given(st.text(max_size=300), st.text(max_size=60))
def test_every_text_has_one_topic_and_the_same_each_time(body: str, title: str) -> None:
    made = article(body, title)
    found = topic_of_article(made)
    assert found == topic_of_article(made)
    assert found.topic in topics()
    assert found.reason.startswith(found.topic.en)


@given(st.lists(st.sampled_from([body for _, body in ABOUT.values()]), min_size=1, max_size=5), st.data())
def test_repeating_what_decides_changes_nothing(bodies: list[str], data: st.DataObject) -> None:
    item = statement(data.draw(st.sampled_from(bodies)))
    whole = topic_of_article(article(" ".join(bodies)))
    found = topic_of(item, whole)
    twice = replace(item, citations=item.citations * 2)
    assert topic_of(twice, whole) == found
    assert found.basis in ("sentence", "article")


# ---------------------------------------------------------------- the user's own topics


GRAIN = '[[topic]]\nid = "grain"\nen = "Grain and shipping"\nar = "الحبوب والشحن"\nsure = ["صوامع"]\n'


def use(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "topics.toml"
    path.write_text(text, "utf-8")
    tables.use(None, path)
    return path


def test_a_topic_of_the_user_is_added_before_other(tmp_path: Path) -> None:
    use(tmp_path, GRAIN)
    assert [topic.id for topic in topics()][-2:] == ["grain", "other"]
    assert topic_of_article(article("امتلأت الصوامع هذا العام.")).topic.en == "Grain and shipping"


def test_an_entry_of_ours_is_renamed_extended_and_cut(tmp_path: Path) -> None:
    use(tmp_path, '[[topic]]\nid = "sport"\nen = "Games"\nsure = ["يانصيب"]\n')
    assert topic_of_article(article("فاز باليانصيب.")).topic.en == "Games"
    use(tmp_path, '[[topic]]\nid = "sport"\nremove = ["مباراة"]\n')
    assert topic_of_article(article("تابعنا مباراة أمس.")).topic.id == "other"
    use(tmp_path, '[[topic]]\nid = "sport"\nremove = true\n')
    assert "sport" not in [topic.id for topic in topics()]


def test_weights_are_the_users_too(tmp_path: Path) -> None:
    use(tmp_path, "[weights]\nleast = 50\n")
    assert topic_of_article(article("تابعنا مباراة أمس.")).topic.id == "other"


@pytest.mark.parametrize(
    ("text", "said", "step"),
    [
        ('[[topic]]\nid = "sport"\nsuer = ["لعب"]\n', "topics.toml: line 1: topic sport: unknown key suer", "Did you mean sure?"),
        ('[[topic]]\nid = "x"\nen = "X"\nar = "س"\n', "topic x: has nothing to be known by", "Mend the entry"),
        ('[[topic]]\nid = "x"\nsure = ["لعب"]\n', "topic x: lacks en, ar", "A new entry has id, en, ar"),
        ('[[topic]]\nid = "other"\nremove = true\n', "there is no topic 'other' any more", "Mend"),
        ('[[topic]]\nid = "sport"\nevents = ["MATCH"]\n', "events holds 'MATCH'", "ACCIDENT"),
        ("[weights]\nsuer = 3\n", "the word is 'suer'", "Did you mean sure?"),
        ("[weights]\nsure = -1\n", "its value is -1", "a number from 0 to 100"),
        ("[[topics]]\n", "topics: unknown section", "topic"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_entry_and_next_step(tmp_path: Path, text: str, said: str, step: str) -> None:
    with pytest.raises(ConfigError) as raised:
        use(tmp_path, text)
    assert said in raised.value.message
    assert step in raised.value.next_step
    assert any(step in finding.next_step for finding in check(None, tmp_path / "topics.toml"))


def test_a_body_that_nobody_lists_is_found_by_the_check(tmp_path: Path) -> None:
    path = use(tmp_path, GRAIN + 'bodies = ["grain_house"]\n')
    (found,) = check(None, path)
    assert (found.entry, "'grain_house' is not listed" in found.message) == ("topic grain", True)


def test_two_lists_of_topics_are_one_too_many(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    for path in (tmp_path / "topics.toml", tmp_path / "lexicon" / "topics.toml"):
        path.write_text(GRAIN, "utf-8")
    with pytest.raises(ConfigError, match="there are topics in"):
        tables.use(tmp_path / "lexicon", tmp_path / "topics.toml")
