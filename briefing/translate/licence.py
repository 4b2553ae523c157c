"""Under which licence a model is published, and whether that allows commercial use."""

from __future__ import annotations

import re

from briefing.translate.presets import preset

UNKNOWN = "licence not known"
_NON_COMMERCIAL = ", for non-commercial use only"
_NC = re.compile(r"(?<![a-z])nc(?![a-z])|non-?commercial", re.IGNORECASE)
# Families, where neither the hub nor a preset says it: their publishers give all members one licence.
_FAMILIES = (("nllb", "CC-BY-NC-4.0"), ("m2m100", "MIT"))


def licence(name: str, stated: str = "") -> str:
    """The licence of the model `name`: as `stated` by the hub ("cc-by-nc-4.0"), else by its preset or family."""
    known = preset(name)
    plain = known.licence if known else _spelled(stated) or _family(name)
    return plain + _NON_COMMERCIAL if _NC.search(plain) else plain


def non_commercial(licence: str) -> bool:
    """Whether a licence, as `licence` gives it, forbids commercial use."""
    return _NC.search(licence) is not None


def warning(name: str, licence: str) -> str:
    """What a user of a model has to be told about its licence; "" when there is nothing to be careful about."""
    if not non_commercial(licence):
        return ""
    return f"{name} is licensed {licence}. Do not use what it translates commercially."


def _spelled(stated: str) -> str:
    """A hub's tag in the spelling of SPDX, where it differs by case alone: "cc-by-nc-4.0" -> "CC-BY-NC-4.0"."""
    tag = stated.strip()
    if tag.lower() in ("", "other", "unknown"):
        return ""
    return re.sub(r"^apache", "Apache", tag) if tag.startswith("apache") else tag.upper()


def _family(name: str) -> str:
    if "opus-mt" in name.lower() and "opus-mt-tc" not in name.lower():
        return "Apache-2.0"
    return next((licence for part, licence in _FAMILIES if part in name.lower()), UNKNOWN)
