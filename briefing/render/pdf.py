"""Brief -> PDF: the HTML laid out by WeasyPrint, tagged (PDF/UA-1), the same bytes for the same brief.

Nothing is fetched for content: the page may use data: addresses only, our own font sheet the bundled fonts only.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.brief_model import Brief
from briefing.errors import OutputError
from briefing.render.context import RenderContext
from briefing.render.html import page

if TYPE_CHECKING:
    from weasyprint import CSS

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


def render(brief: Brief, context: RenderContext) -> bytes:
    """The brief as PDF. Raises OutputError when WeasyPrint's system libraries or a bundled font are missing."""
    return to_pdf(page(brief, context), context.fonts)


def to_pdf(html: str, fonts: Path) -> bytes:
    """A PDF of an HTML page, set in the fonts of `fonts`."""
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    configuration = FontConfiguration()
    sheet = _font_sheet(fonts, configuration)
    document = weasyprint.HTML(string=_spaces_apart(html), url_fetcher=URLFetcher(allowed_protocols=("data",)))
    made: bytes = document.write_pdf(
        stylesheets=[sheet],
        font_config=configuration,
        pdf_variant="pdf/ua-1",
        # WeasyPrint would draw a random one; the content's own digest makes equal briefs equal files.
        pdf_identifier=hashlib.sha256(html.encode("utf-8")).digest()[:16],
    )
    return made


def _spaces_apart(html: str) -> str:
    """Puts such spaces into elements of their own.

    WeasyPrint 70 breaks the line after its first word when the text fits and only its last space does not, which happens
    before about one link or isolated number in a hundred.
    """
    return _SPACE_BEFORE_INLINE.sub("<span> </span>", html)


def _font_sheet(fonts: Path, configuration: Any) -> CSS:
    from weasyprint import CSS

    missing = [name for _, _, name in _FACES if not (fonts / name).is_file()]
    if missing:
        raise OutputError(f"{fonts}: bundled fonts missing: {', '.join(missing)}", "Install the program again.")
    faces = [
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; src: url({(fonts / name).resolve().as_uri()}) }}"
        for family, weight, name in _FACES
    ]
    return CSS(string="\n".join(faces), font_config=configuration, url_fetcher=_fonts_only(fonts))


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
