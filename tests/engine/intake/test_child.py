"""Files from strangers are read in a child process that gives up in time."""

from pathlib import Path

import pytest

from implement.engine.backend import Backend
from implement.engine.intake import IntakeLimits, load_manifest, read_tables, read_tables_in_child
from tests.engine.intake.cells import rows_of
from tests.engine.intake.hostile import hostile_files

SMALL = IntakeLimits(archive_unpacked_bytes=4 << 20, ratio_from_bytes=1 << 20, child_memory_mb=2048, child_seconds=60)


class Hostile:
    """A folder of hostile files, and the fault each must end in."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.codes = folder, {}
        for name, (content, code) in hostile_files(folder).items():
            (folder / name).write_bytes(content)
            self.codes[name] = code


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    return Hostile(tmp_path_factory.mktemp("hostile"))


def test_every_hostile_file_is_refused_for_what_it_is(hostile: Hostile, backend: Backend) -> None:
    found = {name: read_tables(hostile.folder / name, backend, limits=SMALL).faults for name in hostile.codes}
    assert {name: [fault.code for fault in faults] for name, faults in found.items()} == {
        name: [code] for name, code in hostile.codes.items()
    }


@pytest.mark.parametrize("name", ["bomb.xlsx", "deep.json", "random.csv"])
def test_the_child_hands_back_the_fault(hostile: Hostile, tmp_path: Path, name: str) -> None:
    manifest = read_tables_in_child(hostile.folder / name, tmp_path / "out", limits=SMALL)
    assert [fault.code for fault in manifest.faults] == [hostile.codes[name]]
    assert not list((tmp_path / "out").glob("*.parquet"))


def test_what_the_child_has_read_is_loaded_with_name_sample_and_notes(backend: Backend, tmp_path: Path) -> None:
    (tmp_path / "3f2a").write_bytes("Bericht;\nid;name\n1;Müller\n2;\n".encode("cp1252"))
    read_tables_in_child(tmp_path / "3f2a", tmp_path / "out", limits=SMALL, name="Kunden.csv")
    intake = load_manifest(tmp_path / "out", backend)
    (table,) = intake.tables
    assert (table.name, table.file, table.encoding, table.nulls) == ("Kunden", "Kunden.csv", "cp1252", (0, 1))
    assert rows_of(table) == [("1", "Müller"), ("2", None)]
    assert table.sample is not None and table.sample.num_rows == 2
    assert [note.code for note in intake.notes] == ["lines_above_header"]


def test_a_child_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "deals.csv").write_text("id,name\n1,Acme\n")
    manifest = read_tables_in_child(tmp_path / "deals.csv", tmp_path / "out", limits=IntakeLimits(child_seconds=0))
    assert [fault.code for fault in manifest.faults] == ["reading_too_long"]


def test_a_child_that_needs_too_much_memory_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "deals.csv").write_text("id,name\n1,Acme\n")
    manifest = read_tables_in_child(tmp_path / "deals.csv", tmp_path / "out", limits=IntakeLimits(child_memory_mb=64))
    assert [fault.code for fault in manifest.faults] == ["reading_too_large"]
