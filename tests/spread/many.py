"""Many articles from one sentence pattern, in our own words, for what takes more than a handful."""

from __future__ import annotations

from pathlib import Path

from briefing.model import Article, Document, Published, Span

_DAY = Published("2024-11-12", "2024-11-12", "2024-11-12", "day", "metadata", "high")
_TEXT = "قال وزير النقل سامي الحداد إن الجسر رقم {n} سيفتح يوم الخميس بعد عام من العمل.{more}\nوأضاف أن {n} عمال شاركوا في العمل."


def article(n: int, more: str = "") -> Article:
    """The n-th of them, with `more` at the end of its first sentence."""
    text = _TEXT.format(n=n, more=more)
    return Article(f"{n:04}-1", Document(f"{n:04}.txt", text, f"{n:064}"), "ar", None, None, None, _DAY, (Span(0, len(text)),))


def folder_of(folder: Path, count: int) -> Path:
    """A folder with `count` articles of one week from three outlets, with statements of many speakers and an event each."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        office, name = _OFFICES[n % len(_OFFICES)], _NAMES[n // len(_OFFICES) % len(_NAMES)]
        said = f"قال {office} {name} إن المشروع رقم {n} سينتهي بعد {n + 2} أيام من العمل."
        happened = f"وقتل {n % 9 + 2} أشخاص في قصف على بلدة الجيزة أمس."
        head = f"Published: 2024-11-{11 + n % 7}\nOutlet: الصحيفة {n % 3}\n\n"
        (folder / f"{n:04}.txt").write_text(f"{head}{said}\nوأضاف أن {n} عمال شاركوا فيه.\n{happened}\n", encoding="utf-8")
    return folder


_OFFICES = ("وزير النقل", "وزير الصحة", "وزير المالية", "رئيس البلدية", "مدير المستشفى", "وزير الزراعة", "محافظ المدينة")
_NAMES = ("سامي الحداد", "قاسم الراوي", "ماهر النجار", "عادل الخطيب", "فريد العطار", "نبيل الصباغ", "رامي البستاني")
