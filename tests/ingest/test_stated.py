"""Dates stated by hand in dates.toml."""

from __future__ import annotations

import json
from pathlib import Path

from briefing.ingest import read as reading
from briefing.model import Problem
from tests.ingest.folders import NEWS, names, put, read


def test_dates_stated_by_hand(tmp_path: Path) -> None:
    dates = '"a.txt" = "2024-11-12"\nb.txt = 2024-11-13\n"c.jsonl#3" = 2024-11-14T08:00:00Z\n"c.jsonl" = "2024-11-15"\n'
    entry = json.dumps({"content": NEWS, "published": "2020-01-01"})
    put(tmp_path, a_txt=f"Date: 2020-01-01\n\n{NEWS}", b_txt=NEWS, c_jsonl=f"{entry}\n\n{entry}", dates_toml=dates)
    documents, problems = read(tmp_path)
    assert [(d.file, d.metadata.published) for d in documents] == [
        ("a.txt", "2024-11-12"),
        ("b.txt", "2024-11-13"),
        ("c.jsonl#1", "2024-11-15"),
        ("c.jsonl#3", "2024-11-14T08:00:00+00:00"),
    ]
    assert {d.metadata.published_basis for d in documents} == {"stated_by_user"}
    assert problems == []


def test_dates_beside_a_file_named_alone(tmp_path: Path) -> None:
    put(tmp_path, a_txt=NEWS, b_txt=NEWS, dates_toml='"a.txt" = "2024-11-12"\n"b.txt" = "2024-11-13"')
    [document], problems = reading.read_one(tmp_path / "a.txt", tmp_path)
    assert (document.metadata.published, problems) == ("2024-11-12", [])


def test_dates_that_name_nothing(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    put(tmp_path / "sub", b_txt=NEWS)
    put(tmp_path, a_txt=NEWS, c_jsonl=json.dumps({"content": NEWS}))
    put(tmp_path, dates_toml='"x.txt" = "2024-11-12"\n"sub/b.txt" = "2024-11-12"\n"c.jsonl#9" = "2024-11-12"\n"a.txt" = 7')
    here = "Use the name of a file in the same folder, with its ending, or delete the entry."
    assert read(tmp_path)[1] == [
        Problem("dates.toml", '"a.txt" is given 7, which is not a date', 'Write lines like: "article.txt" = "2024-11-12"'),
        Problem(
            "dates.toml",
            'states a date for "c.jsonl#9", but that article was not read',
            "For .jsonl the number is the line, for .json the place in the list.",
        ),
        Problem("dates.toml", 'states a date for "sub/b.txt", but there is no such file', here),
        Problem("dates.toml", 'states a date for "x.txt", but there is no such file', here),
    ]


def test_a_damaged_dates_toml(tmp_path: Path) -> None:
    put(tmp_path, a_txt=NEWS, dates_toml='"a.txt" = \n')
    documents, [problem] = read(tmp_path)
    assert names(documents) == ["a.txt"]
    assert problem.where == "dates.toml"
    assert problem.message.startswith("is not valid TOML: ") and problem.message.endswith(
        "(at line 1, column 11); none of its dates was used"
    )
    assert problem.next_step == "Mend it there: a text stands in quotes, a list in square brackets."
