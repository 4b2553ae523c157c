"""briefing init: a commented briefing.toml and the folders beside it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import click

from briefing import config as configuration
from briefing.cli.console import Console
from briefing.config import FILE_NAME, Config
from briefing.config_tables import NOT_SETTINGS
from briefing.errors import OutputError

INPUTS = "inputs"
LEXICON_HEAD = """\
# An example: take the "#" before its keys away to try it. This file is laid over the packaged one of the same name.
# `briefing lexicon check` says whether it is right, `briefing lexicon find` what is known already.
"""
GLOSSARY = """\
# How names and terms stand in English, before all that the lexicon says: take the "#" away. `forms` are other Arabic spellings,
# `variants` what a machine writes and what is replaced, `also` what is as right.

# Names are found in other spellings too.
#[[name]]
#ar = "ألكسندر لافرنتييف"
#forms = ["لافرنتييف"]
#en = "Alexander Lavrentyev"

# Terms are replaced where one of their variants stands, in the plural too (plural = "…" where "s" is not enough).
#[[term]]
#ar = "منطقة خفض التصعيد"
#forms = ["منطقة وقف التصعيد", "مناطق خفض التصعيد"]
#en = "de-escalation area"
#variants = ["de-escalation zone", "reduced escalation zone"]
"""
HEAD = """\
# Settings of `briefing`. Every key stands here with its default after "#": take the "#" away to change it.
# Paths are relative to this file's folder. A key that does not exist is an error.
"""
# What each setting does; the defaults come from config.py, and a test keeps the keys of the two equal.
COMMENTS = {
    "title": "Title on the first page.",
    "inputs": "Files and folders with articles, used when `briefing build` is given none.",
    "out": "Where briefs go: OUT/2024-W46/brief.md, .html, .pdf and .json.",
    "timezone": 'Days and weeks are counted in this zone, for example "Asia/Riyadh".',
    "formats": "Which of md, html, pdf, json are written.",
    "layout": '"bilingual": the Arabic beside each item; "en": English, the Arabic in the annex only.',
    "lang": 'Language of headings and all other fixed words: "en", or "ar" with the page from right to left.',
    "paper": 'Size of the pages of a PDF: "a4" or "letter".',
    "undated": '"include" shows undated articles in a group of their own; "exclude" lists them as Problems.',
    "build": "What does the work of `briefing build`.",
    "build.cores": "Processes that clean and search articles, where there are hundreds of them; 0: as many as there are cores.",
    "build.cluster": 'Dask workers instead: "tcp://host:8786", "tls://host:8786" or "local:4" (docs/scale.md); "" for none.',
    "translate": "How sentences become English.",
    "translate.engine": 'ctranslate2, transformers, gloss; or "auto": a model that is here or can be fetched, else the gloss.',
    "translate.model": "A name on the hub, or of `briefing models list`. opus-mt is Apache-2.0, NLLB is CC-BY-NC-4.0.",
    "translate.beam": "Beam width: 1 is fastest, 4 is better.",
    "translate.batch_tokens": "Source tokens translated at a time at beam 1, shared by the beam; fewer need less memory.",
    "translate.device": '"auto", "cpu" or "cuda".',
    "translate.threads": "Batches that ctranslate2 works on at a time on the processor; 0: one for each core.",
    "translate.hub_timeout": "Seconds to wait for the model hub.",
    "translate.memory": "More translation memories (.tmx), asked after your own and before a memory.tmx among the inputs.",
    "translate.cache": "Keep machine translations in the store, so that the next build asks the engine only for what is new.",
    "extract": "What finds items. All but engine is for a language model, whose key goes into the environment: BRIEFING_LLM_KEY.",
    "extract.engine": '"rules", or "llm": a language model points at items too, and the rules stay the net under it.',
    "extract.url": "Any OpenAI-compatible server: the address that /chat/completions comes after.",
    "extract.model": "What the server calls its model.",
    "extract.timeout": "Seconds for one answer as a whole.",
    "extract.retries": "How often a request is made again after a failure that may pass (no connection, 429, 5xx).",
    "extract.concurrency": "The most requests at a time.",
    "extract.tokens": "The most tokens of one request and its answer: what the model has room for. Longer articles go in pieces.",
    "ledger": "What earlier weeks promised and said, beside this one.",
    "ledger.weeks": "How many weeks back articles are looked through; 0 turns the ledger off.",
    "ledger.lines": "How many promises are shown; 0 shows all.",
    "ledger.earlier": 'More files and folders (or "store") with articles of earlier weeks, used for the ledger alone.',
    "scope": "What the brief is about, and how long it may be. An empty list asks for everything.",
    "scope.countries": 'Countries an article must be about, by ISO code or name: ["SY", "Iraq", "اليمن"].',
    "scope.topics": 'Topics, by id or heading of topics.toml: ["diplomacy", "security"].',
    "scope.watch": "People and bodies to watch, in any known spelling: always in scope, ranked first, marked in the brief.",
    "scope.leave_out": "Kinds of article: sport, culture, opinion, advert, horoscope, listing. They are counted and listed.",
    "scope.pages": "The most pages of the whole brief; what does not fit is listed by title only. 0: as many as it takes.",
    "paths": "Where other things lie.",
    "paths.models": 'Folder of converted models; "" is the one of your user account (see `briefing models list`).',
    "paths.store": 'File that keeps what was fetched, translated, reviewed and sent; "" is .briefing/store.db beside this file.',
    "paths.templates": "Templates of your own; a file here replaces ours of the same name.",
    "paths.topics": "What the headings of topics are, and the words they are known by; laid over ours, as the lexicon is.",
    "paths.lexicon": "People, places, outlets and words of your own; see `briefing lexicon` and the README.",
    "paths.memory": "Your reviewed translations, which are asked first; see `briefing memory`.",
    "paths.glossary": "How names and terms stand in English, before all that the lexicon says; see docs/translation.md.",
    "fetch": "How `briefing fetch` asks for feeds and pages. Times are in seconds.",
    "fetch.user_agent": "What the program calls itself; sites like an address in it. Its first word is looked up in robots.txt.",
    "fetch.delay": "Between two requests to one host; a longer Crawl-delay in its robots.txt counts.",
    "fetch.connect_timeout": "To wait for a connection.",
    "fetch.read_timeout": "To wait for the next bytes of an answer.",
    "fetch.timeout": "For one answer as a whole.",
    "fetch.megabytes": "The most that one answer may hold, unpacked.",
    "fetch.retries": "How often a request is made again after a failure that may pass (no answer, 429, 5xx).",
    "fetch.items": "The most items taken from one feed in one run.",
    "fetch.allow_private": "Whether addresses inside your own network may be asked.",
    "mail": "Whom `briefing send` writes to, and how. Name and password go into the environment: see docs/mail.md.",
    "mail.host": 'The mail server that takes messages from you: "smtp.example.org", or "localhost" for a relay on this machine.',
    "mail.port": "0: the usual one (587 for starttls, 465 for tls, 25 for none).",
    "mail.security": '"starttls", "tls", or "none" for a relay on this machine. Certificates are always verified.',
    "mail.allow_unencrypted": 'Whether security = "none" may go to another machine.',
    "mail.ca_file": "Certificates (PEM) to trust beside those of the system, for a server of your own.",
    "mail.timeout": "Seconds to wait for each answer of the server; ten times as long for its word that it has the message.",
    "mail.user": "The name to log in with, where BRIEFING_SMTP_USER is not set. Its password never stands in this file.",
    "mail.sender": 'From whom: "Monday brief <brief@example.org>".',
    "mail.reply_to": 'Where answers go; "" is the sender.',
    "mail.subject": "May hold $title, $week, $first and $last (day).",
    "mail.to": 'Who gets a brief: addresses, and names of the lists below: ["desk", "a@example.org"].',
    "mail.lists": 'Lists by name, for `to` and --to. Better as a table: [mail.lists] and below it desk = ["a@example.org"].',
    "mail.hide_recipients": "Whether those who get a brief are hidden from each other.",
    "mail.max_megabytes": "A larger message goes out without the PDF and says where to find it. 0 never attaches it.",
    "mail.link": 'Where the brief can be read: "https://wiki.example.org/briefs/$week".',
    "mail.operator": "Who is told when something fails.",
    "store": "What `briefing store prune` takes out of the store; without that command nothing is.",
    "store.keep_weeks": "Weeks that documents stay after they were last seen; 0 keeps all. The ledger needs those of its weeks.",
    "store.cache_weeks": "Weeks that translations and other answers are kept; 0 keeps all. They cost only time.",
    "feed": "RSS and Atom feeds, each as [[feed]] at the end of this file, as shown there.",
    "page": "Single pages, each as [[page]] at the end of this file.",
    "publish": "Wikis that `briefing publish` keeps, each as [[publish]] at the end of this file.",
}
TAIL = """
# What to fetch. Take the "#" away, and add "store" to inputs.
#   [[feed]]
#   url = "https://news.example.org/rss.xml"
#   outlet = "Example News"    # when the pages do not say it themselves

# Where pages go: `briefing publish --week 2024-W46 --to wiki`. Take the "#" away; docs/publishing.md has every key.
#   [[publish]]
#   name = "wiki"
#   to = "git"                 # or "folder" (path = "…"), "mediawiki" (url of api.php, user; password in BRIEFING_WIKI_PASSWORD)
#   url = "git@git.example.org:desk/wiki.git"
#   links = "page"             # for the wikis of GitHub, and GitLab, Gollum; "file" for everything else
#   author_name = "Monday brief"
#   author_email = "desk@example.org"
"""

EXAMPLES = """\b
Examples:
  briefing init             in this folder
  briefing init monday      in a folder of its own

\b
Then put articles into inputs/ and run: briefing build --week"""


@click.command(epilog=EXAMPLES)
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), default=Path(), metavar="[DIR]")
@click.pass_obj
def init(console: Console, directory: Path) -> int:
    """Write a commented briefing.toml with every setting, make the folders it names, and write commented examples.

    These are in lexicon/, topics.toml and glossary.toml.
    Nothing that exists is changed.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        _write(directory / FILE_NAME, example(), console)
        settings = configuration.load(directory / FILE_NAME, directory)
        inputs = [name for name in settings.inputs if Path(name) != configuration.STORE]
        for name in dict.fromkeys([*inputs, settings.out, settings.paths.templates]):
            _folder(directory / name, console)
        _lexicon(directory / settings.paths.lexicon, directory / settings.paths.topics, console)
        _write(directory / settings.paths.glossary, GLOSSARY, console)
    except OSError as error:
        step = "Check space and permissions, or name another DIR."
        raise OutputError(f"{error.filename or directory}: cannot be made: {error.strerror}", step) from error
    go = "" if directory.resolve() == Path.cwd() else f"cd {shlex.quote(str(directory))}, p"
    console.notice(f"{go or 'P'}ut articles into {', '.join(settings.inputs)} and run: briefing build --week")
    return 0


def _lexicon(folder: Path, topics: Path, console: Console) -> None:
    from briefing.lexicon.sources import TOPICS, examples

    folder.mkdir(parents=True, exist_ok=True)
    for name, text in examples().items():
        target = topics if name == TOPICS else folder / f"{name}.toml"
        _write(target, LEXICON_HEAD + "\n" + _commented(text), console)


def _commented(text: str) -> str:
    return "".join(line if line.startswith("#") else f"#{line}" for line in text.splitlines(keepends=True))


def _write(path: Path, text: str, console: Console) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        console.result(f"exists    {path} (left as it is)")
        return
    console.result(f"written   {path}")


def _folder(path: Path, console: Console) -> None:
    if path.exists():
        console.result(f"exists    {path} (left as it is)")
    elif not path.suffix:  # an input may also be a file
        path.mkdir(parents=True)
        console.result(f"made      {path}")


def example() -> str:
    """The text of a new briefing.toml: every key of `Config` with a comment and its default."""
    return HEAD + "".join(_settings(Config(), "")) + TAIL


def _settings(settings: Any, prefix: str) -> Iterator[str]:
    for field in fields(settings):
        key, value = prefix + field.name, getattr(settings, field.name)
        if field.name in NOT_SETTINGS:
            continue
        yield f"\n# {COMMENTS[key]}\n"
        if is_dataclass(value):
            yield f"[{key}]\n"
            yield from _settings(value, f"{key}.")
        else:
            yield f"# {field.name} = {_toml(value)}\n"
        if key == "inputs":
            yield f"inputs = {_toml((INPUTS,))}\n"


def _toml(value: str | int | tuple[str, ...]) -> str:
    # JSON's strings, numbers and lists are TOML's
    return json.dumps(value, ensure_ascii=False)
