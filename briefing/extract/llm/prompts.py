"""The prompts: read from prompts/*.md, the user's own file first, checked before any work is done, and filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from briefing.errors import ConfigError
from briefing.extract.llm.schemas import HIGHLIGHTS, SECTIONS

_NEEDED = ("data", "schema")
KNOWN: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(SECTIONS, (*_NEEDED, "first", "last")),
    HIGHLIGHTS: (*_NEEDED, "fewest", "most", "words"),
}
"""The placeholders of each prompt; the first two must stand in it."""

REPAIR = """\


An answer that you gave to this before could not be used:
$faults

Answer again, with the whole JSON object and nothing else. Leave out what you cannot mend.
"""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as its file has it."""

    name: str
    text: str

    def filled(self, values: Mapping[str, object]) -> str:
        """The prompt with its placeholders replaced; every one of KNOWN must be given."""
        return Template(self.text).substitute(values)


def load(folders: Sequence[Path]) -> dict[str, Prompt]:
    """Every prompt, each from the first of the folders that has it. Raises ConfigError naming the file and what is wrong."""
    return {name: _load(f"{name}.md", name, folders) for name in KNOWN}


def repair(prompt: str, faults: Sequence[str]) -> str:
    """`prompt` with what was wrong with the answer to it."""
    return prompt.rstrip() + Template(REPAIR).substitute(faults="\n".join(f"- {fault}" for fault in faults))


def _load(file: str, name: str, folders: Sequence[Path]) -> Prompt:
    path = next((folder / file for folder in folders if (folder / file).is_file()), None)
    if path is None:
        raise ConfigError(f"{file}: not found in {', '.join(map(str, folders))}", "Install the program again.")
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError(f"{path}: cannot be read: {reason}", "Mend it, or delete it to use the packaged prompt.") from error
    _check(path, Template(text), KNOWN[name])
    return Prompt(name, text)


def _check(path: Path, template: Template, known: Sequence[str]) -> None:
    listed = ", ".join(f"${name}" for name in known)
    if not template.is_valid():
        line = _bad_line(template.template)
        step = f'Write "$$" for a dollar; the placeholders are {listed}.'
        raise ConfigError(f"{path}: line {line}: a $ that begins no placeholder", step)
    used = template.get_identifiers()
    if unknown := [name for name in used if name not in known]:
        line = next(n for n, text in enumerate(template.template.splitlines(), 1) if unknown[0] in text)
        raise ConfigError(f"{path}: line {line}: unknown placeholder ${unknown[0]}", f"The placeholders are {listed}.")
    if missing := [name for name in _NEEDED if name not in used]:
        step = "Put it where it belongs, or delete the file to use the packaged prompt."
        raise ConfigError(f"{path}: the placeholder ${missing[0]} is missing", step)


def _bad_line(text: str) -> int:
    lines = text.splitlines()
    return next((n for n, line in enumerate(lines, 1) if not Template(line).is_valid()), 1)
