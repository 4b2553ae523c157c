"""What a Hugging Face hub says of a model: one bounded request (HF_ENDPOINT and HF_HUB_OFFLINE are honoured).

The hub's own client retries for over 100 seconds when nothing answers, and is a large dependency; what is needed here is one
list of files and a handful of plain downloads.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefing.translate.engine import NoModel
from briefing.translate.gloss import ADVICE

DEFAULT_ENDPOINT = "https://huggingface.co"
NEWEST = "main"


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file on the hub. `bytes` is -1, and a digest "", where the hub does not say; `git` is the SHA-1 git gives its content."""

    name: str
    url: str
    bytes: int = -1
    sha256: str = ""
    git: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A repository at one revision: its files by name; `licence` is the hub's tag ("apache-2.0") or ""."""

    name: str
    revision: str
    licence: str
    files: Mapping[str, RemoteFile]


def listing(name: str, revision: str, timeout: float) -> Listing:
    """What the repository `name` holds at `revision` (a commit, branch or tag).

    Raises NoModel when the hub is switched off, does not answer within `timeout` seconds in all, or has no such model.
    """
    if not re.fullmatch(r"\w[\w.-]*/\w[\w.-]*", name):
        raise NoModel(f"There is no model {name}, and it is no hub name such as Helsinki-NLP/opus-mt-ar-en", ADVICE)
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE"):
        raise NoModel(f"{name} is not on this machine, and downloads are switched off (HF_HUB_OFFLINE)", ADVICE)
    endpoint = (os.environ.get("HF_ENDPOINT") or DEFAULT_ENDPOINT).rstrip("/")
    if not endpoint.startswith(("http://", "https://")):
        raise NoModel(f"HF_ENDPOINT is {endpoint!r}, which is no web address", ADVICE)
    quoted = urllib.parse.quote(revision, safe="")
    url = f"{endpoint}/api/models/{name}/revision/{quoted}?blobs=true"
    answer = _within(timeout, url, endpoint, name if revision == NEWEST else f"{name} at revision {revision}")
    return _parsed(answer, endpoint, name, revision)


def short(error: Exception) -> str:
    """The reason in words: "Name or service not known" rather than "[Errno -2] Name or service not known"."""
    reason = getattr(error, "reason", None) or error
    return str(getattr(reason, "strerror", None) or reason)


def _within(timeout: float, url: str, endpoint: str, wanted: str) -> bytes:
    """The answer to a small request, or NoModel after `timeout` seconds in all.

    A socket's timeout bounds neither the look-up of the host's name nor an answer that drips, hence the thread.
    """
    box: list[bytes | Exception] = []

    def ask() -> None:
        try:
            with urllib.request.urlopen(url, timeout=timeout) as response:
                box.append(response.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            box.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(timeout)
    answer = box[0] if box else TimeoutError(f"no answer within {timeout} seconds")
    if isinstance(answer, bytes):
        return answer
    if isinstance(answer, urllib.error.HTTPError) and answer.code in (401, 403, 404):
        name, at, _ = wanted.partition(" at ")
        step = f"For the newest: briefing models pull {name} --revision {NEWEST}. {ADVICE}" if at else ADVICE
        raise NoModel(f"{endpoint} has no model {wanted} (status {answer.code})", step) from answer
    raise NoModel(f"There is no model on this machine, and {endpoint} cannot be reached: {short(answer)}", ADVICE) from answer


def _parsed(answer: bytes, endpoint: str, name: str, revision: str) -> Listing:
    try:
        value = json.loads(answer)
        sha = str(value.get("sha") or "")
        # A commit's content never changes, so a download that goes on later goes on with the same files.
        fixed = sha if re.fullmatch(r"[0-9a-f]{40}", sha) else revision
        base = f"{endpoint}/{name}/resolve/{urllib.parse.quote(fixed, safe='')}"
        files = {str(s["rfilename"]): _file(s, base) for s in value["siblings"]}
        return Listing(name, fixed, _licence(value), files)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoModel(f"{endpoint} does not answer as a hub does: {error!r}", ADVICE) from error


def _file(sibling: dict[str, Any], base: str) -> RemoteFile:
    name, lfs, size = str(sibling["rfilename"]), sibling.get("lfs") or {}, sibling.get("size")
    # Of a file in Git LFS, blobId is the digest of the pointer that stands for it in git.
    git = "" if lfs else str(sibling.get("blobId") or "")
    found = size if isinstance(size, int) else lfs.get("size")
    bytes_ = found if isinstance(found, int) else -1
    return RemoteFile(name, f"{base}/{urllib.parse.quote(name)}", bytes_, str(lfs.get("sha256") or ""), git)


def _licence(value: dict[str, Any]) -> str:
    card = value.get("cardData") or {}
    stated = card.get("license")
    tags = [str(tag).removeprefix("license:") for tag in value.get("tags") or () if str(tag).startswith("license:")]
    return stated if isinstance(stated, str) else next(iter(tags), "")
