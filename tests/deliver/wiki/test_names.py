"""Names of pages: safe everywhere, one for each key, and the same ones always."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from briefing.deliver.wiki.layout import COMMITMENTS, INDEX, PEOPLE, Files, Flat, Page, Titles
from briefing.deliver.wiki.names import LONGEST, slug
from briefing.deliver.wiki.settings import is_inside

TEXT = st.text(st.characters(codec=None), max_size=200) | st.sampled_from(
    ["CON", "nul.md", "..", ".git", "a/b", "كون", "é", "-rf", ""]
)
KINDS = st.sampled_from(["week", "person", "body", "commitment"])


@given(TEXT, TEXT)
def test_a_name_is_safe_on_every_file_system(text: str, key: str) -> None:
    made = slug(text, key)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{10}", made)  # so no dot, no reserved name, no hyphen first
    assert len(made.encode()) <= LONGEST and unicodedata.normalize("NFC", made) == made == made.casefold()


@given(TEXT, TEXT, TEXT)
def test_equal_keys_have_equal_names_and_others_do_not(text: str, one: str, other: str) -> None:
    assert slug(text, one) == slug(text, one)
    assert (slug(text, one) == slug(text, other)) == (one == other)


@given(st.lists(st.tuples(KINDS, TEXT), unique=True), st.sampled_from([Files(), Flat(), Titles()]))
def test_no_two_pages_have_one_place(pages: list[tuple[str, str]], layout: Files | Flat | Titles) -> None:
    made = [INDEX, PEOPLE, COMMITMENTS, *(Page(kind, slug(text, f"{kind}|{text}")) for kind, text in pages)]  # type: ignore[arg-type]
    places = [layout.place(page) for page in made]
    assert len({place.casefold() for place in places}) == len(places)
    assert all(is_inside(place) and place.isascii() for place in places)


def test_links_lead_from_page_to_page() -> None:
    week, person = Page("week", "2024-W46"), Page("person", "x-0")
    assert Files().link(person, week, "s1") == "../weeks/2024-W46.md#s1"
    assert Files().link(INDEX, person) == "people/x-0.md"
    assert Files().link(person, PEOPLE) == "index.md"
    assert Files("README").link(week, INDEX) == "../README.md"
    assert Flat().link(person, week, "s1") == "Brief-2024-W46#s1"
    assert Flat().link(week, INDEX) == "Home"
    whole = Flat("Start", "https://git.example/desk/monday/wiki/")
    assert whole.link(week, INDEX) == "https://git.example/desk/monday/wiki/Start" and whole.place(INDEX) == "Start.md"
    assert Titles("Desk").link(person, week, "s1") == ":Desk/2024-W46#s1"
    assert {layout.link(week, week, "s1") for layout in (Files(), Flat(), Titles())} == {"#s1"}
