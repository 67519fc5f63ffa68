"""The deals behind a figure, page by page."""

from collections.abc import Mapping
from dataclasses import replace

from implement.engine.funnel.records import PICKS, VALUES, Pick
from implement.stages.audit.list_words import GAP_LABELS, PICK_TITLES, say_value
from implement.stages.audit.service.losses import page_deals, read_figures
from implement.stages.audit.tables import DealList
from implement.stages.audit.words import FIELD_LABELS
from implement.store import Store
from implement.web.tables import Column, Listing, Page
from implement.web.texts import lazy

LISTING = Listing(
    columns=(
        Column("deal", lazy("Deal"), sortable=False),
        Column("client", lazy("Client"), sortable=False),
        Column("stage", lazy("Stage"), sortable=False),
        Column("amount", lazy("Value"), "number", sortable=False),
        Column("opened", lazy("Began"), "day", sortable=False),
        Column("closed", lazy("Ended"), "day", sortable=False),
        Column("days", lazy("Days"), "number", sortable=False),
        Column("due", lazy("Deadline"), "day", sortable=False),
        Column("reason", lazy("Reason"), sortable=False),
        Column("product", lazy("Product"), sortable=False),
        Column("row", lazy("Row"), "number"),
    ),
    first_sort="row",
)


def page_picked(row: DealList, query: Mapping[str, str], *, store: Store) -> tuple[Page, str]:
    """One page of the deals that the query means, the dearest first, and what they are."""
    pick = read_pick(query)
    asked = LISTING.asked(query)
    number = asked.number
    total, deals = page_deals(row, pick, store=store, limit=LISTING.size, offset=(number - 1) * LISTING.size)
    has = {"row", "deal", "stage", "days", *read_figures(row).losses.has}
    columns = tuple(one for one in LISTING.columns if one.key in has)
    others = {key: value for key, value in query.items() if key not in ("page", "sort")}
    return Page(deals, total, LISTING.size, replace(asked, number=number), columns, (), "", others), say_pick(pick)


def read_pick(query: Mapping[str, str]) -> Pick:
    """What the query means; what is not known falls back to all deals."""
    what = query.get("show", "")
    field = query.get("field", "")
    at = query.get("at", "")
    return Pick(
        what=what if what in PICKS else "all",
        stage=query.get("stage"),
        field=field if field in VALUES else "",
        value=query.get("value", ""),
        lacks=query.get("lacks", "") if query.get("lacks") in GAP_LABELS else "",
        place=int(at) if at.isascii() and at.isdecimal() and len(at) < 6 else None,
    )


def say_pick(pick: Pick) -> str:
    """What the deals are that were picked."""
    said = str(GAP_LABELS[pick.lacks]) if pick.what == "lacking" and pick.lacks else str(PICK_TITLES[pick.what])
    parts = [said]
    if pick.stage is not None:
        parts.append(f"{FIELD_LABELS['stage']}: {pick.stage}")
    if pick.field:
        parts.append(f"{FIELD_LABELS[pick.field]}: {say_value(pick.value)}")
    return " · ".join(parts)
