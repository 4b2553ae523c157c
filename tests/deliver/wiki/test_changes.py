"""What is done at a target: ours is kept up to date, what people wrote is never touched."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.deliver.wiki.changes import changes
from briefing.deliver.wiki.marked import is_ours, marked, same

BODY = st.text(max_size=60)


@given(BODY)
def test_a_page_is_ours_until_a_letter_changes(body: str) -> None:
    page = marked(body)
    assert is_ours(page) and is_ours(page.replace("\n", "\r\n")) and is_ours(page.rstrip() + "\n\n")
    assert same(page, page.replace("\n", "\r\n"))
    assert not is_ours(page + "x") and not is_ours(body) and not is_ours("x" + page)


PLACES = st.sampled_from(["a.md", "b.md", "c.md", "d.md"])
PAGE = st.sampled_from([marked("one"), marked("two"), "by a person", marked("one") + "edited"])


@given(st.dictionaries(PLACES, st.sampled_from([marked("one"), marked("two")])), st.dictionaries(PLACES, PAGE), st.sets(PLACES))
def test_no_page_of_a_person_is_written_over_or_removed(
    wanted: dict[str, str], standing: dict[str, str], listed: set[str]
) -> None:
    found = changes(wanted, standing, listed)
    after = {**standing, **{place: wanted[place] for place in (*found.created, *found.updated)}}
    after = {place: page for place, page in after.items() if place not in found.removed}
    assert all(after.get(place) == page for place, page in standing.items() if not is_ours(page))
    assert set(found.removed) <= listed - set(wanted)
    assert all(after[place] == page or place in found.conflicts for place, page in wanted.items())
    again = changes(wanted, after, listed - set(found.removed))
    assert not again.anything
