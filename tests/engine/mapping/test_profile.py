"""What a table looks like through a sample of it."""

from pathlib import Path

import pytest

from implement.engine.backend import open_backend
from implement.engine.intake import read_tables
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.table_profile import profile_table
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
    with open_backend(scratch=tmp_path) as backend:
        one, other = (
            profile_table(read_tables(path, backend).tables[0], backend, FEW).columns["key"]
            for path in (
                write_table(tmp_path / "one.csv", ["key"], [[f"{number:03}"] for number in range(1, 300)]),
                write_table(tmp_path / "other.csv", ["key"], [[writing.format(number)] for number in range(1, 300)]),
            )
        )
    assert one.sketch_step > 1
    assert one.sketch == other.sketch
