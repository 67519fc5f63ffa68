"""Tests read as sentences, none is left out, none holds a stopwatch."""

import pytest

from tests.house import suite
from tests.house.source import Module, read_modules
from tests.house.style import Rule, find_unfinished_work

NAME = "tests.engine.test_usage"

BREACHES = [
    (suite.find_long_tests, "def test_usage_counts_each_day():\n" + "    assert True\n" * 20),
    (suite.find_left_out, "@pytest.mark." + "skip\ndef test_usage_counts_each_day():\n    assert True\n"),
    (suite.find_left_out, "def test_usage_counts_each_day():\n    pytest." + "xfail('later')\n    assert True\n"),
    (suite.find_stopwatches, "def test_usage_counts_each_day():\n    assert time.perf_counter() < 3\n"),
    (suite.find_empty_tests, "def test_usage_counts_each_day():\n    score_usage()\n"),
    (suite.find_dull_names, "def test_usage():\n    assert True\n"),
    (suite.find_unknown_demands, "def test_usage_counts_each_day():  # " + "M137\n    assert True\n"),
    (find_unfinished_work, "# " + "FIX" + "ME: wrong\n"),
]
RULES = sorted({rule for rule, _ in BREACHES}, key=lambda rule: rule.__name__)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_suite_keeps(rule: Rule) -> None:
    assert rule(read_modules("tests")) == []


@pytest.mark.parametrize(("rule", "text"), BREACHES, ids=[rule.__name__ for rule, _ in BREACHES])
def test_a_breach_is_found(rule: Rule, text: str) -> None:
    assert len(rule([Module(NAME, text)])) == 1


def test_folders_of_the_engines_tests_mirror_the_engine() -> None:
    assert suite.find_lost_folders(read_modules("tests")) == []
    assert len(suite.find_lost_folders([Module("tests.engine.mapping.attic", '"""Tests."""', is_package=True)])) == 1


def test_a_plain_test_breaks_no_rule() -> None:
    text = "def test_dropped_record_is_not_called_resistance():  # M42\n    assert True\n"
    assert [rule.__name__ for rule in RULES if rule([Module(NAME, text)])] == []
