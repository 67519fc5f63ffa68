"""Numbers and days are read as people type them; what is ambiguous is refused."""

from datetime import date
from decimal import Decimal

import pytest

from implement.web.forms import NotReadable, read_day, read_number


@pytest.mark.parametrize(
    ("language", "typed", "value"),
    [
        ("de", "1.234,56", "1234.56"),
        ("de", "1.234", "1234"),
        ("de", "1234,5", "1234.5"),
        ("de", "1234.56", "1234.56"),
        ("de", "12.50", "12.50"),
        ("en", "1,234.56", "1234.56"),
        ("en", "1,234", "1234"),
        ("en", "12,5", "12.5"),
        ("en", "1.234,56", "1234.56"),
        ("pl", "1 234,56", "1234.56"),
        ("pl", "1\u00a0234\u00a0567", "1234567"),
        ("ru", "1\u202f234,5", "1234.5"),
        ("ru", "1.234", "1234"),
        ("de", "−3,5", "-3.5"),
        ("de", "1'234", "1234"),
    ],
)
def test_numbers_are_read_as_typed(language: str, typed: str, value: str) -> None:
    assert read_number(typed, language) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "abc", "1.2.3", "1,23,456.7", "12 34", "1e5", "NaN", "٣", "1,234.56.7", "--1"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NotReadable):
        read_number(typed, "de")


@pytest.mark.parametrize("typed", ["2024-03-31", "31.03.2024", "31. 3. 2024", "31.03.2024 г."])
def test_days_are_read_as_typed(typed: str) -> None:
    assert read_day(typed) == date(2024, 3, 31)


@pytest.mark.parametrize("typed", ["03/04/2024", "31.02.2024", "2024-13-01", "31.03.24", "today", ""])
def test_what_is_no_sure_day_is_refused(typed: str) -> None:
    with pytest.raises(NotReadable):
        read_day(typed)
