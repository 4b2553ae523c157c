"""The API of a MediaWiki, with a bot password: pages read, and edited only as they were read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing import __version__
from briefing.errors import OutputError

if TYPE_CHECKING:
    import httpx

SECONDS = 60.0  # for one answer
MAXLAG = 5  # seconds that a wiki's replicas may lag behind; what MediaWiki asks of bots
LONGEST_WAIT = 60.0
_AT_ONCE = 20  # titles of one question, well below the 50 that any account may ask for
_MOVED = ("editconflict", "articleexists", "missingtitle", "pagedeleted", "nosuchrevid")
_LATER = ("maxlag", "readonly", "ratelimited", "internal_api_error_DBQueryError")


@dataclass(frozen=True, slots=True)
class Revision:
    """A page as it was read: the `id` of its newest revision, and when the wiki answered (`read`)."""

    text: str
    id: int
    read: str


class Refused(Exception):
    """The wiki's answer is an error; `code` is its name."""

    def __init__(self, code: str, info: str) -> None:
        super().__init__(info)
        self.code = code
        self.info = info


class MediaWiki:
    """A session; use it as a context manager. Raises OutputError when the wiki does not answer or does not do what is asked."""

    def __init__(self, url: str, wait: Callable[[float], None], retries: int) -> None:
        import httpx

        agent = f"monday-brief/{__version__}"
        self._http = httpx.Client(timeout=SECONDS, headers={"User-Agent": agent}, follow_redirects=False)
        self._url = url
        self._wait = wait
        self._retries = retries
        self._token = ""

    def __enter__(self) -> MediaWiki:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def login(self, user: str, password: str) -> None:
        """Logs in with a bot password. Raises OutputError with the wiki's reason; the password is in no message."""
        token = self._named(action="query", meta="tokens", type="login")["query"]["tokens"]["logintoken"]
        answer = self._named(action="login", lgname=user, lgpassword=password, lgtoken=token)["login"]
        if answer["result"] != "Success":
            step = "Make a bot password at Special:BotPasswords; set user to its name, BRIEFING_WIKI_PASSWORD to the password."
            raise OutputError(f"{self._url}: does not let {user} in: {answer.get('reason', answer['result'])}", step)
        self._token = self._named(action="query", meta="tokens")["query"]["tokens"]["csrftoken"]

    def pages(self, titles: Iterable[str]) -> dict[str, Revision]:
        """The pages of these titles that exist."""
        found: dict[str, Revision] = {}
        asked = list(titles)
        for n in range(0, len(asked), _AT_ONCE):
            found.update(self._some(asked[n : n + _AT_ONCE]))
        return found

    def edit(self, title: str, text: str, summary: str, base: Revision | None) -> bool:
        """Saves a page over the revision it was read as, or makes it; False when somebody else was there in between."""
        how = _over(base) if base else {"createonly": "1"}
        try:
            answer = self._call(action="edit", title=title, text=text, summary=summary, bot="1", token=self._token, **how)
        except Refused as error:
            if error.code in _MOVED:
                return False
            raise self._error(error, title) from error
        if answer["edit"].get("result") != "Success":
            step = "The account has to be able to edit without solving a riddle: give it the bot group."
            raise OutputError(f"{self._url}: {title}: the edit was not taken: {sorted(answer['edit'])}", step)
        return True

    def _some(self, titles: Iterable[str]) -> Iterator[tuple[str, Revision]]:
        asked = {"action": "query", "prop": "revisions", "rvprop": "ids|content", "rvslots": "main"}
        more: Mapping[str, str] = {}
        while True:
            answer = self._named(**asked, curtimestamp="1", titles="|".join(titles), **more)
            names = {one["to"]: one["from"] for one in answer["query"].get("normalized", ())}
            for page in answer["query"]["pages"]:
                if (kept := page.get("revisions")) and "content" in (slot := kept[0]["slots"]["main"]):
                    revision = Revision(slot["content"], kept[0]["revid"], answer["curtimestamp"])
                    yield names.get(page["title"], page["title"]), revision
            if "continue" not in answer:
                return
            more = answer["continue"]

    def _named(self, **parameters: str) -> dict[str, Any]:
        """An answer; an error of the wiki as OutputError."""
        try:
            return self._call(**parameters)
        except Refused as error:
            raise self._error(error, parameters["action"]) from error

    def _call(self, **parameters: str) -> dict[str, Any]:
        """An answer; asked again while the wiki says that it cannot now. Raises Refused, OutputError."""
        for n in range(self._retries + 1):
            answer, after = self._asked(parameters)
            code = answer.get("error", {}).get("code", "")
            if code not in _LATER or n == self._retries:
                break
            self._wait(min(after or 2.0**n, LONGEST_WAIT))
        if code:
            raise Refused(code, str(answer["error"].get("info", "")))
        return answer

    def _asked(self, parameters: Mapping[str, str]) -> tuple[dict[str, Any], float]:
        """One question, and how many seconds the wiki wants us to wait before the next."""
        import httpx

        form = {**parameters, "format": "json", "formatversion": "2", "maxlag": str(MAXLAG), "errorformat": "bc"}
        try:
            response = self._http.post(self._url, data=form)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            step = "Look at the address and the network, and run the same command again."
            raise OutputError(f"{self._url}: does not answer: {error or type(error).__name__}", step) from error
        return self._json(response), _seconds(response.headers.get("Retry-After"))

    def _json(self, response: httpx.Response) -> dict[str, Any]:
        try:
            answer = response.json()
        except ValueError:
            answer = None
        if response.status_code == 200 and isinstance(answer, dict):
            return answer
        if response.status_code == 429 or response.status_code == 503:
            return {"error": {"code": "ratelimited", "info": f"HTTP {response.status_code}"}}
        where = f" to {response.headers['Location']}" if response.is_redirect and "Location" in response.headers else ""
        step = "The url must be that of api.php itself, for example https://wiki.example.org/w/api.php"
        raise OutputError(f"{self._url}: is no API of MediaWiki: HTTP {response.status_code}{where}", step)

    def _error(self, error: Refused, what: str) -> OutputError:
        step = "Look at the rights of the bot password (edit existing pages; create, edit, and move pages) and of its account."
        return OutputError(f"{self._url}: {what}: {error.code}: {error.info}", step)


def _over(base: Revision) -> dict[str, str]:
    # No basetimestamp: beside the revision it makes MediaWiki look for other editors by whole seconds, and write
    # over one who saved within the second of our own revision (EditPage, "suppress edit conflict with self").
    return {"starttimestamp": base.read, "baserevid": str(base.id), "nocreate": "1"}


def _seconds(value: str | None) -> float:
    return float(value) if value and value.isdigit() else 0.0
