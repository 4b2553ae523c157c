"""The registry of extractors: names, and what the default gives for an article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.arabic.sentences import sentences
from briefing.config import Config
from briefing.errors import UsageError
from briefing.extract import rules
from briefing.extract.extractor import EXTRACTORS, Cut, names, open_extractor
from briefing.extract.rules_extractor import RULES
from briefing.progress import untracked
from tests.extract.extracted import article

TEXT = "قال وزير النقل سامي الحداد إن الجسر سيفتح غدا. وقتل ثلاثة عمال في قصف على بلدة سرمين."


def cut(text: str = TEXT, ident: str = "a1") -> Cut:
    made = article(text, "2024-11-13", ident)
    return made, sentences(text, made.kept)


def test_the_rules_are_the_default_and_find_what_they_always_did() -> None:
    assert names()[0] == "rules" == Config().extract.engine
    (found,) = open_extractor("rules", Config(), print).find([cut()], untracked)
    assert found.drafts is not None and found.problems == ()
    assert [replace(d, found_by=()) for d in found.drafts] == list(rules.find(*cut()))
    (info,) = RULES.infos
    assert {d.found_by for d in found.drafts} == {(info.signature,)}
    assert info.signature.startswith("rules:")


def test_an_article_that_the_rules_stumble_over_is_a_problem_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    real = rules.find
    monkeypatch.setattr(rules, "find", lambda a, s: real(a, s) if a.id == "a2" else 1 / 0)
    first, second = RULES.find([cut(), cut(ident="a2")], untracked)
    assert first.drafts is None
    assert first.problems[0].where == "a1.txt" and "ZeroDivisionError" in first.problems[0].message
    assert second.drafts is not None and second.drafts.statements


@pytest.mark.parametrize("name", ["guess", "", "no.module:create", "briefing.model:create", "os"])
def test_a_name_that_is_none_lists_the_known_ones(name: str) -> None:
    with pytest.raises(UsageError) as error:
        open_extractor(name, Config(), print)
    assert ", ".join(EXTRACTORS) in error.value.next_step and "package.module:function" in error.value.next_step
