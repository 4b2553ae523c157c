"""A brief on its way into several formats, which share what they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from briefing.brief_model import Brief
from briefing.render.context import RenderContext
from briefing.render.html import page_of
from briefing.render.json_brief import to_json
from briefing.render.markdown import markdown


@dataclass(frozen=True)
class Rendition:
    """A brief and the texts that its formats are made of, each made when it is first asked for and then kept.

    Each property raises ConfigError when a template is broken.
    """

    brief: Brief
    context: RenderContext

    @cached_property
    def markdown(self) -> str:
        """The brief as Markdown: what the page is made of."""
        return markdown(self.brief, self.context)

    @cached_property
    def page(self) -> str:
        """The brief as an HTML page: what the PDF is made of."""
        return page_of(self.markdown, self.brief, self.context)

    @cached_property
    def json(self) -> bytes:
        """The brief as brief.json, which the PDF carries as an attachment."""
        return to_json(self.brief, self.context.language.code)
