"""A card is filled enough for a campaign when it names a segment and a way to reach somebody."""

from pathlib import Path

from implement.engine.backend import open_backend
from implement.engine.cards import Cards, count_cards
from implement.engine.intake import read_tables

CLIENTS = """Company;Sector;E-mail;Phone
Acme;Trade;a@x.org;
Big;Trade;;
Tiny;;t@x.org;
Other;Retail;;123
New;Retail;;
"""


def count(folder: Path, text: str) -> Cards | None:
    (folder / "clients.csv").write_text(text, "utf-8")
    with open_backend() as backend:
        return count_cards(read_tables(folder, backend).tables, backend)


def test_cards_are_counted_by_segment_and_those_without_one_do_not_count(tmp_path: Path) -> None:  # M32
    cards = count(tmp_path, CLIENTS)
    assert cards is not None
    assert [(one.name, one.k, one.n) for one in cards.segments] == [("Retail", 1, 2), ("Trade", 1, 2), ("", 0, 1)]
    assert (cards.segment_column, cards.total) == ("Sector", (2, 5))


def test_without_a_segment_nothing_is_counted(tmp_path: Path) -> None:
    assert count(tmp_path, "Company;E-mail\nAcme;a@x.org\nBig;b@x.org\n") is None
