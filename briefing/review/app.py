"""The page: its addresses, and what each of them answers. It works in plain forms; the script only adds keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from briefing.errors import BriefingError, UsageError
from briefing.review.cards import Card
from briefing.review.desk import Desk
from briefing.review.guard import LARGEST, Guard, Secrets, same
from briefing.review.pages import ASSETS, Conflict, Shown, asset, conflict_page, item_page, list_page, trouble_page
from briefing.review.told import asked, told
from briefing.review.walking import ALL_ITEMS, FILTERS, beside, found
from briefing.store.revisions import Changed

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

Form = Mapping[str, str]
_FIELDS = 64  # most fields of a form: an event with twenty counts has fewer


class Refused(Exception):
    """A form that the page did not make: the status and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


class Site:
    """The answers of one review; each is made from the brief and the store as they are at that moment."""

    def __init__(self, desk: Desk, known: Secrets) -> None:
        self._desk, self._known, self._home = desk, known, f"/{known.place}/"

    # ------------------------------------------------------------ what is shown

    def listed(self, show: str) -> Response:
        """The list of items."""
        return _page(list_page(self._desk.view(), self._shown(show)))

    def item(self, ident: str, show: str) -> Response:
        """One item; a name of an earlier build leads to where the item is now."""
        view = self._desk.view()
        card = found(view, ident)
        if card is None:
            return self._nowhere()
        return self._to(card, show) if card.ident != ident else _page(item_page(view, card, self._shown(show)))

    def _shown(self, show: str) -> Shown:
        return Shown(self._home, self._known.form, self._desk.who, show if show in FILTERS else ALL_ITEMS)

    # ------------------------------------------------------------ what is done

    def act(self, ident: str, form: Form) -> Response:
        """Does what a form of an item asks for, and leads on: after a verdict to the next item, else back to this one."""
        view, show = self._desk.view(), self._shown(form.get("show", "")).show
        card = found(view, ident)
        if card is None:
            return self._nowhere()
        act = form.get("act", "")
        try:
            if act == "undo":
                trouble = self._desk.undo(card.keys, _expected(form))
            else:
                trouble = self._desk.act(act, form, card, view.names(), _expected(form))
        except Changed:
            return self._conflict(card, card.keys, form, f"item/{card.ident}")
        except UsageError as error:
            return _page(item_page(view, card, self._shown(show), form, str(error)), 400)
        if trouble:
            return _page(item_page(self._desk.view(), card, self._shown(show), notice=trouble))
        following = beside(view, card, show)[1] if act in ("accept", "reject") else card
        return self._to(following, show)

    def undo(self, form: Form) -> Response:
        """Takes back what was said of an item that is not in the brief."""
        keys = [form.get("key", "")]
        try:
            trouble = self._desk.undo(keys, _expected(form))
        except Changed:
            return self._conflict(None, keys, form, "undo")
        return _page(trouble_page("Taken back", trouble, self._home)) if trouble else self._to(None, ALL_ITEMS)

    def _conflict(self, card: Card | None, keys: tuple[str, ...] | list[str], form: Form, action: str) -> Response:
        view = self._desk.view()
        seen = _expected(form)
        theirs = tuple((row, told(row)) for row in view.history(keys) if row.id > seen)
        conflict = Conflict(theirs, asked(form), self._home + action, view.newest(keys))
        return _page(conflict_page(view, card, self._shown(form.get("show", "")), form, conflict), 409)

    def _to(self, card: Card | None, show: str) -> Response:
        from starlette.responses import RedirectResponse

        query = "" if show == ALL_ITEMS else f"?show={show}"
        return RedirectResponse(self._home + (f"item/{card.ident}" if card else "") + query, 303)

    def _nowhere(self) -> Response:
        text = "This item is not in the brief as it lies there now. What was said of it is in the list."
        return _page(trouble_page("Not in the brief", text, self._home), 404)

    def trouble(self, error: BriefingError) -> Response:
        """What went wrong below: the brief is gone, the store is locked."""
        return _page(trouble_page("This could not be done", str(error), self._home), 500)

    def refused(self, error: Refused) -> Response:
        """A form that was not taken."""
        return _page(trouble_page("Refused", error.why, self._home), error.status)


def application(desk: Desk, port: int, known: Secrets) -> Guard:
    """The page as an ASGI application behind its guard."""
    from starlette.applications import Starlette
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import Response
    from starlette.routing import Mount, Route

    site = Site(desk, known)

    async def answered(answer: Callable[[], Response]) -> Response:
        try:
            return await run_in_threadpool(answer)
        except BriefingError as error:
            return site.trouble(error)

    async def listed(request: Request) -> Response:
        return await answered(lambda: site.listed(request.query_params.get("show", "")))

    async def item(request: Request) -> Response:
        ident, show = request.path_params["ident"], request.query_params.get("show", "")
        return await answered(lambda: site.item(ident, show))

    async def act(request: Request) -> Response:
        try:
            form = await _form(request, known)
        except Refused as error:
            return site.refused(error)
        ident = request.path_params.get("ident")
        return await answered(lambda: site.act(ident, form) if ident else site.undo(form))

    async def served(request: Request) -> Response:
        name = request.path_params["name"]
        return Response(asset(name), media_type=ASSETS[name]) if name in ASSETS else Response("", 404)

    routes = [
        Route("/", listed),
        Route("/item/{ident}", item),
        Route("/item/{ident}", act, methods=["POST"]),
        Route("/undo", act, methods=["POST"]),
        Route("/asset/{name}", served),
    ]
    return Guard(Starlette(routes=[Mount(f"/{known.place}", routes=routes)]), port, known)


async def _form(request: Request, known: Secrets) -> dict[str, str]:
    """The fields of a form that the page made. Raises Refused."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise Refused(413, "The form is too long.")
    try:
        form = dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict"))
    except ValueError as error:
        raise Refused(400, "The form cannot be read.") from error
    if not same(form.get("csrf", ""), known.form):
        raise Refused(403, "This came from another page, or from before the review was started anew. Load the page again.")
    return form


def _expected(form: Form) -> int:
    text = form.get("expected", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _page(html: str, status: int = 200) -> Response:
    from starlette.responses import HTMLResponse

    return HTMLResponse(html, status)
