"""Commands over exports say what they cannot use and end with 2, all alike."""

from pathlib import Path

import pytest

from implement.commands import drift, health, map, reconcile

OF_TWO_SIDES = (reconcile.run, map.run, drift.run)


@pytest.mark.parametrize("run", [*OF_TWO_SIDES, health.run])
def test_a_folder_that_is_not_there_is_named(run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    missing = str(tmp_path / "nowhere")
    assert run([missing] if run is health.run else [missing, missing]) == 2
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("run", OF_TWO_SIDES)
def test_a_folder_without_a_table_is_named(run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert run([str(tmp_path), str(tmp_path)]) == 2
    assert f"{tmp_path}: no usable table" in capsys.readouterr().err


@pytest.mark.parametrize("run", [reconcile.run, drift.run])
def test_a_mapping_that_is_none_is_told(run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "m.yaml").write_text("tables: 3\n")
    assert run([str(tmp_path), str(tmp_path), "--mapping", str(tmp_path / "m.yaml")]) == 2
    assert "m.yaml" in capsys.readouterr().err


@pytest.mark.parametrize("run", OF_TWO_SIDES)
def test_an_empty_file_is_named_with_the_side_it_is_on(run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    for side in ("old", "new"):
        (tmp_path / side).mkdir()
        (tmp_path / side / "people.csv").write_text("id;name\n" + "".join(f"{n};Anna {n}\n" for n in range(30)))
    (tmp_path / "new" / "visits.csv").touch()
    assert run([str(tmp_path / "old"), str(tmp_path / "new")]) == 2
    assert f"{tmp_path / 'new' / 'visits.csv'}: " in capsys.readouterr().err
