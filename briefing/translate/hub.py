"""One bounded download of a model from a Hugging Face hub (HF_ENDPOINT, HF_HUB_OFFLINE are honoured).

The hub's own client retries for over 100 seconds when nothing answers, and is a large dependency; what is needed here is one
list of files and a handful of plain downloads, each of which gives up when nothing arrives for `translate.hub_timeout` seconds.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.config import Config
from briefing.errors import EngineError
from briefing.translate import models
from briefing.translate.checkpoint import PICKLE, SAFETENSORS
from briefing.translate.engine import NoModel
from briefing.translate.gloss import ADVICE
from briefing.translate.models import ModelInfo
from briefing.translate.torch_extra import INSTALL_TORCH, torch_installed

DEFAULT_ENDPOINT = "https://huggingface.co"
_SMALL = (
    "config.json", "generation_config.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.json",
    "tokenizer.json", "source.spm", "target.spm", "sentencepiece.bpe.model",
)  # fmt: skip
_BLOCK = 1 << 20
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Listing:
    """A repository at one revision: the digests ("" where the hub states none) of its files by name."""

    url: str
    revision: str
    files: dict[str, str]


def fetch(name: str, config: Config, notify: Callable[[str], None]) -> ModelInfo:
    """Download the model `name` and convert it.

    Raises NoModel when the hub is switched off, does not answer within `translate.hub_timeout` seconds or has no such
    model, EngineError when torch is needed and missing or the download fails.
    """
    timeout = config.translate.hub_timeout
    listing = _listing(name, timeout)
    wanted = _wanted(name, listing)
    try:
        config.models_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".download-", dir=config.models_dir) as folder:
            for file in wanted:
                _download(listing, file, Path(folder) / file, timeout, notify)
            return models.add(folder, config, notify, name, listing.revision)
    except OSError as error:
        raise EngineError(f"{config.models_dir}: cannot be written: {error.strerror}", "Check space and permissions.") from error


def _listing(name: str, timeout: float) -> Listing:
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", name):
        raise NoModel(f"There is no model {name}, and it is no hub name such as Helsinki-NLP/opus-mt-ar-en", ADVICE)
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE"):
        raise NoModel("There is no model on this machine, and downloads are switched off (HF_HUB_OFFLINE)", ADVICE)
    endpoint = (os.environ.get("HF_ENDPOINT") or DEFAULT_ENDPOINT).rstrip("/")
    if not endpoint.startswith(("http://", "https://")):
        raise NoModel(f"HF_ENDPOINT is {endpoint!r}, which is no web address", ADVICE)
    answer = _within(timeout, f"{endpoint}/api/models/{name}/revision/main?blobs=true", endpoint, name)
    return _parsed(answer, endpoint, name)


def _within(timeout: float, url: str, endpoint: str, name: str) -> bytes:
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
        raise NoModel(f"{endpoint} has no model {name} (status {answer.code})", ADVICE) from answer
    raise NoModel(f"There is no model on this machine, and {endpoint} cannot be reached: {_short(answer)}", ADVICE) from answer


def _short(error: Exception) -> str:
    """The reason in words: "Name or service not known" rather than "[Errno -2] Name or service not known"."""
    reason = getattr(error, "reason", None) or error
    return str(getattr(reason, "strerror", None) or reason)


def _parsed(answer: bytes, endpoint: str, name: str) -> Listing:
    try:
        value = json.loads(answer)
        files = {str(s["rfilename"]): _digest(s) for s in value["siblings"]}
        sha = str(value.get("sha") or "")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoModel(f"{endpoint} does not answer as a hub does: {error!r}", ADVICE) from error
    revision = sha if re.fullmatch(r"[0-9a-f]{40}", sha) else "main"
    return Listing(f"{endpoint}/{name}/resolve/{revision}", revision, files)


def _digest(sibling: dict[str, Any]) -> str:
    return str((sibling.get("lfs") or {}).get("sha256") or "")


def _wanted(name: str, listing: Listing) -> list[str]:
    """The files to download. Without torch a pickle is of no use, so it is not downloaded first and refused then."""
    weights = next((file for file in (SAFETENSORS, PICKLE) if file in listing.files), None)
    if weights is None:
        raise EngineError(f"{name}: the hub has neither {SAFETENSORS} nor {PICKLE}", ADVICE)
    if weights == PICKLE and not torch_installed():
        raise EngineError(
            f"{name}: there is only {PICKLE} on the hub, and reading that needs torch, which is not installed",
            f"Run: {INSTALL_TORCH} and then the same command again; or `briefing models add DIR` with a converted model.",
        )
    return [*(file for file in _SMALL if file in listing.files), weights]


def _download(listing: Listing, file: str, target: Path, timeout: float, notify: Callable[[str], None]) -> None:
    url = f"{listing.url}/{file}"
    digest = hashlib.sha256()
    done = 0
    try:
        with urllib.request.urlopen(url, timeout=timeout) as response, target.open("wb") as out:
            size = int(response.headers.get("Content-Length") or 0)
            notify(f"Downloading {file} ({size / _MEGABYTE:.1f} MB)")
            while block := response.read(_BLOCK):
                done += out.write(block)
                digest.update(block)
    except (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException) as error:
        raise EngineError(f"{url}: the download failed: {_short(error)}", "Run the same command again.") from error
    if done < size:
        raise EngineError(f"{url}: the download ended after {done} of {size} bytes", "Run the same command again.")
    if listing.files[file] not in ("", digest.hexdigest()):
        raise EngineError(f"{url}: what arrived is not what the hub describes (sha256)", "Run the same command again.")
