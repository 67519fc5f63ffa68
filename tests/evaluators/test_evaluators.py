"""The judges are judged: generators plant what they say, scorers give a perfect answer 1 and an empty one 0."""

import csv
from pathlib import Path

import pytest

from tests.evaluators.transfer.arrivals import BORN_HERE
from tests.evaluators.transfer.evaluate import main
from tests.evaluators.transfer.modes import MODES, Trial, build_trial
from tests.evaluators.transfer.scoring import FAULT_CLASSES, HEADER, Finding, read_findings, score_findings
from tests.evaluators.transfer.truth import Planted
from tests.evaluators.transfer.writing import FORMATS, source_exports, target_exports, write_exports

PLANTING_MODES = [name for name, mode in MODES.items() if mode.plan]
CLEAN_MODES = [name for name, mode in MODES.items() if not mode.plan]


def _perfect(trial: Trial) -> list[Finding]:
    return [
        Finding(one.table, one.fault, one.address, f"{one.pattern} {_words(trial, one.pattern)}")
        for one in trial.truth.instances
    ]


def _words(trial: Trial, pattern_name: str) -> str:
    return " ".join(pattern.words[0] for pattern in trial.patterns if pattern.name == pattern_name)


@pytest.mark.parametrize("mode", PLANTING_MODES)
def test_perfect_findings_score_one(mode: str) -> None:
    trial = build_trial(mode, 500)
    score = score_findings(_perfect(trial), trial.truth, trial.patterns)
    assert score.macro_f1 == 1.0
    assert score.noise == 0.0
    assert not score.missed
    assert all(score.causes.values())


@pytest.mark.parametrize("mode", PLANTING_MODES)
def test_no_findings_score_nothing(mode: str) -> None:
    trial = build_trial(mode, 500)
    assert score_findings([], trial.truth, trial.patterns).macro_f1 == 0.0


@pytest.mark.parametrize("mode", PLANTING_MODES)
def test_every_class_is_planted_thirty_times(mode: str) -> None:
    score = score_findings([], build_trial(mode, 2000).truth)
    rekeyed_needs_keys = {"rekeyed"} if "keyless" in mode else set()
    often = {name for name, one in score.classes.items() if one.planted >= 30}
    assert set(FAULT_CLASSES) - rekeyed_needs_keys <= often


@pytest.mark.parametrize("mode", CLEAN_MODES)
def test_a_clean_copy_has_no_truth(mode: str) -> None:
    assert build_trial(mode, 300).truth.instances == ()


def test_a_false_finding_lowers_f1_and_is_noise() -> None:
    trial = build_trial("keyed", 700)
    alarm = Finding("contacts", "dropped", ("no such contact", "", ""), "")
    score = score_findings([*_perfect(trial), alarm], trial.truth)
    assert score.macro_f1 < 1.0
    assert score.noise > 0.0


def test_the_same_seed_gives_the_same_trial() -> None:
    assert build_trial("stacked", 120, seed=4).truth == build_trial("stacked", 120, seed=4).truth
    assert build_trial("stacked", 120, seed=4).truth != build_trial("stacked", 120, seed=5).truth


def test_dropped_records_are_absent_from_the_target() -> None:
    trial = build_trial("keyed", 700)
    shown = {name: set(landed.legacy[landed.order]) for name, landed in trial.landed.items()}
    dropped = [one for one in trial.truth.instances if one.fault == "dropped"]
    assert dropped
    assert not [one for one in dropped if one.address[0] in shown[one.table]]


def _read(folder: Path, name: str) -> dict[str, dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {next(value for title, value in row.items() if title == f"{_singular(name)}_id"): row for row in rows}


def _singular(table: str) -> str:
    return {"activities": "activity"}.get(table, table.removesuffix("s"))


def test_a_plain_comparison_of_the_files_finds_the_planted_cells_and_no_others(tmp_path: Path) -> None:
    trial = build_trial("same_names", 700)
    write_exports(source_exports(trial), tmp_path / "source")
    write_exports(target_exports(trial), tmp_path / "target")
    for table in ("accounts", "contacts", "deals", "activities"):
        source, target = _read(tmp_path / "source", table), _read(tmp_path / "target", table)
        truth = [one for one in trial.truth.instances if one.table == table]
        assert set(source) - set(target) == _sources(truth, "dropped", "merged", "rekeyed")
        assert _differing(source, target) == _cells(truth) | _following_a_twin(trial, table)


def _sources(truth: list[Planted], *faults: str) -> set[str]:
    return {one.address[0] for one in truth if one.fault in faults}


def _cells(truth: list[Planted]) -> set[tuple[str, str]]:
    gone = _sources(truth, "dropped", "merged", "rekeyed")
    named = {(source, part) for one in truth for source, _, name in one.accepted for part in name.split("|") if part}
    return {(source, part) for source, part in named if source not in gone}


def _differing(source: dict[str, dict[str, str]], target: dict[str, dict[str, str]]) -> set[tuple[str, str]]:
    both = source.keys() & target.keys()
    return {(key, name) for key in both for name, value in source[key].items() if target[key][name] != value}


def _following_a_twin(trial: Trial, table: str) -> set[tuple[str, str]]:
    """References that changed rightly: their parent was merged or arrived under another id."""
    child, found = trial.arrivals[table], set()
    for column, parent_name in child.sheet.references.items():
        parent = trial.arrivals[parent_name]
        renamed = {parent.sheet.keys[row] for row in parent.absorbed_by}
        renamed |= {parent.sheet.keys[one.row] for one in parent.spoiled if one.fault == "rekeyed"}
        keys = child.sheet.columns[column]
        found |= {
            (child.sheet.keys[row], column)
            for row in range(child.sheet.row_count)
            if keys[row] in renamed and child.alive[row] and child.legacy[row] == child.sheet.keys[row]
        }
    return found


@pytest.mark.parametrize("layout", FORMATS)
def test_every_format_is_written(layout: str, tmp_path: Path) -> None:
    write_exports(target_exports(build_trial("half", 120)), tmp_path, layout, "utf-16", "\t")
    assert list(tmp_path.iterdir())


def test_extra_records_come_from_no_source_record() -> None:
    trial = build_trial("unplanned", 300)
    extra = [one for arrival in trial.arrivals.values() for one in arrival.spoiled if one.fault == "extra"]
    assert extra
    assert all(address[0] == "" for one in trial.truth.instances if one.fault == "extra" for address in one.accepted)
    assert BORN_HERE in trial.arrivals["deals"].origin


def test_the_command_line_prints_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "answer.py"
    empty.write_text(f"import sys, pathlib\npathlib.Path(sys.argv[-1]).write_text({','.join(HEADER) + chr(10)!r})\n")
    main(["--size", "120", "--command", f"python3 {empty}", "--keep", str(tmp_path / "kept")])
    assert "macro F1 0.0000" in capsys.readouterr().out
    assert read_findings(tmp_path / "kept" / "keyed" / "findings.csv") == []


@pytest.mark.parametrize("mode", PLANTING_MODES)
def test_no_fault_of_a_field_is_claimed_of_a_record_that_never_arrived(mode: str) -> None:
    instances = build_trial(mode, 400, seed=7).truth.instances
    gone = {(one.table, one.address[0]) for one in instances if one.fault in ("dropped", "merged")}
    of_fields = [one for one in instances if one.address[2]]
    assert not [one for one in of_fields if (one.table, one.address[0]) in gone]
