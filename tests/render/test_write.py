"""Writing: all files whole or a clear error; templates that the user may replace one by one."""

from __future__ import annotations

import errno
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.brief_model import Brief
from briefing.config import Config
from briefing.errors import BriefingError, ConfigError, OutputError, UsageError
from briefing.render.context import RenderContext, make_context
from briefing.render.html import page
from briefing.render.markdown import markdown
from briefing.render.pdf import to_pdf
from briefing.render.verify import check_outputs
from briefing.render.write import write, write_files
from briefing.resources import packaged
from briefing.source_model import Reference


def test_files_are_written_in_the_order_asked_for(brief: Brief, context: RenderContext, tmp_path: Path) -> None:
    paths = write(brief, ["json", "md", "json"], tmp_path / "a" / "b", context)
    assert [path.name for path in paths] == ["brief.json", "brief.md"]
    assert sorted(os.listdir(tmp_path / "a" / "b")) == ["brief.json", "brief.md"]


def test_an_unknown_format_lists_the_known_ones(brief: Brief, context: RenderContext, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="docx") as error:
        write(brief, ["md", "docx"], tmp_path, context)
    assert "md, html, pdf, json" in error.value.next_step


def test_a_full_disk_leaves_the_old_brief(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "brief.md").write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"brief\.md: cannot be written: No space") as error:
        write_files(tmp_path, {"brief.md": b"new"})
    assert "disk space" in error.value.next_step
    assert [path.name for path in tmp_path.iterdir()] == ["brief.md"]
    assert (tmp_path / "brief.md").read_text() == "old"


def test_a_file_in_the_way_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="out") as error:
        write_files(tmp_path / "out" / "week", {"brief.md": b"x"})
    assert "--out" in error.value.next_step


def test_files_can_be_read_by_others_as_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        (path,) = write_files(tmp_path, {"brief.md": b"x"})
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o644


def _with_reference(brief: Brief, **changes: object) -> Brief:
    section = brief.sections[0]
    entry = section.agreements[0]
    reference: Reference = replace(entry.references[0], **changes)  # type: ignore[arg-type]
    broken = replace(section, agreements=(replace(entry, references=(reference,)), *section.agreements[1:]))
    return replace(brief, sections=(broken, *brief.sections[1:]))


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"number": 99}, r"A1 cites \[99\]"), ({"source": 1}, "A1 cites"), ({"quote": "كلمة أخرى"}, "A1: the quote")],
)
def test_a_brief_that_does_not_hold_together_is_not_written(
    changes: dict[str, object], message: str, brief: Brief, context: RenderContext, tmp_path: Path
) -> None:
    with pytest.raises(OutputError, match=message):
        write(_with_reference(brief, **changes), ["md"], tmp_path / "out", context)
    assert not (tmp_path / "out").exists()


def test_a_format_that_lost_an_item_is_refused(brief: Brief, made: dict[str, bytes]) -> None:
    check_outputs(brief, made)
    with pytest.raises(OutputError, match="md holds the items"):
        check_outputs(brief, {"md": made["md"].replace(b'<a id="e1">', b'<a id="zz">')})
    with pytest.raises(OutputError, match="lead nowhere: c7"):
        check_outputs(brief, {"html": made["html"].replace(b'<a id="c7">', b'<a id="c70">')})


def _context_with(tmp_path: Path, name: str, text: str) -> RenderContext:
    (tmp_path / "templates").mkdir(exist_ok=True)
    (tmp_path / "templates" / name).write_text(text, encoding="utf-8")
    return make_context(Config(base=tmp_path))


def test_one_template_can_be_replaced_alone(brief: Brief, tmp_path: Path) -> None:
    own = '## <a id="sources"></a>Our own sources\n\n{{ brief.sources[3].outlet.name }}\n'
    context = _context_with(tmp_path, "sources.md.j2", own)
    text = markdown(brief, context)
    assert "Our own sources" in text and "Highlights" in text
    assert "&lt;b&gt;Odd" in text, "a user's template escapes too, without a filter"


def test_the_style_sheet_can_be_replaced_alone(brief: Brief, tmp_path: Path) -> None:
    assert "h1 { color: teal }" in page(brief, _context_with(tmp_path, "brief.css", "h1 { color: teal }"))


def test_a_missing_variable_names_template_and_line(brief: Brief, tmp_path: Path) -> None:
    context = _context_with(tmp_path, "brief.md.j2", "# {{ brief.title }}\n\n{{ brief.subtitle }}\n")
    with pytest.raises(ConfigError, match=r"brief\.md\.j2: line 3: .*subtitle"):
        markdown(brief, context)


def test_a_missing_variable_in_an_included_template_is_found(brief: Brief, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"sources\.md\.j2: line 2: .*nobody"):
        markdown(brief, _context_with(tmp_path, "sources.md.j2", "\n{{ nobody.name }}\n"))


OF_A_BRIEF = [path.name for path in packaged("templates").glob("*.j2") if not path.name.startswith(("mail.", "wiki-"))]


@pytest.mark.parametrize("name", sorted(OF_A_BRIEF))
def test_a_missing_variable_is_found_in_each_template(name: str, brief: Brief, tmp_path: Path) -> None:
    text = (packaged("templates") / name).read_text(encoding="utf-8")
    context = _context_with(tmp_path, name, f"{text}\n{{{{ nobody.name }}}}\n")
    line = text.count("\n") + 2
    with pytest.raises(ConfigError, match=rf"{re.escape(name)}: line {line}: .*nobody"):
        page(brief, context)


def test_a_syntax_error_names_template_and_line(brief: Brief, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"sources\.md\.j2: line 2: "):
        markdown(brief, _context_with(tmp_path, "sources.md.j2", "\n{% if %}\n"))


def test_a_missing_template_says_where_it_was_looked_for(brief: Brief, tmp_path: Path) -> None:
    with pytest.raises(BriefingError, match="not found in"):
        markdown(brief, RenderContext((tmp_path,), tmp_path))


def test_missing_fonts_are_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"NotoNaskhArabic-Regular\.ttf"):
        to_pdf("<p>x</p>", tmp_path)


def test_the_pdf_reads_no_local_file(context: RenderContext, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not embed")
    link, image = f'<link rel="attachment" href="{secret.as_uri()}">', f'<img alt="x" src="{secret.as_uri()}">'
    hostile = f'<html lang="en"><title>t</title>{link}<p>x{image}'
    assert b"EmbeddedFile" not in to_pdf(hostile, context.fonts)
