"""A user's lexicon over ours: adding, changing and taking out; what is derived is made anew; mistakes name their place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from briefing.arabic.dates import find_dates
from briefing.arabic.lexicon import load
from briefing.arabic.nouns import noun_form
from briefing.arabic.number_words import words as number_words
from briefing.arabic.romanise import romanise
from briefing.arabic.sentences import sentences
from briefing.arabic.tokens import tokenise
from briefing.arabic.verbs import reading
from briefing.errors import ConfigError
from briefing.extract import rules, triggers
from briefing.extract.clause import generic_body, is_exactly
from briefing.ingest.outlets import by_name, by_url
from briefing.item_model import Event
from briefing.lexicon import tables
from briefing.lexicon.schema import EVENT_TYPES, FILES
from briefing.model import UNDATED, Article, Document, Span

PACKAGE = Path(tables.__file__).resolve().parent.parent
# caches of what no lexicon changes: folding, clitics, templates, and our files as they are
PURE = {
    "deliver/wiki/wikitext_pages.py",
    "language.py",
    "arabic/fold.py", "arabic/tokens.py", "render/templating.py", "lexicon/tables.py", "lexicon/sources.py",
    "extract/llm/schemas.py", "translate/checks/words.py", "translate/presets.py", "translate/locks/plain.py",
    "ledger/code.py",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for a lexicon."""
    made = tmp_path / "lexicon"
    made.mkdir()
    return made


def use(folder: Path, **files: str) -> None:
    """Writes the files and puts the folder to use."""
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    tables.use(folder)


def english(text: str) -> list[str]:
    return [m.entry.en for m in load().find(tokenise(text))]


# ---------------------------------------------------------------- adding, changing, taking out


def test_an_entry_is_added(folder: Path) -> None:
    assert english("طرخون") == []
    use(folder, places='[[place]]\nid = "x.tarkhun"\nar = "طرخون"\nen = "Tarkhun"\nkind = "village"\n')
    assert english("في طرخون") == ["Tarkhun"]


def test_a_change_keeps_what_it_does_not_name_and_adds_to_lists(folder: Path) -> None:
    use(folder, people='[[person]]\nid = "bashar_jaafari"\nen = "B. Jaafari"\nforms = ["الجعفري الدبلوماسي"]\n')
    (entry,) = [row for row in tables.table("people")["person"] if row["id"] == "bashar_jaafari"]
    assert (entry["ar"], entry["en"], entry["country"]) == ("بشار الجعفري", "B. Jaafari", "SY")
    assert entry["forms"] == ("الجعفري الدبلوماسي",)


def test_some_spellings_are_taken_out(folder: Path) -> None:
    use(folder, people='[[person]]\nid = "bashar_al_assad"\nremove = ["الأسد"]\n')
    assert english("الأسد") == []
    assert english("بشار الأسد") == ["Bashar al-Assad"]


def test_an_entry_is_taken_out(folder: Path) -> None:
    use(folder, people='[[person]]\nid = "bashar_al_assad"\nremove = true\n')
    assert english("بشار الأسد") == []


def test_roles_terms_and_bodies_are_known_by_their_arabic(folder: Path) -> None:
    use(
        folder,
        roles='[[role]]\nar = "وزير الخارجيه"\nen = "secretary for foreign affairs"\n',
        terms='[[term]]\nar = "تبادل إطلاق النار"\nremove = true\n',
        organisations='[[body]]\nar = "وزارة الخارجية"\nen = "Office for Foreign Affairs"\n',
    )
    assert english("وزير الخارجية") == ["secretary for foreign affairs"]
    assert "exchange of fire" not in english("تبادل إطلاق النار")
    assert english("وزارة الخارجية") == ["Office for Foreign Affairs"]


def test_verbs_are_known_by_their_past(folder: Path) -> None:
    use(folder, verbs='[[verb]]\npast = "أوضح"\nremove = true\n\n[[verb]]\npast = "قال"\nen = "declared"\n')
    assert reading("اوضحت") == ()
    assert {f.verb.en for f in reading("قالت")} == {"declared"}


def test_words_of_events_move_to_another_type_or_leave(folder: Path) -> None:
    ours = '[[event]]\ntype = "SHELLING"\nverbs = ["اشتبك", "دك"]\n'
    use(folder, events=ours + '[[event]]\ntype = "ARREST"\nnouns = ["اعتقال"]\nremove = true\n')
    index = triggers._index()
    assert {kind.type for w in ("اشتبكت", "دكت") for kind in index.verbs[w]} == {"SHELLING"}
    assert index.verbs["دك"][0].rank in {kind.rank for kind in index.verbs["قصف"] if kind.type == "SHELLING"}
    assert "اعتقال" not in index.nouns


def test_words_of_lists_and_pairs_are_added_and_taken_out(folder: Path) -> None:
    use(
        folder,
        grammar='venue = ["مهرجان"]\n[remove]\nvenue = ["ندوة"]\n',
        generic_bodies='[nouns]\n"ديوان" = "bureau"\n"لجنه" = "panel"\n[remove]\nnouns = ["هيئة"]\n',
        given_names='[names]\n"زعتر" = "Zaatar"\n',
        dates='[gregorian]\n1 = ["طوبة"]\n[remove.gregorian]\n2 = ["فبرائر"]\n',
        numbers='[units]\n3 = ["تلاتة"]\n',
    )
    assert (is_exactly("مهرجان", "venue"), is_exactly("ندوه", "venue")) == (True, False)
    assert [generic_body(w) for w in ("ديوان", "لجنه", "هيئه")] == ["bureau", "panel", ""]
    assert romanise("زعتر") == "Zaatar"
    assert [m.month for m in find_dates("5 طوبة 2020")] == [1]
    assert [m.month for m in find_dates("5 فبرائر 2020")] != [2]
    assert number_words()["تلاته"][1] == 3


def test_the_schema_knows_every_type_of_event() -> None:
    assert set(EVENT_TYPES) == set(triggers.FAMILIES)


def test_counted_nouns_are_known_by_their_singular(folder: Path) -> None:
    lorry = '"صهريج" = { en = "tanker", many = "tankers", plural = ["صهاريج"] }\n'
    use(folder, counted=f'[thing]\n{lorry}"قارب" = {{ remove = true }}\n')
    form = noun_form("صهريجين")
    assert form is not None and form.noun.en == "tanker"
    assert noun_form("قوارب") is None


def test_outlets_are_added_by_name_and_domain(folder: Path) -> None:
    use(folder, outlets='[[outlet]]\nid = "wadi"\nname_en = "Wadi News"\nname_ar = "أخبار الوادي"\ndomains = ["wadi.example"]\n')
    one, other = by_name("أخبار الوادي"), by_url("https://www.wadi.example/1")
    assert one is not None and one == other and one.name_en == "Wadi News"


# ---------------------------------------------------------------- one lexicon after another


def test_what_is_derived_is_made_anew_and_comes_back(folder: Path, tmp_path: Path) -> None:
    assert english("طرخون") == []
    (folder / "places.toml").write_text('[[place]]\nid = "x.t"\nar = "طرخون"\nen = "Tarkhun"\nkind = "village"\n', "utf-8")
    with tables.using(folder) as own:
        assert own is not None and own.files == ("places.toml",)
        assert english("طرخون") == ["Tarkhun"]
    assert english("طرخون") == []
    assert tables.use(tmp_path / "nowhere") is None


def test_the_same_lexicon_again_makes_nothing_anew(folder: Path) -> None:
    use(folder, given_names='[names]\n"زعتر" = "Zaatar"\n')
    before = load()
    tables.use(folder)
    assert load() is before


def test_a_file_that_changes_is_read_again(folder: Path) -> None:
    use(folder, given_names='[names]\n"زعتر" = "Zaatar"\n')
    use(folder, given_names='[names]\n"زعتر" = "Zatar"\n')
    assert romanise("زعتر") == "Zatar"


def test_the_digest_is_of_names_and_texts(folder: Path, tmp_path: Path) -> None:
    use(folder, given_names='[names]\n"زعتر" = "Zaatar"\n')
    first = tables.own()
    other = tmp_path / "elsewhere"
    other.mkdir()
    use(other, given_names='[names]\n"زعتر" = "Zaatar"\n', verbs="# nothing yet\n")
    assert tables.own() == first and first is not None and first.files == ("given_names.toml",)
    use(other, given_names='[names]\n"زعتر" = "Zatar"\n')
    assert tables.own() != first


def test_other_files_and_hidden_ones_are_passed_over(folder: Path) -> None:
    (folder / "README.md").write_text("not TOML =", "utf-8")
    (folder / ".verbs.toml").write_text("[[", "utf-8")
    assert tables.use(folder) is None


def test_a_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        tables.table("people")["person"][0]["en"] = "X"  # type: ignore[index]
    assert isinstance(tables.table("people")["person"][0]["forms"], tuple)
    assert tables.table("people") is tables.table("people")


def test_nothing_else_keeps_what_a_lexicon_changes() -> None:
    """Whoever caches with functools must not depend on a table: such caches are made with `derived`."""
    cached = [p for p in PACKAGE.rglob("*.py") if re.search(r"@(?:lru_)?cache\b", p.read_text("utf-8"))]
    assert {p.relative_to(PACKAGE).as_posix() for p in cached} <= PURE


@pytest.mark.parametrize("name", FILES)
def test_an_empty_file_changes_nothing(folder: Path, name: str) -> None:
    (folder / f"{name}.toml").write_text("# nothing\n", "utf-8")
    assert tables.use(folder) is None


# ---------------------------------------------------------------- mistakes

MISTAKES = tomllib.loads(Path(__file__).with_name("mistakes.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case["name"])
def test_a_mistake_names_file_and_entry_and_says_what_to_do(folder: Path, case: dict[str, str]) -> None:
    with pytest.raises(ConfigError) as raised:
        use(folder, **{case["file"]: case["text"]})
    assert str(folder / f"{case['file']}.toml") in raised.value.message
    assert case["message"] in raised.value.message
    assert case["step"] in raised.value.next_step
    assert raised.value.next_step


def test_after_a_mistake_the_lexicon_is_as_before(folder: Path) -> None:
    use(folder, given_names='[names]\n"زعتر" = "Zaatar"\n')
    with pytest.raises(ConfigError, match="lacks en, ar"):
        use(folder, people='[[person]]\nid = "a"\n')
    assert romanise("زعتر") == "Zaatar"


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "lexicon").touch()
    with pytest.raises(ConfigError, match="cannot be read"):
        tables.use(tmp_path / "lexicon")


# ---------------------------------------------------------------- namesakes


def event_place(text: str) -> str:
    """Where the event of a text happened, in English."""
    document = Document("", text, "")
    article = Article("a-1", document, "ar", None, None, None, UNDATED, (Span(0, len(text)),))
    items = [draft.item for draft in rules.find(article, tuple(sentences(text, article.kept)))]
    places = [item.place.en for item in items if isinstance(item, Event) and item.place is not None]
    return places[-1]


@pytest.mark.parametrize(("before", "english"), [("حلب", "North Tarkhun"), ("درعا", "South Tarkhun")])
def test_the_division_an_article_speaks_of_decides_between_namesakes(folder: Path, before: str, english: str) -> None:
    row = '[[place]]\nid = "sy.{0}"\nar = "طرخون"\nen = "{1} Tarkhun"\nkind = "village"\ncountry = "SY"\ndivision = "{2}"\n'
    use(folder, places=row.format("n", "North", "Aleppo") + row.format("s", "South", "Daraa"))
    news = "قصفت المدفعية أمس قرية طرخون ما أدى إلى مقتل ثلاثة مدنيين وإصابة آخرين."
    assert event_place(f"قال محافظ {before} إن الطريق مغلق. {news}") == english
