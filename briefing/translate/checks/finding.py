"""What a check finds in one translated line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about a translation: `kind` is a fixed name ("number"), `message` a plain sentence without its full stop."""

    kind: str
    message: str

    @property
    def flag(self) -> str:
        """The finding as a flag of a Translation: kind, colon, sentence."""
        return f"{self.kind}: {self.message}"


def listed(values: list[str]) -> str:
    """Words in a row, the first three only: "41", "41 and 7", "41, 7 and 3", "41, 7, 3 and more"."""
    shown = values[:3] + (["more"] if len(values) > 3 else [])
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1]))) if shown else ""
