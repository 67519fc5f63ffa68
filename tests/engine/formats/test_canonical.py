"""Every value has one canonical writing, whatever hand wrote it."""

import pytest

from implement.engine.formats import FormatSettings, Kind
from tests.engine.formats.conftest import Write

DATES = [
    (["2016-10-20", "2017-03-01"], "Y-M-D", ["2016-10-20", "2017-03-01"]),
    (["20.10.2016", "1.3.2017"], "D.M.Y", ["2016-10-20", "2017-03-01"]),
    (["20-10-2016", "01-03-2017"], "D-M-Y", ["2016-10-20", "2017-03-01"]),
    (["10/20/2016", "3/1/2017"], "M/D/Y", ["2016-10-20", "2017-03-01"]),
    (["20/10/2016", "1/3/2017"], "D/M/Y", ["2016-10-20", "2017-03-01"]),
    (["2016/10/20", "2017/3/1"], "Y/M/D", ["2016-10-20", "2017-03-01"]),
    (["20.10.16", "01.03.70"], "D.M.y", ["2016-10-20", "1970-03-01"]),
    (["20161020", "20170301"], "YMD", ["2016-10-20", "2017-03-01"]),
]
TIMES = [
    (["22-04-2014 03:53", "01-05-2014 23:07"], ["2014-04-22T03:53:00", "2014-05-01T23:07:00"]),
    (["1/13/2020 1:05 PM", "1/13/2020 12:00 AM"], ["2020-01-13T13:05:00", "2020-01-13"]),
    (["2024-08-13T18:22:01.123Z", "2024-08-14 00:00:00"], ["2024-08-13T18:22:01", "2024-08-14"]),
    (["2011-10-01T00:30:00+02:00", "2011-10-01T10:00:00Z"], ["2011-09-30T22:30:00", "2011-10-01T10:00:00"]),
]
NUMBERS = [
    (["1,234.56", "-0.50", "12"], "1,234.56", ["1234.56", "-0.5", "12"]),
    (["1.234,56", "-0,50", "12"], "1.234,56", ["1234.56", "-0.5", "12"]),
    (["1 234,56", "1 000 000", "2,5"], "1 234,56", ["1234.56", "1000000", "2.5"]),
    (["1'234.56", "7'000.00"], "1'234.56", ["1234.56", "7000"]),
    (["$1,234.50", "($12.00)", "0.00"], "1,234.56", ["1234.5", "-12", "0"]),
    (["12,50 €", "1.000,00 €"], "1.234,56", ["12.5", "1000"]),
    (["1054.0", "4514.50", ".5", "-0.0"], "1234.56", ["1054", "4514.5", "0.5", "0"]),
    (["1.2E+10", "5.5", "1e-3"], "1234.56", ["12000000000", "5.5", "0.001"]),
    (["5", "-3", "0"], "1234", ["5", "-3", "0"]),
]


@pytest.mark.parametrize(("values", "format_name", "expected"), DATES, ids=[case[1] for case in DATES])
def test_a_date_is_written_as_iso(write: Write, values: list[str], format_name: str, expected: list[str]) -> None:
    profile, written = write(values)
    assert (profile.kind, profile.formats, profile.ambiguous) == (Kind.DATE, (format_name,), ())
    assert written == expected


@pytest.mark.parametrize(("values", "expected"), TIMES)
def test_a_time_is_kept_to_the_second_and_midnight_adds_nothing(
    write: Write, values: list[str], expected: list[str]
) -> None:
    profile, written = write(values)
    assert (profile.kind, written) == (Kind.TIMESTAMP, expected)


def test_an_offset_may_be_left_where_the_day_of_the_person_counts(write: Write) -> None:
    _, written = write(["2011-10-01T00:30:00+02:00"], settings=FormatSettings(to_utc=False))
    assert written == ["2011-10-01T00:30:00"]


@pytest.mark.parametrize(("values", "format_name", "expected"), NUMBERS, ids=[case[0][0] for case in NUMBERS])
def test_a_number_is_written_plainly(write: Write, values: list[str], format_name: str, expected: list[str]) -> None:
    profile, written = write(values)
    assert (profile.formats, written) == ((format_name,), expected)
    assert profile.kind in (Kind.INTEGER, Kind.DECIMAL)


@pytest.mark.parametrize("values", [["01/02/2020", "11/12/2020"], ["3-4-2021", "5-6-2021"]])
def test_day_and_month_are_called_ambiguous_when_no_value_decides(write: Write, values: list[str]) -> None:
    profile, _ = write(values)
    assert len(profile.ambiguous) == 1


def test_one_deciding_value_decides_for_the_column(write: Write) -> None:
    profile, written = write(["1/2/2020", "3/4/2020", "25/12/2020"])
    assert (profile.formats, profile.ambiguous) == (("D/M/Y",), ())
    assert written == ["2020-02-01", "2020-04-03", "2020-12-25"]


def test_mixed_writings_of_a_date_are_all_read(write: Write) -> None:
    profile, written = write(["2020-01-31", "2020-02-01", "31.01.2020"])
    assert profile.formats == ("Y-M-D", "D.M.Y")
    assert written == ["2020-01-31", "2020-02-01", "2020-01-31"]


@pytest.mark.parametrize(
    ("name", "values", "format_name", "expected"),
    [
        ("last_login", ["1398138810"], "epoch_s", ["2014-04-22T03:53:30"]),
        ("created_at", ["1398138810000"], "epoch_ms", ["2014-04-22T03:53:30"]),
        ("close_date", ["42663", "42664.5"], "excel", ["2016-10-20", "2016-10-21T12:00:00"]),
    ],
)
def test_serial_numbers_are_dates_where_the_column_is_named_so(
    write: Write, name: str, values: list[str], format_name: str, expected: list[str]
) -> None:
    profile, written = write(values, name)
    assert (profile.format, written) == (format_name, expected)


def test_serial_numbers_elsewhere_stay_numbers_and_say_what_they_could_be(write: Write) -> None:
    profile, _ = write(["42663", "42700"], "order_id")
    assert (profile.kind, profile.ambiguous) == (Kind.INTEGER, ("excel",))


def test_codes_with_leading_zeros_are_text(write: Write) -> None:
    profile, written = write(["00123", "99999"])
    assert (profile.kind, written) == (Kind.TEXT, ["00123", "99999"])


@pytest.mark.parametrize("values", [["TRUE", "false"], ["Ja", "nein"], ["tak", "NIE"], ["да", "Нет"]])
def test_yes_and_no_are_true_and_false(write: Write, values: list[str]) -> None:
    profile, written = write(values)
    assert (profile.kind, written) == (Kind.BOOLEAN, ["true", "false"])


def test_mail_is_small_letters_and_phones_are_digits(write: Write) -> None:
    assert write(["Anna@Example.org"])[1] == ["anna@example.org"]
    assert write(["+49 (30) 123-456", "0049 30 999999", "030/1234567 ext. 12"])[1] == [
        "+4930123456", "+4930999999", "0301234567x12",
    ]  # fmt: skip


def test_text_is_trimmed_composed_and_single_spaced(write: Write) -> None:
    profile, written = write(["  Acme \u00a0 Corp ", "Mu\u0308ller", "   ", "", None])
    assert (profile.kind, profile.nulls) == (Kind.TEXT, 3)
    assert written == ["Acme Corp", "Müller", None, None, None]


def test_a_value_the_format_does_not_know_stays_as_text(write: Write) -> None:
    values = [f"2020-01-{day:02d}" for day in range(1, 29)] + ["soon", "2020-13-45"]
    assert write(values)[1][-2:] == ["soon", "2020-13-45"]


def test_a_column_already_canonical_says_so(write: Write) -> None:
    assert write(["2020-01-31", "2020-02-01"])[0].is_plain
    assert not write(["2020-01-31", " 2020-02-01"])[0].is_plain
