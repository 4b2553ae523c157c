"""Brief -> PDF: the HTML laid out by WeasyPrint, tagged (PDF/UA-1), the same bytes for the same brief.

Nothing is fetched for content: the page may use data: addresses only, our own font sheet the bundled fonts only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import OutputError

if TYPE_CHECKING:
    from weasyprint import CSS, Attachment

    from briefing.render.rendition import Rendition

_FACES = (
    ("Noto Sans", 400, "NotoSans-Regular.ttf"),
    ("Noto Sans", 700, "NotoSans-Bold.ttf"),
    ("Noto Sans Symbols", 400, "NotoSansSymbols-Regular.ttf"),
    ("Noto Naskh Arabic", 400, "NotoNaskhArabic-Regular.ttf"),
    ("Noto Naskh Arabic", 700, "NotoNaskhArabic-Bold.ttf"),
)


_INSTALL = "Install Pango (Debian: libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0), or leave pdf out of --format."
# A space that ends a text right before an inline element.
_SPACE_BEFORE_INLINE = re.compile(r"(?<=[^\s>]) (?=<(?:a|bdi|span|strong|small|code)\b)")


def render(rendition: Rendition) -> bytes:
    """The brief as PDF with brief.json attached. Raises OutputError when a system library or a bundled font is missing."""
    page, context = rendition.page, rendition.context
    return to_pdf(page, context.fonts, context.paper, (_attachment(rendition),))


def to_pdf(html: str, fonts: Path, paper: str = "a4", attachments: Sequence[Attachment] = ()) -> bytes:
    """A PDF of an HTML page, set in the fonts of `fonts`, on `paper` unless the page's own sheet names a size."""
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    configuration = FontConfiguration()
    sheet = font_sheet(fonts, paper, configuration)
    document = weasyprint.HTML(string=_spaces_apart(html), url_fetcher=URLFetcher(allowed_protocols=("data",)))
    made: bytes = document.write_pdf(
        stylesheets=[sheet],
        font_config=configuration,
        attachments=[*attachments],
        pdf_variant="pdf/ua-1",
        # WeasyPrint would draw a random one; the content's own digest makes equal briefs equal files.
        pdf_identifier=hashlib.sha256(html.encode("utf-8")).digest()[:16],
    )
    return made


def _attachment(rendition: Rendition) -> Attachment:
    """brief.json, dated by the cut-off: the clock's time would differ from build to build."""
    weasyprint = _weasyprint()
    moment = datetime.fromisoformat(rendition.brief.cut_off).astimezone(UTC)
    described = rendition.context.language.text("page.attachment")
    return weasyprint.Attachment(
        string=rendition.json, name="brief.json", description=described, created=moment, modified=moment, relationship="Data"
    )


def _spaces_apart(html: str) -> str:
    """Puts such spaces into elements of their own.

    WeasyPrint 70 breaks the line after its first word when the text fits and only its last space does not, which happens
    before about one link or isolated number in a hundred.
    """
    return _SPACE_BEFORE_INLINE.sub("<span> </span>", html)


def font_sheet(fonts: Path, paper: str, configuration: Any) -> CSS:
    """A style sheet with the bundled fonts and the page's size. Raises OutputError when a font is missing."""
    from weasyprint import CSS

    missing = [name for _, _, name in _FACES if not (fonts / name).is_file()]
    if missing:
        raise OutputError(f"{fonts}: bundled fonts missing: {', '.join(missing)}", "Install the program again.")
    faces = [
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; src: url({(fonts / name).resolve().as_uri()}) }}"
        for family, weight, name in _FACES
    ]
    # A size in brief.css or a user's own sheet wins over this one.
    size = f"@page {{ size: {paper} }}"
    return CSS(string="\n".join([size, *faces]), font_config=configuration, url_fetcher=_fonts_only(fonts))


def _fonts_only(fonts: Path) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    allowed = {(fonts / name).resolve().as_uri() for _, _, name in _FACES}

    class FontsOnly(URLFetcher):  # type: ignore[misc]
        """Reads the bundled fonts and nothing else."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            """The font file at `url`. Raises ValueError for any other address."""
            if url not in allowed:
                raise ValueError(f"not a bundled font: {url}")
            return super().fetch(url, headers)

    return FontsOnly(allowed_protocols=("file",))


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:  # the Python package is there, Pango is not
        raise OutputError(f"The PDF needs Pango, which cannot be loaded: {error}", _INSTALL) from error
    return weasyprint
