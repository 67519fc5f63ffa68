"""Lists as other CRMs and spreadsheets write them: columns proposed right, figures come out right."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.funnel import LossMap, look_at_columns, propose_deal_columns
from tests.engine.funnel.lists import Rows, a_map, a_table


@pytest.fixture(scope="module")
def backend() -> Iterator[Backend]:
    with open_backend() as opened:
        yield opened


def money(found: LossMap) -> dict[str, Decimal]:
    return dict(found.totals.won.amounts)


def test_a_word_for_not_closed_is_no_day_and_the_name_of_the_column_names_the_currency(backend: Backend) -> None:  # M11
    header = ("ID", "Бюджет, руб.", "Дата создания сделки", "Дата закрытия", "Этап сделки", "Компания")
    ended = [(str(n), "1 000", f"0{n}.02.2024 09:30:00", f"1{n}.02.2024 10:00:00", "Успешно реализовано", "Вектор")
             for n in range(1, 4)]  # fmt: skip
    open_ = [(str(n), "500", "01.03.2024 09:30:00", "не закрыта", "Переговоры", "Восход") for n in range(4, 8)]
    found = a_map(header, ended + open_, backend)
    assert (found.unread, found.won_days.middle) == ((), 10)
    assert (money(found), found.totals.open.deals) == ({"RUB": Decimal(3000)}, 4)


def test_where_the_stage_stays_and_a_status_says_how_it_ended_losses_stand_at_their_stage(backend: Backend) -> None:
    header = ("Deal - ID", "Deal - Stage", "Deal - Status", "Deal - Value", "Deal - Currency of Value")
    ways = [("Demo Scheduled", "Lost"), ("Proposal Made", "Won"), ("Proposal Made", "Lost"), ("Demo Scheduled", "Open")]
    rows = [(str(n), *ways[n % 4], "100", "EUR") for n in range(40)]
    found = a_map(header, rows, backend)  # M12
    assert [(one.name, one.lost.deals, one.here.deals) for one in found.stages] == [
        ("Demo Scheduled", 10, 10), ("Proposal Made", 10, 0),
    ]  # fmt: skip
    assert money(found) == {"EUR": Decimal(1000)}


def test_months_by_name_and_whole_thousands_with_a_dot_are_read(backend: Backend) -> None:
    header = ("Vorgang", "Firma", "Verkaufsphase", "Volumen (EUR)", "Eröffnet", "Beendet", "Grund der Absage")
    rows = [("1", "Jäger", "Auftrag erteilt", "12.500", "5. März 2024", "15. März 2024", "-"),
            ("2", "Groß", "Auftrag erteilt", "999", "1. Mai 2024", "31. Mai 2024", "-"),
            ("3", "Groß", "Kein Interesse", "1.000", "1. Juni 2024", "3. Juni 2024", "Preis"),
            ("4", "Groß", "Erstgespräch", "2.000", "1. Juni 2024", "-", "-"),
            ("5", "Groß", "Erstgespräch", "2.000", "2. Juni 2024", "-", "-")]  # fmt: skip
    found = a_map(header, rows, backend)
    assert (money(found), found.won_days.middle) == ({"EUR": Decimal(13_499)}, 20)
    assert [value for value, _sums in found.reasons] == ["Preis"]


def test_two_currencies_in_the_cells_are_never_added_up(backend: Backend) -> None:
    rows = [("1", "Wygrana", "1 234,50 zł"), ("2", "Wygrana", "200,00 €"), ("3", "Przegrana", "10 €")]
    found = a_map(("Numer", "Status", "Kwota"), rows, backend)
    assert money(found) == {"PLN": Decimal("1234.50"), "EUR": Decimal(200)}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (("Nr oferty", "Nazwa kontrahenta", "Etap sprzedaży", "Wartość netto", "Data wpływu", "Data zakończenia"),
         "deal client stage amount opened closed"),
        (("Angebots-Nr.", "Kundenname", "Status", "Auftragswert netto", "Angelegt am", "Entscheidung am"),
         "deal client stage amount opened closed"),
        (("№ заявки", "Контрагент", "Стадия", "Сумма документа", "Когда обратился", "Когда завершили"),
         "deal client stage amount opened closed"),
        (("Record ID", "Associated Company", "Deal Stage", "Amount", "Create Date", "Close Date"),
         "deal client stage amount opened closed"),
    ],
)  # fmt: skip
def test_headers_of_other_systems_are_known(header: tuple[str, ...], expected: str, backend: Backend) -> None:
    rows: Rows = [(str(n), f"Firm {n % 3}", ("won", "lost", "new")[n % 3], f"{n}.50", "2024-01-03", "2024-02-04")
                  for n in range(1, 13)]  # fmt: skip
    proposed = propose_deal_columns(look_at_columns(a_table(header, rows, backend), backend))
    assert proposed == dict(zip(expected.split(), header, strict=True))
