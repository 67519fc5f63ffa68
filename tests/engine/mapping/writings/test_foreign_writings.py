"""The same values in the writing of another CRM: counted dates, other zones, cents, names turned round."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from implement.engine.mapping import mapping_from_yaml, mapping_to_yaml
from implement.engine.reconcile import Reconciliation
from tests.engine.transfers import listed, propose, run_transfer, write_table

BERLIN = ZoneInfo("Europe/Berlin")
FIRST_DAY = datetime(2023, 1, 3, 6, 30, 12, tzinfo=UTC)
MEETINGS = [FIRST_DAY + timedelta(hours=53 * number, minutes=7 * number) for number in range(120)]
NAMES = [f"{first} {last}" for first in ("Anna", "Ben", "Cleo", "Dirk") for last in ("Adler", "Brandt", "Czech")]
BOOKED = [random.Random(number).randrange(-(10**6), 10**6) for number in range(len(MEETINGS))]
CENTS = [random.Random(number).randrange(100, 10**6) * 10 + 7 for number in range(len(MEETINGS))]


def transfer(folder: Path, old: list[str], new: list[str]) -> Reconciliation:
    """Reconcile one column that was written `old` and is now written `new`."""
    write_table(folder / "old" / "visits.csv", ["visit", "told"], [[f"V{n}", cell] for n, cell in enumerate(old)])
    write_table(folder / "new" / "visits.csv", ["visit", "told"], [[f"V{n}", cell] for n, cell in enumerate(new)])
    return run_transfer(folder / "old", folder / "new")


WRITINGS = {
    "seconds": ([str(int(at.timestamp())) for at in MEETINGS], [f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in MEETINGS]),
    "milliseconds": ([f"{int(at.timestamp())}000" for at in MEETINGS], [f"{at:%d.%m.%Y %H:%M:%S}" for at in MEETINGS]),
    "serials": ([f"{at:%d/%m/%Y}" for at in MEETINGS], [str(at.toordinal() - 693594) for at in MEETINGS]),
    "zone": (
        [f"{at:%Y-%m-%dT%H:%M:%S.000+0000}" for at in MEETINGS],
        [f"{at.astimezone(BERLIN):%d.%m.%Y %H:%M}" for at in MEETINGS],
    ),
    "offsets": (
        [f"{at:%Y-%m-%d %H:%M:%S}" for at in MEETINGS],
        [at.astimezone(BERLIN).isoformat(timespec="seconds") for at in MEETINGS],
    ),
    "cents": ([str(cents) for cents in CENTS], [f"{cents / 100:.2f}" for cents in CENTS]),
    "minus behind": (
        [f"{abs(cents) // 100},{abs(cents) % 100:02}{'-' * (cents < 0)}" for cents in BOOKED],
        [f"{cents / 100:.2f}" for cents in BOOKED],
    ),
    "markup": (
        [f"<p>Call {n}&nbsp;about {NAMES[n % 12]}<br>and the offer &amp; more</p>" for n in range(len(MEETINGS))],
        [f"Call {n} about {NAMES[n % 12]}\nand the offer & more" for n in range(len(MEETINGS))],
    ),
    "names": (
        [", ".join(reversed(NAMES[n % 12].split())) for n in range(len(MEETINGS))],
        [NAMES[n % 12] for n in range(len(MEETINGS))],
    ),
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_another_writing_is_no_harm_and_a_changed_value_is_told(tmp_path: Path, writing: str) -> None:
    old, new = WRITINGS[writing]
    assert transfer(tmp_path / "same", old, new).harmful == 0
    changed = [*new[:50], new[3], *new[51:]]
    assert listed(transfer(tmp_path / "changed", old, changed)) == [("V50", "value_changed", "told")]


def test_the_same_text_means_another_day_where_the_sides_turn_dates_round(tmp_path: Path) -> None:
    old, new = [f"{at:%m/%d/%Y}" for at in MEETINGS], [f"{at:%d/%m/%Y}" for at in MEETINGS]
    place = next(n for n, at in enumerate(MEETINGS) if at.day <= 12 and at.day != at.month)
    new[place] = old[place]
    assert listed(transfer(tmp_path, old, new)) == [(f"V{place}", "date_swapped", "told")]


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_writing_survives_the_file(tmp_path: Path, writing: str) -> None:
    transfer(tmp_path, *WRITINGS[writing])
    mapping = propose(tmp_path / "old", tmp_path / "new")
    assert mapping_from_yaml(mapping_to_yaml(mapping)) == mapping


TAILS = [f"20 {random.Random(number).randrange(10**6, 10**7)}" for number in range(120)]
DIALLED = [f"0{tail}" if number % 5 == 1 else f"+44 ({tail[:2]}) {tail[3:]}" for number, tail in enumerate(TAILS)]
GIVEN = [f"+44{tail.replace(' ', '')}" for tail in TAILS]


def test_phones_dialled_from_home_are_no_harm_beside_many_with_a_country_code(tmp_path: Path) -> None:
    assert transfer(tmp_path / "same", DIALLED, GIVEN).harmful == 0
    changed = [*GIVEN[:51], GIVEN[3], *GIVEN[52:]]
    assert listed(transfer(tmp_path / "changed", DIALLED, changed)) == [("V51", "value_changed", "told")]


def test_zeros_lost_from_before_some_numbers_are_told_where_others_only_lose_their_signs(tmp_path: Path) -> None:
    parts = [f"{number % 2}{tail[3:6]}-{tail[6:]}55" for number, tail in enumerate(TAILS)]
    plain = [part.replace("-", "") for part in parts]
    lost = [part.lstrip("0") if number % 10 == 0 else part for number, part in enumerate(plain)]
    assert len(listed(transfer(tmp_path, parts, lost))) == sum(map(str.__ne__, plain, lost))
