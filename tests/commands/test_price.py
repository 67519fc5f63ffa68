"""The command `price`: its files, its exit codes, and the same bytes wherever it runs."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from implement.__main__ import main
from implement.commands.price import run
from tests.engine.pay.plans import FULL, a_plan, changed, healthy
from tests.evaluators.pay.plans import random_plan

ROOT = Path(__file__).parents[2]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "PLAN.json"
    path.write_text(json.dumps(a_plan(healthy("Zoë"), FULL), ensure_ascii=False), encoding="utf-8")
    return path


def _refused(path: Path, content: str) -> list[str]:
    """Run on a plan that cannot be priced, in a process of its own; returns the lines said."""
    path.write_text(content, encoding="utf-8")
    asked = [sys.executable, "-m", "implement", "price", str(path), "--out", str(path.with_name("PAY.json"))]
    ended = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, path.with_name("PAY.json").exists()) == (2, "", False)
    assert "Traceback" not in ended.stderr
    return ended.stderr.splitlines()


def test_the_pay_is_written_with_its_parts_and_the_hash_of_the_plan(plan: Path, tmp_path: Path) -> None:
    assert run([str(plan), "--out", str(tmp_path / "PAY.json")]) == 0
    pay = json.loads((tmp_path / "PAY.json").read_text(encoding="utf-8"))
    assert list(pay) == ["engine", "input_sha256", "people"]
    assert pay["input_sha256"] == hashlib.sha256(plan.read_bytes()).hexdigest()
    assert pay["people"][0] == {
        "id": "Zoë",
        "total_minor": 80_000,
        "parts": [{"name": "plan", "minor": 80_000}, {"name": "plan:visits", "minor": 80_000}],
    }
    names = ["plan", "plan:visits", "commission", "kicker:new clients"]
    assert [part["name"] for part in pay["people"][1]["parts"]] == names


def test_without_a_file_the_pay_goes_to_standard_output(
    plan: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run([str(plan)]) == 0
    printed = capsysbinary.readouterr().out
    assert run([str(plan), "--out", str(tmp_path / "PAY.json")]) == 0
    assert printed == (tmp_path / "PAY.json").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["PAY.json", "PLAN.json"]


def test_every_fault_stands_on_its_own_line_and_an_earlier_pay_is_left_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, pay = tmp_path / "PLAN.json", tmp_path / "PAY.json"
    plan.write_text(json.dumps(a_plan(changed("ramp", "0"), healthy(), changed("id", "x\ny") | {"ramp": 1})))
    pay.write_text("what was paid before")
    assert run([str(plan), "--out", str(pay)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["people[0] bob, ramp", "people[2] x\\ny, ramp"]
    assert pay.read_text() == "what was paid before"


@pytest.mark.parametrize(
    "junk", ["[" * 3_000_000, '{"people":' + "[" * 3_000_000, '{"a":"' + "x" * 3_000_000, "\x00" * 9]
)
def test_junk_ends_in_one_line_without_a_traceback(tmp_path: Path, junk: str) -> None:
    assert len(_refused(tmp_path / "PLAN.json", junk)) == 1


def test_a_plan_that_is_not_there_and_a_folder_that_is_not_there_are_told(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([str(tmp_path / "NOWHERE.json")]) == 2
    assert run([str(plan), "--out", str(tmp_path / "nowhere" / "PAY.json")]) == 2
    assert [line.rpartition(": ")[2] for line in capsys.readouterr().err.splitlines()] == [
        "No such file or directory"
    ] * 2


def test_the_pay_never_replaces_the_plan(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = plan.read_bytes()
    assert run([str(plan), "--out", str(plan)]) == 2
    assert plan.read_bytes() == before
    assert "is the plan itself" in capsys.readouterr().err


def test_a_device_is_written_to_and_not_replaced(plan: Path) -> None:
    assert run([str(plan), "--out", os.devnull]) == 0
    assert Path(os.devnull).is_char_device()


def test_half_a_character_in_a_name_comes_out_as_it_went_in(tmp_path: Path) -> None:
    plan = tmp_path / "PLAN.json"
    plan.write_text(json.dumps(a_plan(healthy("\ud800"))))
    assert run([str(plan), "--out", str(tmp_path / "PAY.json")]) == 0
    assert json.loads((tmp_path / "PAY.json").read_bytes())["people"][0]["id"] == "\ud800"


def test_hash_seed_language_and_time_zone_change_no_byte(tmp_path: Path) -> None:
    plan = tmp_path / "PLAN.json"
    plan.write_text(json.dumps(random_plan(7, 50)))
    asked = [sys.executable, "-m", "implement", "price", str(plan)]
    places = [
        {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
        {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Asia/Vladivostok"},
        {"PYTHONHASHSEED": "4711", "LANG": "de_DE.UTF-8", "TZ": "America/St_Johns", "PYTHONIOENCODING": "latin-1"},
    ]
    outputs = {
        subprocess.run(asked, cwd=ROOT, env={**os.environ, **place}, capture_output=True, check=True).stdout
        for place in places
    }
    assert len(outputs) == 1


def test_help_names_the_command_and_explains_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0
    assert "price       price a plan of variable pay" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main(["help", "price"])
    assert ended.value.code == 0
    assert "PLAN.json" in capsys.readouterr().out
    assert main(["help", "prize"]) == 2
