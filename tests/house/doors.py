"""The doors of the house: which module may import which, read from the map in the package's own docstring."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator

from tests.house.source import Import, Module, is_service, list_imports

OPTIONAL_EXTRAS = {"pyspark"}
FOR_THE_ENGINE = {
    "implement.engine": {"ibis", "numpy", "pyarrow"},
    "implement.engine.backend": {"duckdb"},
    "implement.engine.spark": {"pyspark", "sqlglot"},
    "implement.engine.intake": {"python_calamine", "yaml", "charset_normalizer", "ftfy", "phonenumbers"},
    "implement.engine.checklist": {"yaml"},
    "implement.engine.health": {"ftfy"},
    "implement.engine.mapping": {"yaml"},
    "implement.engine.payroll": {"xlsxwriter"},
}
NEVER_IN_A_SERVICE = {"flask", "wtforms", "flask_wtf", "flask_login", "matplotlib"}
PRIVATE_DOORS = {"tables", "forms", "views"}


def read_doors(map_of_the_house: str) -> list[list[str]]:
    """The order of doors, highest first, as the docstring of the package states it."""
    order = map_of_the_house.split("Order of doors", 1)[1].split(":", 1)[1]
    return [re.findall(r"[a-z_.]+", group) for group in order.split("→")]


def find_closed_doors(modules: Iterable[Module], doors: list[list[str]]) -> list[str]:
    """Imports that go up, or into the house by no door of the map."""
    ranks = {_full_name(door): rank for rank, group in enumerate(doors) for door in group}
    found = []
    for module in modules:
        for taken in _imports_of_ours(module):
            above, below = _rank(module.name, ranks), _rank(taken.target, ranks)
            if above is None or below is None or below < above:
                found.append(f"{taken}: not a door downward")
    return found


def find_forced_rooms(modules: Iterable[Module], doors: list[list[str]]) -> list[str]:
    """Imports of another room's tables, forms or views; a room may only ask another's service."""
    rooms = [_full_name(door) for group in doors for door in group if "." in door or door == "rollout"]
    return [
        f"{taken}: only its service may be asked"
        for module in modules
        for taken in _imports_of_ours(module)
        for room in rooms
        if taken.target.startswith(f"{room}.") and not module.is_in(room) and module.is_in(*rooms)
        if PRIVATE_DOORS & set(taken.target.removeprefix(f"{room}.").split("."))
    ]


def find_foreign_packages(modules: Iterable[Module]) -> list[str]:
    """Packages that do not belong where they are imported: engine, services, matplotlib outside the charts."""
    return [
        f"{taken}: does not belong here"
        for module in modules
        for taken in list_imports(module)
        if _is_foreign(module, taken.target.partition(".")[0])
    ]


def find_hidden_imports(modules: Iterable[Module]) -> list[str]:
    """Imports inside functions, but for optional extras."""
    return [
        f"{taken}: hidden in a function"
        for module in modules
        for taken in list_imports(module)
        if taken.inside_function and taken.target.partition(".")[0] not in OPTIONAL_EXTRAS
    ]


def find_cycles(modules: Iterable[Module]) -> list[str]:
    """Modules that import each other, directly or by others; each cycle once."""
    known = list(modules)
    names = {module.name for module in known}
    return _find_cycles({module.name: _targets(module, names) for module in known})


def find_cycles_within(package: str, modules: Iterable[Module]) -> list[str]:
    """Packages within a package that need each other, directly or by others, though no two of their modules do."""
    known = [module for module in modules if module.name.startswith(f"{package}.")]
    names = {module.name for module in known}
    graph: dict[str, set[str]] = {_within(package, name): set() for name in names}
    for module in known:
        inner = _within(package, module.name)
        graph[inner] |= {_within(package, target) for target in _targets(module, names)} - {inner}
    return _find_cycles(graph)


def _within(package: str, name: str) -> str:
    """What of a package holds a module: the module itself or a package of its own."""
    return name.removeprefix(f"{package}.").partition(".")[0]


def _find_cycles(graph: dict[str, set[str]]) -> list[str]:
    cycles: set[tuple[str, ...]] = set()
    done: set[str] = set()
    for name in sorted(graph):
        _walk(name, graph, [], done, cycles)
    return [" → ".join(cycle) for cycle in sorted(cycles)]


def find_busy_fronts(modules: Iterable[Module]) -> list[str]:
    """Packages whose `__init__` does more than name what the package offers and, for a room, open it."""
    quiet = (ast.Import, ast.ImportFrom, ast.FunctionDef)
    return [
        f"{module.name}/__init__.py:{node.lineno} does more than name what the package offers"
        for module in modules
        if module.is_package
        for node in module.tree.body
        if not isinstance(node, quiet) and not _is_docstring(node) and not _is_offer(node)
    ]


def _is_foreign(module: Module, package: str) -> bool:
    if package == "matplotlib" and not module.is_in("implement.web.charts"):
        return True
    if is_service(module):
        return package in NEVER_IN_A_SERVICE
    if not module.is_in("implement.engine") or package in sys.stdlib_module_names or package == "implement":
        return False
    return not any(module.is_in(door) and package in allowed for door, allowed in FOR_THE_ENGINE.items())


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_offer(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]


def _full_name(door: str) -> str:
    return door if door == "wsgi" else f"implement.{door}"


def _rank(name: str, ranks: dict[str, int]) -> int | None:
    """The rank of the innermost door that holds the name."""
    parts = name.split(".")
    return next((ranks[door] for size in range(len(parts), 0, -1) if (door := ".".join(parts[:size])) in ranks), None)


def _imports_of_ours(module: Module) -> Iterator[Import]:
    return (taken for taken in list_imports(module) if taken.target.partition(".")[0] == "implement")


def _targets(module: Module, names: set[str]) -> set[str]:
    """The modules of ours that a module imports by name."""
    found = set()
    for taken in list_imports(module):
        parent = taken.target.rpartition(".")[0]
        found.add(taken.target if taken.target in names else parent)
    return (found & names) - {module.name}


def _walk(
    name: str, graph: dict[str, set[str]], trail: list[str], done: set[str], cycles: set[tuple[str, ...]]
) -> None:
    """Follow the imports from one module and keep each circle met."""
    if name in trail:
        cycles.add(_turn(trail[trail.index(name) :]))
        return
    if name in done:
        return
    for target in sorted(graph[name]):
        _walk(target, graph, [*trail, name], done, cycles)
    done.add(name)


def _turn(cycle: list[str]) -> tuple[str, ...]:
    """The same cycle, beginning at its first name, so that it is told once."""
    start = cycle.index(min(cycle))
    return (*cycle[start:], *cycle[:start])
