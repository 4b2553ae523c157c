"""Two statements of one sentence share its English: the reader is told which words are whose by the Arabic beside them."""

from __future__ import annotations

from dataclasses import replace

from briefing.brief_model import Brief
from briefing.render.context import RenderContext
from briefing.render.markdown import of_one_sentence
from briefing.render.rendition import Rendition


def shared(brief: Brief) -> Brief:
    """The brief with its first two statements in the English of one sentence."""
    section, source = brief.sections[0], brief.sources[0]
    both = [entry for group in section.statements for entry in group.entries][:2]
    cited = replace(source.cited[0], entries=tuple(entry.id for entry in both))
    english = {entry.id: replace(entry, item=replace(entry.item, en=f"X: {cited.translation.en}")) for entry in both}
    groups = tuple(replace(g, entries=tuple(english.get(e.id, e) for e in g.entries)) for g in section.statements)
    sources = (replace(source, cited=(cited, *source.cited[1:])), *brief.sources[1:])
    return replace(brief, sections=(replace(section, statements=groups), *brief.sections[1:]), sources=sources)


def test_each_names_the_other(brief: Brief, context: RenderContext) -> None:
    made = shared(brief)
    one, other = [entry.id for group in made.sections[0].statements for entry in group.entries][:2]
    assert of_one_sentence(made) == {one: (other,), other: (one,)}
    page = Rendition(made, context).markdown
    assert f"the whole sentence, as at [{other}](#{other.lower()})" in page


def test_who_has_the_sentence_alone_is_told_nothing(brief: Brief, context: RenderContext) -> None:
    assert of_one_sentence(brief) == {}
    assert "whole sentence" not in Rendition(brief, context).markdown
