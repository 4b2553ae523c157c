"""Document -> articles: nothing is lost, nothing is edited, every file of seeds/ is read as it should be."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest import read
from briefing.ingest.articles import Harvest, harvest
from briefing.ingest.lines import lines
from briefing.ingest.visible import visible
from briefing.model import Article, Document, Metadata, Span
from briefing.week import of_day

UTC = ZoneInfo("UTC")
LEAD = "أعاد عمال الميناء فتح الرصيف الشمالي بعد اتفاق مع الإدارة على أجور الليل وساعات الراحة."
MORE = "وقال المتحدث باسم النقابة إن السفن المنتظرة ستدخل تباعا خلال يومين."
