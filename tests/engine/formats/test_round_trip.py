"""A value written in any known way comes back as itself."""

import datetime as dt
import random
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import ibis
import pytest

from implement.engine.backend import open_backend
from implement.engine.formats import canonical, recognise

DATE_WRITINGS = ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%d.%m.%y", "%m/%d/%y"]
NUMBER_MARKS = [(".", ""), (",", ""), (".", ","), (",", "."), (",", " "), (",", "\u00a0"), (".", "'")]


def write_canonically(values: Sequence[str]) -> list[str]:
    profile = recognise("value", dict.fromkeys(values, 1))
    with tempfile.TemporaryDirectory() as folder, open_backend(scratch=Path(folder), memory_mb=256) as backend:
        table = ibis.memtable([{"place": place, "value": value} for place, value in enumerate(values)])
        written = table.select("place", text=canonical(table["value"], profile)).order_by("place")
        return backend.connection.to_pyarrow(written)["text"].to_pylist()


def write_amount(amount: Decimal, decimal: str, group: str) -> str:
    return f"{amount:,.2f}".replace(",", "\0").replace(".", decimal).replace("\0", group)


def plain(amount: Decimal) -> str:
    text = f"{amount:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def some_days(seed: int) -> list[dt.date]:
    chance = random.Random(seed)
    days = [dt.date(1970, 1, 1) + dt.timedelta(days=chance.randrange(36_000)) for _ in range(60)]
    return [dt.date(2001, 1, 31), *days]


def some_amounts(seed: int) -> list[Decimal]:
    chance = random.Random(seed)
    return [Decimal(chance.randrange(-(10**width), 10**width)) / 100 for width in range(1, 10) for _ in range(8)]


@pytest.mark.parametrize("writing", DATE_WRITINGS)
def test_a_day_comes_back_from_every_writing(writing: str) -> None:
    days = some_days(seed=1)
    assert write_canonically([day.strftime(writing) for day in days]) == [day.isoformat() for day in days]


@pytest.mark.parametrize(("decimal", "group"), NUMBER_MARKS)
def test_an_amount_comes_back_from_every_writing(decimal: str, group: str) -> None:
    amounts = some_amounts(seed=2)
    assert write_canonically([write_amount(amount, decimal, group) for amount in amounts]) == [
        plain(amount) for amount in amounts
    ]
