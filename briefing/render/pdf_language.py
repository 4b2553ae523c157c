"""The language of Arabic blocks in a tagged PDF.

WeasyPrint 70 writes the document's language alone. Its finisher may complete the structure before that is written, but sees no
HTML: so Arabic blocks go in with a <section> inside, which becomes a structure element /Sect that nothing else of a brief has.
Arabic within a line of English (headings, the table of names) stays without: it becomes no element that could be told apart.
"""

from __future__ import annotations

import re
from typing import Any

# The blocks of our templates as the sanitiser writes them; there is no other block in them.
_BLOCK = re.compile(r'(<div dir="rtl" lang="ar">)((?:(?!</?div\b).)*)(</div>)', re.DOTALL)
_OTHER = "<section"


def with_sections(html: str) -> str:
    """The page with its Arabic blocks made known; as it is when a user's own template has sections already."""
    return html if _OTHER in html else _BLOCK.sub(r"\1<section>\2</section>\3", html)


def finisher(html: str) -> Any:
    """What WeasyPrint calls before it writes the PDF of `with_sections(html)`; None where that made nothing known."""
    return None if _OTHER in html else _say_arabic


def _say_arabic(document: object, pdf: Any) -> None:
    from pydyf import Dictionary, String

    for one in pdf.objects:
        if isinstance(one, Dictionary) and one.get("Type") == "/StructElem" and one.get("S") == "/Sect":
            one["Lang"] = String("ar")
