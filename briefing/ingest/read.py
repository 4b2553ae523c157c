"""Files and folders -> Documents. Whatever cannot be read is a Problem with a next step; nothing goes missing silently."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from briefing.arabic.dates import parse_stamp
from briefing.errors import InputError
from briefing.ingest import files
from briefing.ingest.decode import ARABIC_LETTER, UnreadableDocument, decode, decode_bytes, refuse_mojibake, sound
from briefing.ingest.entries import Entry, json_entries, jsonl_entries
from briefing.ingest.header import split_header
from briefing.ingest.stated import BASIS, StatedDates
from briefing.ingest.visible import visible
from briefing.model import Block, Document, Metadata, Problem, Span

MOST_BYTES = 20 * 1024 * 1024
FEWEST_LETTERS = 20
_UTC = ZoneInfo("UTC")

Documents = tuple[list[Document], list[Problem]]


def read(paths: Sequence[Path], base: Path) -> Documents:
    """The documents in `paths` (files, or folders with all below them, sorted by name) and what could not be read.

    Names are shown relative to `base`. Dates stated in a dates.toml beside a file replace the file's own.
    Raises InputError when a path does not exist.
    """
    found = files.find(paths, base)
    stated = StatedDates(base)
    documents: list[Document] = []
    problems = list(found.problems)
    for path in found.files:
        entries, wrong = _file(path, files.shown(path, base))
        documents += stated.apply(path, entries)
        problems += wrong
    return documents, problems + stated.problems(found.folders)


def read_one(path: Path, base: Path) -> Documents:
    """As `read`, for one file. Raises InputError when it does not exist or is a folder."""
    if path.is_dir():
        raise InputError(f"{path}: is a folder, not a file", "Name the files in it, or use `briefing build` for a folder.")
    return read([path], base)


def read_bytes(name: str, data: bytes, kind: str, known: Metadata) -> Document:
    """One document called `name` from the bytes of a page ("html") or a text ("text").

    `known` is what its source says of it: address and outlet go before what the document says of itself; title and date fill
    in where it says nothing. Raises UnreadableDocument.
    """
    text = decode(data)
    document = _page(name, text, Metadata()) if kind == "html" else _plain(name, text)
    found = _merged(Metadata(url=known.url, outlet=known.outlet), document.metadata)
    if found.published_basis == BASIS and known.url is not None:
        found = replace(found, published_basis="metadata")  # what a server writes there is not stated by the user
    if known.published and (found.published is None or parse_stamp(found.published, _UTC) is None):
        found = replace(found, published=known.published, published_basis=known.published_basis)
    return replace(document, metadata=_sound_metadata(replace(found, title=found.title or known.title)))


def memories(paths: Sequence[Path]) -> list[Path]:
    """Every memory.tmx (reviewed translations) in the input folders, in reading order.

    Raises InputError when a path does not exist.
    """
    return files.memories(paths)


# ---------------------------------------------------------------- one file


def _file(path: Path, name: str) -> Documents:
    try:
        data = _bytes(path)
        ending = path.suffix.lower()
        if ending in (".json", ".jsonl"):
            return _entries(decode_bytes(data), name, ending)
        text = decode(data)
        return [_page(name, text, Metadata()) if ending in (".html", ".htm") else _plain(name, text)], []
    except UnreadableDocument as error:
        return [], [Problem(name, error.message, error.next_step)]


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would wait for ever
            raise UnreadableDocument("is not a regular file", "Copy the article into a file of its own.")
        if status.st_size > MOST_BYTES:
            size = f"{status.st_size / 1024 / 1024:.1f} MB"
            raise UnreadableDocument(f"is too large: {size}, at most 20 MB are read", "Split it into smaller files.")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(f"cannot be read: {error.strerror or error}", "Check its permissions.") from error


def _plain(name: str, text: str) -> Document:
    header, values = split_header(text)
    basis = BASIS if "published" in values else None
    return _document(name, text, Metadata(**values, published_basis=basis), header)


def _page(name: str, html: str, own: Metadata) -> Document:
    """A page's document; what the JSON entry around it says (`own`) goes before what the page says."""
    text, blocks, page = visible(html)
    return _document(name, text, _merged(own, page), None, blocks)


def _entries(text: str, name: str, ending: str) -> Documents:
    entries, problems = jsonl_entries(text, name) if ending == ".jsonl" else json_entries(text, name)
    documents: list[Document] = []
    for entry in entries:
        try:
            documents.append(_from_entry(name + entry.suffix, entry))
        except UnreadableDocument as error:
            problems.append(Problem(name + entry.suffix, error.message, error.next_step))
    return documents, problems


def _from_entry(name: str, entry: Entry) -> Document:
    source = sound(entry.content or entry.html or "")
    refuse_mojibake(source)
    return _document(name, source, entry.metadata) if entry.content else _page(name, source, entry.metadata)


def _document(name: str, text: str, metadata: Metadata, header: Span | None = None, blocks: tuple[Block, ...] = ()) -> Document:
    body = text[header.end :] if header else text
    letters = len(ARABIC_LETTER.findall(body))
    if letters < FEWEST_LETTERS:
        raise _no_arabic(letters, bool(blocks))
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Document(name, text, digest, _sound_metadata(metadata), header, blocks)


def _no_arabic(letters: int, page: bool) -> UnreadableDocument:
    amount = "no Arabic letters" if letters == 0 else f"hardly any Arabic: {letters} letters"
    hint = " If the page is filled in by scripts, open it in a browser and save it from there." if page else ""
    return UnreadableDocument(f"holds {amount}", f"Only Arabic articles are read; check that this is the right file.{hint}")


def _merged(own: Metadata, page: Metadata) -> Metadata:
    given = {field.name: value for field in fields(own) if (value := getattr(own, field.name)) is not None}
    return replace(page, **given)


def _sound_metadata(metadata: Metadata) -> Metadata:
    strings = {field.name: value for field in fields(metadata) if (value := getattr(metadata, field.name)) is not None}
    return replace(metadata, **{name: sound(value) for name, value in strings.items()})
