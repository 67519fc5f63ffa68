"""Listings are sorted, filtered and paged by the server, in two queries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Column as SqlColumn
from sqlalchemy import Integer, MetaData, String, Table, create_engine, event, select
from sqlalchemy.orm import Session

from implement.web.tables import Column, Filter, Listing

CLIENTS = Table(
    "client",
    MetaData(),
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("name", String),
    SqlColumn("open_minor", Integer),
    SqlColumn("state", String),
)
STATES = (("open", "open"), ("fixed", "fixed"))
LISTING = Listing(
    columns=(
        Column("name", "Client", by=CLIENTS.c.name),
        Column("open_minor", "Open money", "money", by=CLIENTS.c.open_minor),
        Column("state", "State", sortable=False),
    ),
    first_sort="-open_minor",
    filters=(
        Filter("state", "State", choices=STATES, by=CLIENTS.c.state),
        Filter("search", "Search", by=CLIENTS.c.name, search=("name",)),
    ),
    row_key=CLIENTS.c.id,
    size=10,
)
STATEMENT = select(CLIENTS.c.name, CLIENTS.c.open_minor, CLIENTS.c.state)


@dataclass
class Client:
    """A row at hand."""

    id: int
    name: str
    open_minor: int | None
    state: str


ROWS = [Client(n, f"Client {n}", None if n == 7 else n * 100, "open" if n % 5 else "fixed") for n in range(1, 26)]
ROWS[2].name = "100 % Ltd"


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    CLIENTS.metadata.create_all(engine)
    with Session(engine) as opened:
        opened.execute(CLIENTS.insert(), [vars(row) for row in ROWS])
        opened.commit()
        yield opened
    engine.dispose()


def names(rows: object) -> list[str]:
    """The names of the rows of a page."""
    return [row.name for row in rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"page": "3"},
        {"sort": "name"},
        {"sort": "-name", "page": "2"},
        {"state": "fixed"},
        {"search": "CLIENT 1", "sort": "open_minor"},
        {"search": "100 %"},
        {"state": "open", "page": "99"},
    ],
)
def test_sql_and_lists_give_the_same_page(session: Session, query: dict[str, str]) -> None:
    found, sliced = LISTING.select_page(session, STATEMENT, query), LISTING.slice_page(ROWS, query)
    assert (names(found.rows), found.total, found.number) == (names(sliced.rows), sliced.total, sliced.number)


def test_a_page_takes_two_queries(session: Session) -> None:
    asked: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *call: asked.append(call[2][:6]))
    LISTING.select_page(session, STATEMENT, {"sort": "name", "page": "2", "state": "open"})
    assert asked.count("SELECT") == 2


def test_the_largest_sum_comes_first_and_the_unknown_last() -> None:
    assert names(LISTING.slice_page(ROWS, {}).rows)[0] == "Client 25"
    assert names(LISTING.slice_page(ROWS, {"page": "3"}).rows)[-1] == "Client 7"
    assert names(LISTING.slice_page(ROWS, {"sort": "open_minor", "page": "3"}).rows)[-1] == "Client 7"


@pytest.mark.parametrize(
    "query",
    [
        {"sort": "state"},
        {"sort": "id; drop table client"},
        {"page": "-1"},
        {"page": "٣"},
        {"page": "9" * 40},
        {"state": "x"},
    ],
)
def test_what_a_listing_does_not_offer_falls_back(query: dict[str, str]) -> None:
    page = LISTING.slice_page(ROWS, query)
    assert (page.asked.sort, page.number, page.total) == ("open_minor", 1, 25)


def test_a_wildcard_typed_by_people_is_a_plain_sign(session: Session) -> None:
    assert names(LISTING.select_page(session, STATEMENT, {"search": "%"}).rows) == ["100 % Ltd"]


def test_links_keep_order_filters_and_other_listings() -> None:
    page = LISTING.slice_page(ROWS, {"state": "open", "tab": "two"})
    assert page.page_link(2) == "?tab=two&state=open&sort=-open_minor&page=2"
    assert page.sort_link(LISTING.columns[1]) == "?tab=two&state=open&sort=open_minor"
    assert page.sort_link(LISTING.columns[0]) == "?tab=two&state=open&sort=name"


def test_two_listings_on_a_page_differ_by_their_prefix() -> None:
    other = Listing(columns=LISTING.columns, first_sort="name", prefix="lost_", size=10)
    assert other.slice_page(ROWS, {"sort": "-open_minor", "lost_page": "2"}).number == 2


def test_an_empty_listing_has_one_page_without_rows() -> None:
    page = LISTING.slice_page([], {})
    assert (page.first_row, page.last_row, page.count_pages) == (0, 0, 1)


def test_the_listing_says_its_order_and_writes_cells_by_kind(render: Callable[..., str]) -> None:
    text = '{% from "parts/table.html" import table %}{{ table(page, "Lost clients") }}'
    html = render(text, page=LISTING.slice_page(ROWS, {"state": "fixed"}))
    assert html.count('aria-sort="descending"') == 1
    assert all(
        part in html for part in ("€25.00", "1–5 of 5", '<option value="fixed" selected>', 'href="?sort=-open_minor"')
    )


def test_a_room_may_write_the_cells_itself(render: Callable[..., str]) -> None:
    text = '{% call(row) table(page, "x") %}<td>{{ row.name }}!</td>{% endcall %}'
    assert "<td>Client 25!</td>" in render(
        '{% from "parts/table.html" import table %}' + text, page=LISTING.slice_page(ROWS, {})
    )
