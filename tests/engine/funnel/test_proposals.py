"""Which column says what and which stage is which: proposed by names and by values, in four languages."""

from collections.abc import Iterator

import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.funnel import State, look_at_columns, propose_deal_columns, propose_stages
from tests.engine.funnel.lists import a_table

DAYS = ("2024-01-03", "2024-02-04", "2024-03-05")


@pytest.fixture(scope="module")
def backend() -> Iterator[Backend]:
    with open_backend() as opened:
        yield opened


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (("Opportunity Number", "Account Name", "Stage", "Amount", "Opportunity Owner", "Created Date", "Close Date"),
         "deal client stage amount owner opened closed"),
        (("Nr zamówienia", "Klient", "Etap", "Wartość", "Opiekun", "Data utworzenia", "Data zamknięcia"),
         "deal client stage amount owner opened closed"),
        (("Номер сделки", "Клиент", "Стадия", "Сумма", "Ответственный", "Дата создания", "Дата закрытия"),
         "deal client stage amount owner opened closed"),
        (("Auftragsnummer", "Kunde", "Status", "Betrag", "Zuständiger", "Angelegt am", "Abschlussdatum"),
         "deal client stage amount owner opened closed"),
        (("id", "customer", "result", "value", "sales rep", "order date", "due date"),
         "deal client stage amount owner opened due"),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_names(header: tuple[str, ...], expected: str, backend: Backend) -> None:
    rows = [
        (f"D{n}", f"Firm {n % 2}", ("won", "lost", "new")[n % 3], f"{n + 1}00", f"P{n % 2}", DAYS[n % 3], DAYS[-1])
        for n in range(12)
    ]
    proposed = propose_deal_columns(look_at_columns(a_table(header, rows, backend), backend))
    assert proposed == dict(zip(expected.split(), header, strict=True))


def test_columns_without_telling_names_are_known_by_their_values(backend: Backend) -> None:
    rows = [(f"{n}", ("won", "lost")[n % 2], DAYS[n % 2], DAYS[2], f"{n % 3}.50") for n in range(12)]
    proposed = propose_deal_columns(look_at_columns(a_table(("c1", "c2", "c3", "c4", "c5"), rows, backend), backend))
    assert proposed == {"stage": "c2", "opened": "c3", "closed": "c4", "amount": "c5", "deal": "c1"}


def test_the_order_of_columns_changes_nothing(backend: Backend) -> None:
    header = ("Deal ID", "Stage", "Client", "Amount", "Owner")
    rows = [(f"{n}", ("won", "lost")[n % 2], f"F{n % 3}", f"{n}", f"P{n % 2}") for n in range(12)]
    turned = [tuple(reversed(row)) for row in rows]
    one, other = a_table(header, rows, backend), a_table(header[::-1], turned, backend)
    assert propose_deal_columns(look_at_columns(one, backend)) == propose_deal_columns(look_at_columns(other, backend))


@pytest.mark.parametrize(
    ("stages", "won", "lost", "way"),
    [
        (("Prospecting", "Qualification", "Proposal/Price Quote", "Negotiation/Review", "Closed Won", "Closed Lost"),
         "Closed Won", "Closed Lost", ["Prospecting", "Qualification", "Proposal/Price Quote", "Negotiation/Review"]),
        (("Первичный контакт", "Переговоры", "Согласование договора", "Успешно реализовано",
          "Закрыто и не реализовано"),
         "Успешно реализовано", "Закрыто и не реализовано",
         ["Первичный контакт", "Переговоры", "Согласование договора"]),
        (("Neu", "Angebot", "Verhandlung", "Gewonnen", "Verloren"), "Gewonnen", "Verloren",
         ["Neu", "Angebot", "Verhandlung"]),
        (("Oferta", "Pierwszy kontakt", "Negocjacje", "Wygrana", "Przegrana"), "Wygrana", "Przegrana",
         ["Pierwszy kontakt", "Oferta", "Negocjacje"]),
        (("2 Offer", "1 Demo", "10 Talks", "Won", "Loss"), "Won", "Loss", ["1 Demo", "2 Offer", "10 Talks"]),
    ],
)  # fmt: skip
def test_stages_are_sorted_along_the_way_of_a_sale(
    stages: tuple[str, ...], won: str, lost: str, way: list[str]
) -> None:
    found = propose_stages(dict.fromkeys(stages, 5))
    assert [one.name for one in found if one.state is State.WON] == [won]
    assert [one.name for one in found if one.state is State.LOST] == [lost]
    opened = sorted((one for one in found if one.state is State.OPEN), key=lambda one: one.place)
    assert [one.name for one in opened] == way
