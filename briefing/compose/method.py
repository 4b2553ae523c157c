"""Method and limits: how the brief was made, in a few lines. Their words stand in templates/words.*.toml."""

from __future__ import annotations

from briefing.brief_model import Line
from briefing.compose.highlights import RULE
from briefing.config import Config
from briefing.language import english
from briefing.model import EngineInfo, ExtractorInfo, OwnLexicon


def method(engine: EngineInfo, config: Config, own: OwnLexicon | None) -> tuple[Line, ...]:
    """The lines; `own` is the user's lexicon where there is one."""
    return (
        _engine(engine),
        Line("method.labels"),
        *([Line("method.lexicon", (("files", ", ".join(own.files)), ("sha256", own.sha256)))] if own else []),
        Line("method.speakers"),
        Line("method.claims"),
        Line("method.events"),
        Line("method.dates", (("zone", config.timezone),)),
        Line("method.copies"),
        Line("method.grouping"),
        Line(RULE),
        *([Line("method.pages")] if config.scope.pages else []),
        Line("method.kinds"),
    )


def found_by(info: ExtractorInfo) -> Line:
    """The line of what found items."""
    return Line("method.extractor", (("line", info.line),))


def english_line(line: Line) -> str:
    """A line as it stands in brief.json."""
    return english().text(line.key, **dict(line.values))


def _engine(engine: EngineInfo) -> Line:
    if not engine.licence:
        return Line("method.engine", (("line", engine.line),))
    return Line("method.engine_licence", (("line", engine.line), ("licence", engine.licence)))
