"""Pages in a plain folder: for MkDocs, Obsidian, or anything that reads Markdown."""

from __future__ import annotations

from briefing.deliver.wiki.order import Done, Order
from briefing.deliver.wiki.page_folder import PageFolder
from briefing.deliver.wiki.page_set import LIST, PageSet, both_lists, page_set
from briefing.errors import OutputError


def publish(order: Order) -> Done:
    """Writes the pages that changed, one after the other, each whole. Raises OutputError naming the place that failed."""
    root = order.base / order.settings.path
    if order.dry and not root.is_dir():
        return Done(page_set(order, lambda place: None).changes)
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        step = "Mend this, or set another path in this [[publish]] table."
        raise OutputError(f"{root}: cannot be made: {error.strerror}", step) from error
    folder = PageFolder(root)
    with folder.locked():
        found = page_set(order, folder.read)
        if not order.dry:
            _write(folder, found)
    return Done(found.changes)


def _write(folder: PageFolder, found: PageSet) -> None:
    """What is ours is listed before it is there and until it is gone, so that a run that is killed leaves nothing unlisted."""
    if found.write or found.remove:
        folder.write(LIST, both_lists(found.listed, found.list))
    for place, page in found.write.items():
        folder.write(place, page)
    for place in found.remove:
        folder.remove(place)
    if folder.read(LIST) != found.list:
        folder.write(LIST, found.list)
