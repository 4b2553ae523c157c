"""A user's glossary: read, put to use, and its mistakes with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.config import Config
from briefing.errors import ConfigError
from briefing.lexicon import glossary
from briefing.translate import gloss
from briefing.translate.gloss_terms import terms

ENTRY = '[[name]]\nar = "تل العقبان"\nen = "Tell Uqban"\n'


@pytest.mark.parametrize(
    ("text", "message", "step"),
    [
        (ENTRY + 'varients = ["x"]\n', "line 1: name تل العقبان: unknown key varients", "Did you mean variants?"),
        ('[[name]]\nar = "تل"\n', "line 1: name تل: lacks en", "A new entry has en, ar"),
        (ENTRY + '[[term]]\nar = 3\nen = "x"\n', "line 4: term 3: ar is 3", "Arabic"),
        (ENTRY + 'variants = "Eagles Hill"\n', "variants is 'Eagles Hill'", "a list"),
        (ENTRY + 'variants = ["Tell Uqban"]\n', "stands among the variants and is also a form to use", "Mend the entry"),
        (ENTRY + ENTRY, "line 4: name تل العقبان: ar = 'تل العقبان' stands here a second time", "Join the two"),
        ("[[nmae]]\n", "nmae: unknown section", "Did you mean name?"),
        ("name = 3\n", "name: must be a list of tables", "[[name]]"),
        ("[[name]\n", "is not valid TOML", "Mend it there"),
        ('[[name]]\nar = "Tell"\nen = "تل"\n', "ar is 'Tell'", "Arabic"),
    ],
)
def test_a_mistake_names_file_and_entry_and_says_what_to_do(tmp_path: Path, text: str, message: str, step: str) -> None:
    file = tmp_path / "glossary.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as raised:
        glossary.use(file)
    assert str(file) in raised.value.message and message in raised.value.message
    assert step in raised.value.next_step
    assert glossary.in_use() is glossary.NONE


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"glossary\.toml: cannot be read"):
        glossary.use(tmp_path / "glossary.toml")


def test_the_gloss_has_the_words_of_the_glossary(tmp_path: Path) -> None:
    file = tmp_path / "glossary.toml"
    file.write_text('[[name]]\nar = "دير الزور"\nen = "Dayr"\n', "utf-8")
    text = "عادوا إلى دير الزور"
    assert [en for *_, en in terms(text)][-1] == "Deir al-Zour"
    with glossary.using(file):
        assert [en for *_, en in terms(text)][-1] == "Dayr"
        assert gloss.create(Config(), print).signature.startswith("gloss:glossary@")
    assert gloss.create(Config(), print).signature == "gloss"


def test_an_empty_glossary_is_as_none(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text("# nothing yet\n", "utf-8")
    assert glossary.use(tmp_path / "glossary.toml") is glossary.NONE
