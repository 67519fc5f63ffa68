"""What tests keep: short sentences, none left out, no stopwatch, each demand named that there is."""

import ast
import re
from collections.abc import Iterable, Iterator

from tests.house.checklists import LAST_DEMAND
from tests.house.source import ROOT, Module, count_lines, list_functions

LONGEST_TEST = 20
LEFT_OUT = {"skip", "skipif", "xfail", "importorskip", "SkipTest", "skipTest", "expectedFailure", "exit"}
STOPWATCHES = {"perf_counter", "perf_counter_ns", "process_time", "monotonic", "timeit"}
CLAIM = re.compile(r"(^|\.)(raises|assert_\w+|check_\w+|run_state\w*)$")


def find_long_tests(modules: Iterable[Module]) -> list[str]:
    """Tests that tell more than one thing."""
    return [
        f"{module.name}:{test.lineno} {test.name} has {count_lines(test)} lines"
        for module, test in _tests(modules)
        if count_lines(test) > LONGEST_TEST
    ]


def find_left_out(modules: Iterable[Module]) -> list[str]:
    """Tests that are left out or allowed to fail."""
    return [
        f"{module.name}:{node.lineno} leaves a test out: {node.attr}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in LEFT_OUT
        if re.search(r"(pytest|unittest|mark|self)$", ast.unparse(node.value))
    ]


def find_stopwatches(modules: Iterable[Module]) -> list[str]:
    """Tests that hold a stopwatch; measuring is what benchmarks do."""
    return [
        f"{module.name}:{node.lineno} {test.name} holds a stopwatch"
        for module, test in _tests(modules)
        if "bench" not in " ".join(ast.unparse(mark) for mark in test.decorator_list)
        for node in ast.walk(test)
        if isinstance(node, ast.Name | ast.Attribute) and _name(node) in STOPWATCHES
    ]


def find_empty_tests(modules: Iterable[Module]) -> list[str]:
    """Tests that assert nothing."""
    return [
        f"{module.name}:{test.lineno} {test.name} asserts nothing"
        for module, test in _tests(modules)
        if not any(isinstance(node, ast.Assert) or _is_claim(node) for node in ast.walk(test))
    ]


def find_dull_names(modules: Iterable[Module]) -> list[str]:
    """Tests whose name is no sentence."""
    return [
        f"{module.name}:{test.lineno} {test.name} is no sentence"
        for module, test in _tests(modules)
        if test.name.count("_") < 3 or re.search(r"_\d+$", test.name)
    ]


def find_unknown_demands(modules: Iterable[Module]) -> list[str]:
    """Demands named in a comment or docstring that are not on the list."""
    return [
        f"{module.name}:{number} names M{demand}"
        for module in modules
        for number, line in enumerate(module.text.splitlines(), start=1)
        for demand in re.findall(r"#[^\"']*?\bM(\d{1,3})\b", line)
        if not 1 <= int(demand) <= LAST_DEMAND
    ]


def find_lost_folders(modules: Iterable[Module]) -> list[str]:
    """Folders of the engine's tests that are no folders of the engine."""
    return [
        f"{module.name} mirrors no package"
        for module in modules
        if module.is_package and module.is_in("tests.engine")
        if not (ROOT / "implement").joinpath(*module.name.split(".")[1:]).is_dir()
    ]


def _tests(modules: Iterable[Module]) -> Iterator[tuple[Module, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for module in modules:
        if module.name.rpartition(".")[2].startswith("test_"):
            yield from ((module, node) for node in list_functions(module) if node.name.startswith("test_"))


def _is_claim(node: ast.AST) -> bool:
    """True for `with pytest.raises(…)`, for a call of `assert_…` or `check_…`, and for what hypothesis runs."""
    return isinstance(node, ast.Call) and bool(CLAIM.search(ast.unparse(node.func)))


def _name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr
