"""What is to be judged is read from the files people have; what does not fit together is named with file, line and field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import BriefingError, InputError, UsageError
from briefing.evaluate.parallel import Fields, read_parallel
from tests.translate.tmx_files import saved, tmx, unit

ROW = {"ar": "نعم", "ref": "yes", "mt": "aye", "n": 3}
LINE = json.dumps(ROW)


def jsonl(folder: Path, *lines: str) -> Path:
    return saved(folder, "\n".join(lines) + "\n", "lines.jsonl")


def test_fields_of_json_lines(tmp_path: Path) -> None:
    path = jsonl(tmp_path, LINE, "", LINE.replace("yes", "indeed"))
    pairs = read_parallel([path], Fields(outputs=("mt",)))
    assert (pairs.sources, pairs.references, pairs.outputs) == (("نعم", "نعم"), ("yes", "indeed"), {"mt": ("aye", "aye")})
    assert pairs.places == (1, 3)  # as an editor counts the lines
    assert read_parallel([path], Fields("mt", "ar")).references == ("نعم", "نعم")


def test_parallel_text_files_split_at_line_feeds_alone(tmp_path: Path) -> None:
    texts = {"s": "نعم\u2028لا\r\n\nلا", "r": "yes\x0bno\n\nno\n", "o": "a\n\nb\n"}
    files = [saved(tmp_path, text, name) for name, text in texts.items()]
    pairs = read_parallel(files, Fields())
    assert (pairs.sources, pairs.references) == (("نعم\u2028لا", "", "لا"), ("yes\x0bno", "", "no"))
    assert pairs.outputs == {"o": ("a", "", "b")}


def test_tmx_with_a_file_of_outputs(tmp_path: Path) -> None:
    path = saved(tmp_path, tmx(unit("نعم", "yes") + unit("لا", "no")), "memory.tmx")
    pairs = read_parallel([path, saved(tmp_path, "aye\nnay\n", "out.txt")], Fields())
    assert (pairs.sources, pairs.references, pairs.outputs) == (("نعم", "لا"), ("yes", "no"), {"out.txt": ("aye", "nay")})


@pytest.mark.parametrize(
    ("lines", "outputs", "message"),
    [
        ((LINE, '{"ar": "نعم"}'), (), "lines.jsonl: line 2: there is no field 'ref'"),
        ((LINE,), ("nllb",), "lines.jsonl: line 1: there is no field 'nllb'"),
        ((LINE,), ("n",), "lines.jsonl: line 1: the field 'n' holds no text"),
        ((LINE, LINE.replace('"aye"', "null")), ("mt",), "lines.jsonl: line 2: the field 'mt' holds no text"),
        ((LINE, "", "yes"), (), "lines.jsonl: line 3: is not JSON"),
        (("[1]",), (), "lines.jsonl: line 1: is no JSON object"),
        (("[" * 100_000,), (), "lines.jsonl: line 1: is not JSON"),
        (("", " "), (), "lines.jsonl: is empty"),
    ],
)
def test_lines_that_do_not_fit_are_named(tmp_path: Path, lines: tuple[str, ...], outputs: tuple[str, ...], message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_parallel([jsonl(tmp_path, *lines)], Fields(outputs=outputs))
    assert message in caught.value.message and caught.value.next_step


def test_the_fields_that_are_there_are_listed(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_parallel([jsonl(tmp_path, LINE)], Fields(outputs=("nllb",)))
    assert "Its text fields: ar, ref, mt." in caught.value.next_step


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (("a\nb\n", "a\n"), "1.txt: has 1 lines, but .*0.txt has 2"),
        (("a\nb\n", "a\nb", "a"), "2.txt: has 1 lines, but .*0.txt has 2"),
        (("a\n", "\n"), "1.txt: is empty"),
        (("", "a\n"), "0.txt: is empty"),
    ],
)
def test_texts_of_other_length_are_named(tmp_path: Path, texts: tuple[str, ...], message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_parallel([saved(tmp_path, text, f"{n}.txt") for n, text in enumerate(texts)], Fields())


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    for name in ("none.jsonl", "none.tmx", "none.txt"):
        with pytest.raises(InputError, match=rf"{name}: cannot be read"):
            read_parallel([tmp_path / name, tmp_path / name], Fields())
    with pytest.raises(InputError, match="no unit with Arabic and English"):
        read_parallel([saved(tmp_path, tmx(""))], Fields())
    (tmp_path / "bad.txt").write_bytes(b"yes\n\xff\n")
    with pytest.raises(InputError, match=r"bad\.txt: line 2: is not UTF-8 text"):
        read_parallel([tmp_path / "bad.txt"] * 2, Fields())


def test_files_of_no_such_kind_are_wrong_use(tmp_path: Path) -> None:
    text = saved(tmp_path, "a\n", "a.txt")
    for files, fields in (([text], Fields()), ([text] * 4, Fields()), ([text] * 2, Fields(outputs=("mt",)))):
        with pytest.raises(UsageError):
            read_parallel(files, fields)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = saved(tmp_path_factory.mktemp("eval"), text.replace("\r", ""), "lines.txt")
    try:
        pairs = read_parallel([path, path], Fields())
    except BriefingError as error:
        assert str(path) in error.message
    else:
        assert len(pairs.sources) == len(pairs.references) == len(pairs.places) == text.removesuffix("\n").count("\n") + 1
