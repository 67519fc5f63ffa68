"""What a table looks like through a sample of it."""

from pathlib import Path

import pytest

from implement.engine.backend import open_backend
from implement.engine.intake import read_tables
from implement.engine.mapping.looking.profile import ColumnProfile, normal_all
from implement.engine.mapping.looking.table_profile import profile_table
from implement.engine.mapping.settings import MappingSettings
from tests.engine.transfers import write_table

FEW = MappingSettings(whole_rows=50, sample_rows=10, least_sample=5, sketch_values=50)


def test_a_key_of_parents_is_no_id_of_its_own_though_no_sampled_row_names_one_twice(tmp_path: Path) -> None:
    rows = [[f"A{number}", f"C{number % 150}"] for number in range(300)]
    path = write_table(tmp_path / "visits.csv", ["visit", "contact"], rows)
    with open_backend(scratch=tmp_path) as backend:
        columns = profile_table(read_tables(path, backend).tables[0], backend, FEW).columns
    assert columns["contact"].counts.total() == len(columns["contact"].counts)
    assert (columns["visit"].unique, columns["contact"].unique) == (1.0, 0.5)


@pytest.mark.parametrize("writing", ["{:05}", "{}.0", " {}", "{}"])
def test_a_key_is_found_again_whatever_way_its_numbers_are_written(tmp_path: Path, writing: str) -> None:
    keys = [f"{number:03}" for number in range(1, 300)]
    one, other = _profile_keys(tmp_path, keys), _profile_keys(tmp_path, [writing.format(int(key)) for key in keys])
    assert one.sketch_step > 1
    assert one.sketch == other.sketch


@pytest.mark.parametrize("title", ["Call {}", "Łódź, źródło {}", "Звонок: {}", "Qualität {} ü", "Ώρα {}"])
def test_a_text_is_found_again_in_capitals_and_whatever_stands_beside_it(tmp_path: Path, title: str) -> None:
    titles = [title.format(number) for number in range(1, 300)]
    one, other = (
        _profile_keys(tmp_path, titles),
        _profile_keys(tmp_path, [*map(str.upper, titles), "A longer title " * 2]),
    )
    assert one.sketch_step > 1
    assert one.sketch == other.sketch - {"alongertitlealongertitle"}


def test_a_text_is_found_again_among_longer_and_shorter_ones(tmp_path: Path) -> None:
    short = [f"{number:03} {'ж' * (number % 9)}" for number in range(1, 300)]
    longer = [f"{text}{text * (number % 7)}" for number, text in enumerate(short)]
    among_long, alone = _profile_keys(tmp_path, [*short[::-1], *longer]), _profile_keys(tmp_path, short)
    assert among_long.sketch_step > alone.sketch_step > 1
    kept = among_long.sketch & set(normal_all(short, among_long.kind, among_long.writing))
    assert kept
    assert kept <= alone.sketch


def test_of_many_values_about_as_many_are_kept_as_are_to_be(tmp_path: Path) -> None:
    for text in ("https://www.firm-{}.example", "{}@mail.example.com", "05D0000{:08X}", "{:07}"):
        column = _profile_keys(tmp_path, [text.format(number) for number in range(6_400)])
        assert column.sketch_step == 128
        assert 25 <= len(column.sketch) <= 85


def _profile_keys(folder: Path, keys: list[str]) -> ColumnProfile:
    with open_backend(scratch=folder) as backend:
        path = write_table(folder / "keys.csv", ["key"], [[key] for key in keys])
        return profile_table(read_tables(path, backend).tables[0], backend, FEW).columns["key"]
