"""Why a link is believed: the engine's own weights, field by field."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from implement.engine.backend import open_backend
from implement.engine.intake import read_tables
from implement.engine.mapping import propose_mapping
from implement.engine.reconcile import Desk, LinkEvidence, Tables, judge_sureness, open_desk, stage
from implement.engine.reconcile.evidence import FieldEvidence
from tests.engine.transfers import CLIENT_HEAD, DEAL_HEAD, build_clients, build_deals, write_table

CLIENTS = build_clients()
DEALS = build_deals(CLIENTS)


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    """The first deal's title is cut off; client 5 has a new name; the CRM numbers clients and deals anew."""
    new_ids = {client[0]: f"N-{900 - place}" for place, client in enumerate(CLIENTS)}
    clients = [[new_ids[c[0]], "Newname AG" if c[0] == "C0005" else c[1], *c[2:]] for c in CLIENTS]
    deals = [[d[0], new_ids[d[1]], d[2][:9] if d[0] == "D00000" else d[2], *d[3:]] for d in DEALS]
    write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, CLIENTS)
    write_table(tmp_path / "old" / "deals.csv", DEAL_HEAD, DEALS)
    write_table(tmp_path / "new" / "clients.csv", ["guid", *CLIENT_HEAD[1:]], clients)
    write_table(tmp_path / "new" / "deals.csv", ["deal_id", "client_guid", *DEAL_HEAD[2:]], deals)
    with open_backend() as backend:
        source, target = (stage(read_tables(tmp_path / side, backend), backend) for side in ("old", "new"))
        mapping = propose_mapping(source, target, backend)
        sides = ({table.name: table for table in side.tables} for side in (source, target))
        yield Tables(mapping, *sides, backend)


def desk(tables: Tables, name: str) -> Desk:
    found = open_desk(name, tables)
    assert found is not None
    return found


def test_records_with_one_key_say_which_fields_agree(tables: Tables) -> None:
    link = desk(tables, "deals").weigh(1, 1)
    assert (link.way, link.source_key) == ("key", "D00000")
    assert set(link.named("agrees")) == {"client_id", "stage", "amount", "opened"}
    assert (link.named("nearly"), link.named("differs")) == (("title",), ())
    assert judge_sureness(link, None) == "sure"


def test_a_reference_by_new_ids_agrees_where_it_names_the_same_parent(tables: Tables) -> None:
    other = next(place for place, deal in enumerate(DEALS, start=1) if deal[1] != DEALS[1][1])
    assert "client_id" in desk(tables, "deals").weigh(2, 2).named("agrees")
    assert "client_id" in desk(tables, "deals").weigh(2, other).named("differs")


def test_records_without_a_key_are_linked_by_what_says_most(tables: Tables) -> None:
    link = desk(tables, "clients").weigh(6, 6)
    assert link.way == "content"
    assert (link.fields[0].bits, link.named("differs")) == (max(one.bits for one in link.fields), ("name",))
    assert {"phone", "city", "since"} == set(link.named("agrees"))


def test_the_next_best_candidate_is_found_and_agrees_in_less(tables: Tables) -> None:
    people = desk(tables, "clients")
    best, rival = people.find_target(6), people.find_target(6, without={6})
    assert best is not None
    assert rival is not None
    assert (best.row, rival.row != 6) == (6, True)
    assert rival.evidence.agreed < best.evidence.agreed


def test_the_partner_is_found_from_the_other_side_too(tables: Tables) -> None:
    found = desk(tables, "clients").find_source(9)
    assert found is not None
    assert (found.row, found.name) == (9, CLIENTS[8][0])


def evidence(way: str, **fields: tuple[str, float]) -> LinkEvidence:
    return LinkEvidence(way, "", "", tuple(FieldEvidence(name, *said) for name, said in fields.items()))


def test_a_link_by_content_is_sure_only_while_the_next_best_stays_behind() -> None:
    link = evidence("content", mail=("agrees", 10.0), phone=("agrees", 8.0), name=("differs", 4.0))
    far, close = evidence("content", city=("agrees", 3.0)), evidence("content", mail=("agrees", 10.0))
    assert round(link.share, 4) == round(18 / 22, 4)
    assert [judge_sureness(link, rival) for rival in (None, far, close)] == ["sure", "sure", "likely"]


def test_an_equal_key_that_everything_contradicts_is_doubtful() -> None:
    assert judge_sureness(evidence("key", mail=("differs", 10.0), city=("agrees", 2.0)), None) == "doubtful"
