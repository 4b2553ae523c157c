"""Five lines that are easily set the wrong way round, compared with stored pictures of them set right.

After a change of fonts or sizes on purpose, `python -m tests.render.test_lines` makes the pictures anew: look at each of them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from briefing.render.inline import arabic_text
from briefing.render.pdf import to_pdf
from briefing.resources import fonts_dir

STORED = Path(__file__).with_name("lines")
LINES = {
    "digits": "أصيب 14 عاملا بين 12 - 15 يوليو، وزادت الكلفة 12.5% إلى 1,250,000 في 20-30 موقعا.",
    "brackets": "قالت اللجنة (المكلفة بالمتابعة) إن البند [الثالث] من الخطة (2024) لم ينفذ.",
    "iso-date": "يسري القرار من 2024-11-12 إلى 2025-01-31، وكان موعده 10-11-2024.",
    "quotes": "قال المدير: «قرأنا تقرير \"المياه أولا\" كله»، ثم سأل: “متى نبدأ؟”",
    "latin": "وقعت شركة Delta Water Ltd عقدا مع UNICEF-2 لشراء 40 مضخة A/B من طراز X-300.",
}
PAGE = (
    "<style>@page {{ size: 185mm 11mm; margin: 1mm 2mm }} body {{ margin: 0; font: 13pt 'Noto Naskh Arabic', 'Noto Sans' }}"
    '</style><p lang="ar" dir="{dir}" style="margin: 0; text-align: right">{line}</p>'
)
INK = 96  # of 255: how far two blurred pixels are apart that hold something else
MOST = 0.002  # of all pixels may be: other versions of Pango and Poppler put edges elsewhere
ISOLATED = ("digits", "iso-date", "latin")  # those whose order rests on <bdi>, not on the paragraph's direction alone

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs pdftoppm (poppler-utils)")]


def picture(line: str, direction: str = "rtl") -> Image.Image:
    """Markup of one line as it is printed, in grey."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "line")
        page.with_suffix(".pdf").write_bytes(to_pdf(PAGE.format(dir=direction, line=line), fonts_dir()))
        command = ["pdftoppm", "-r", "72", "-gray", "-png", "-singlefile", f"{page}.pdf", str(page)]
        subprocess.run(command, check=True, capture_output=True)
        with Image.open(page.with_suffix(".png")) as image:
            return image.convert("L")


def markup(name: str) -> str:
    """A line as the templates put it; Markdown's escapes are for Markdown."""
    return re.sub(r"\\(.)", r"\1", str(arabic_text(LINES[name])))


def apart(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that hold something else."""
    assert one.size == other.size
    blurred = [image.filter(ImageFilter.GaussianBlur(0.8)) for image in (one, other)]
    return sum(ImageChops.difference(*blurred).histogram()[INK:]) / (one.width * one.height)


def stored(name: str) -> Image.Image:
    """The picture of a line set right."""
    with Image.open(STORED / f"{name}.png") as image:
        return image.convert("L")


@pytest.mark.parametrize("name", LINES)
def test_a_hard_line_is_set_as_it_was(name: str) -> None:
    assert apart(picture(markup(name)), stored(name)) <= MOST


@pytest.mark.parametrize("name", ISOLATED)
def test_without_isolation_the_line_is_another(name: str) -> None:
    bare = re.sub(r"</?bdi[^>]*>", "", markup(name))
    assert bare != markup(name)
    assert apart(picture(bare), stored(name)) > 2 * MOST


@pytest.mark.parametrize("name", LINES)
def test_in_the_other_direction_the_line_is_another(name: str) -> None:
    assert apart(picture(markup(name), "ltr"), stored(name)) > 2 * MOST


def test_the_pictures_are_small() -> None:
    assert {path.stem for path in STORED.glob("*.png")} == set(LINES)
    assert all(path.stat().st_size < 10_000 for path in STORED.glob("*.png"))


if __name__ == "__main__":
    for each in LINES:
        picture(markup(each)).save(STORED / f"{each}.png", optimize=True)
