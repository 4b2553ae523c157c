"""One file from the hub into a folder: what a download that was stopped has brought is kept and gone on with, and checked."""

from __future__ import annotations

import hashlib
import http.client
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from briefing.errors import EngineError
from briefing.progress import Track
from briefing.translate import integrity
from briefing.translate.hub import RemoteFile, short
from briefing.translate.models import MEGABYTE

PART = ".part"  # ends the name of a file that is not whole, or not checked yet
_TOLD = 5  # megabytes; progress of less than that is said by nobody
_AGAIN = "Run the same command again: it goes on where it stopped."


def here(folder: Path, file: RemoteFile) -> int:
    """How many bytes of `file` are in `folder`, whole or not."""
    paths = (folder / file.name, folder / f"{file.name}{PART}")
    return next((path.stat().st_size for path in paths if path.is_file()), 0)


def download(file: RemoteFile, folder: Path, timeout: float, notify: Callable[[str], None], track: Track) -> None:
    """Bring `file` into `folder`, going on with what is there. Gives up when nothing arrives for `timeout` seconds.

    A file whose size or digest is not the hub's is fetched once more from its start. Raises EngineError naming the address when
    that does not help or the connection fails; what had arrived by then stays for the next time. OSError when it cannot be kept.
    """
    whole, part = folder / file.name, folder / f"{file.name}{PART}"
    if whole.is_file() and not _wrong(whole, file):
        return
    if whole.is_file():
        whole.replace(part)
    for last in (False, True):
        stated = _arrived(file, part, timeout, notify, track)
        wrong = _wrong(part, stated)
        if not wrong:
            part.replace(whole)
            return
        part.unlink()
        if not last:
            notify(f"{file.name}: {wrong}; it is fetched again")
    raise EngineError(f"{file.url}: {wrong}, twice", "The hub or something on the way to it is at fault. Try again later.")


def _arrived(file: RemoteFile, part: Path, timeout: float, notify: Callable[[str], None], track: Track) -> RemoteFile:
    """Fill `part` up; `file` with what the answer itself stated of size and digest where the listing did not."""
    start = part.stat().st_size if part.is_file() else 0
    if start and start == file.bytes:
        return file
    if start and start > file.bytes >= 0:
        start = 0
    request = urllib.request.Request(file.url, headers={"Range": f"bytes={start}-"} if start else {})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            stated = _stated(file, response, start)
            _write(response, stated, part, _start(response, start), notify, track)
            return stated
    except urllib.error.HTTPError as error:
        if error.code == 416 and start:  # there is nothing behind what is here
            return file
        raise EngineError(f"{file.url}: the hub answers {error.code} {error.reason}", "Try again later.") from error
    except (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException) as error:
        raise EngineError(f"{file.url}: the download failed: {short(error)}", _AGAIN) from error


def _start(response: Any, wanted: int) -> int:
    """The offset that the answer begins at: a server that knows no ranges sends the whole file."""
    match = re.match(r"bytes (\d+)-", response.headers.get("Content-Range") or "") if response.status == 206 else None
    return wanted if match and int(match[1]) == wanted else 0


def _stated(file: RemoteFile, response: Any, start: int) -> RemoteFile:
    length = response.headers.get("Content-Length") or ""
    if file.bytes < 0 and length.isascii() and length.isdecimal():
        file = replace(file, bytes=int(length) + _start(response, start))
    tag = (response.headers.get("ETag") or "").removeprefix("W/").strip('"')
    if file.sha256 or file.git:
        return file
    return replace(file, sha256=tag if _hex(tag, 64) else "", git=tag if _hex(tag, 40) else "")


def _hex(text: str, digits: int) -> bool:
    return re.fullmatch(rf"[0-9a-f]{{{digits}}}", text) is not None


def _write(response: Any, file: RemoteFile, part: Path, start: int, notify: Callable[[str], None], track: Track) -> None:
    size = f"{file.bytes / MEGABYTE:.1f} MB" if file.bytes >= 0 else "size unknown"
    notify(f"Downloading {file.name} ({size}{f', of which {start / MEGABYTE:.1f} are here' if start else ''})")
    rounds = range(-(-max(file.bytes - start, 0) // MEGABYTE))  # one for each megabyte, so that progress can be said
    with part.open("ab" if start else "wb") as out:
        for _ in track(rounds, f"{file.name}, MB") if len(rounds) > _TOLD else rounds:
            _megabyte(response, out)
        while file.bytes < 0 and _megabyte(response, out):
            pass
    done = part.stat().st_size
    if done < file.bytes:
        raise EngineError(f"{file.url}: the download ended after {done} of {file.bytes} bytes", _AGAIN)


def _megabyte(response: Any, out: BinaryIO) -> int:
    """Write a megabyte, or what is left, as it arrives: what came before a connection broke is then in the file."""
    done = 0
    while done < MEGABYTE and (block := response.read1(MEGABYTE - done)):
        done += out.write(block)
    return done


def _wrong(path: Path, file: RemoteFile) -> str:
    """Why the file at `path` is not the one on the hub, or ""."""
    size = path.stat().st_size
    if file.bytes >= 0 and size != file.bytes:
        return f"what arrived has {size} bytes, not {file.bytes}"
    if file.sha256 and integrity.sha256(path) != file.sha256:
        return "what arrived is not what the hub describes (sha256)"
    if file.git and not file.sha256 and _git(path, size) != file.git:
        return "what arrived is not what the hub describes (git digest)"
    return ""


def _git(path: Path, size: int) -> str:
    """What git calls the content of a file: the SHA-1 of a header and that content."""
    digest = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
    with path.open("rb") as content:
        while block := content.read(MEGABYTE):
            digest.update(block)
    return digest.hexdigest()
