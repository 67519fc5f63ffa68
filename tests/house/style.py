"""How the code reads: sizes, names, docstrings, types, clocks and what views and services leave to others."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator

from tests.house.source import FUNCTIONS, ROOMS, Module, count_lines, is_service, is_views, list_functions, list_imports

LONGEST_MODULE = 300
LONGEST_FUNCTION = 50
LONGEST_VIEW = 25
SHORT_FUNCTION = 25
SHARE_OF_SHORT_FUNCTIONS = 0.9

EMPTY_WORDS = {"data", "info", "manager", "helper", "helpers", "process", "handle", "util", "utils", "common", "misc"}
DULL_VERBS = {"handle", "process"}
NAMES_OF_FRAMEWORKS = {
    "login_manager",  # Flask-Login
    "process_bind_param", "process_result_value", "process_literal_param",  # SQLAlchemy's column types
    "process_data", "process_formdata",  # WTForms' fields
    "handle_starttag", "handle_endtag", "handle_data",  # html.parser
}  # fmt: skip
COMMITS_ITSELF = {
    "implement.rollout.service.outbox",  # a mail is claimed for good before it leaves, so that none goes twice
}
BELONGS_TO_NO_FIRM = {
    "implement.stages.specification.views.catalogue",  # the catalogue is the product's: it has no firm's day
}
PAYS = (
    "implement.engine.attainment",
    "implement.engine.pay",
    "implement.engine.payroll",
    "implement.control.incentives.service",
)
CLOCKS = {"now", "utcnow", "today", "time", "utc_now"}
CLOCK_OWNERS = {"datetime", "date", "time"}

UNSEEDED = re.compile(r"random\.(?!Random$)\w+|(np|numpy)\.random\.(?!default_rng$)\w+|secrets\.\w+|uuid\.uuid[14]")
SEEDED = re.compile(r"(random\.)?Random|((np|numpy)\.random\.)?default_rng")
QUERIES = {"execute", "scalar", "scalars", "query", "add", "delete", "get", "flush"}

Rule = Callable[[Iterable[Module]], list[str]]


def find_long_modules(modules: Iterable[Module]) -> list[str]:
    """Modules that have come to hold two ideas."""
    sizes = ((module.name, module.text.count("\n")) for module in modules)
    return [f"{name} has {lines} lines: make it a package" for name, lines in sizes if lines > LONGEST_MODULE]


def find_long_functions(modules: Iterable[Module]) -> list[str]:
    """Functions that nobody reads in one go; views are held shorter."""
    return [
        f"{module.name}:{node.lineno} {node.name} has {count_lines(node)} lines"
        for module in modules
        for node in list_functions(module)
        if count_lines(node) > (LONGEST_VIEW if is_views(module) else LONGEST_FUNCTION)
    ]


def share_of_short_functions(modules: Iterable[Module]) -> float:
    """The share of functions under 25 lines."""
    sizes = [count_lines(node) for module in modules for node in list_functions(module)]
    return sum(size < SHORT_FUNCTION for size in sizes) / len(sizes) if sizes else 1.0


def find_empty_words(modules: Iterable[Module]) -> list[str]:
    """Names that say nothing: of modules, classes, functions, arguments and variables."""
    return [
        f"{module.name}:{line} is named {name}"
        for module in modules
        for name, line in _names_given(module)
        if name not in NAMES_OF_FRAMEWORKS and _is_empty(name)
    ]


def find_missing_docstrings(modules: Iterable[Module]) -> list[str]:
    """Modules that do not state their purpose, public functions of engine and services that do not say what they do."""
    found = [f"{module.name} has no docstring" for module in modules if not ast.get_docstring(module.tree)]
    spoken = [module for module in modules if module.is_in("implement.engine") or is_service(module)]
    return found + [
        f"{module.name}:{node.lineno} {node.name} has no docstring"
        for module in spoken
        for node in module.tree.body
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.name.startswith("_")
        if not ast.get_docstring(node)
    ]


def find_any(modules: Iterable[Module]) -> list[str]:
    """`Any` in engine and services: a type that says nothing."""
    return [
        f"{taken}: say the type"
        for module in modules
        if module.is_in("implement.engine") or is_service(module)
        for taken in list_imports(module)
        if taken.target in ("typing.Any", "typing_extensions.Any")
    ]


def find_clocks(modules: Iterable[Module]) -> list[str]:
    """Engine and services that look at a clock instead of being told the time."""
    return [
        f"{module.name}:{node.lineno} looks at the clock: {ast.unparse(node.func)}()"
        for module in modules
        if module.is_in("implement.engine") or is_service(module)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _is_clock(node.func)
    ]


def find_chance(modules: Iterable[Module]) -> list[str]:
    """Chance without a seed in the engine."""
    return [
        f"{module.name}:{node.lineno} leaves to chance: {ast.unparse(node)}"
        for module in modules
        if module.is_in("implement.engine")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        if UNSEEDED.fullmatch(ast.unparse(node.func)) or (SEEDED.fullmatch(ast.unparse(node.func)) and not node.args)
    ]


def find_busy_views(modules: Iterable[Module]) -> list[str]:
    """Views that ask the database or calculate."""
    return [
        f"{module.name}:{line} {what}"
        for module in modules
        if is_views(module)
        for line, what in [*_queries(module), *_arithmetic(module)]
    ]


def find_committing_services(modules: Iterable[Module]) -> list[str]:
    """Services that commit; they flush, and the view commits once."""
    return [
        f"{module.name}:{node.lineno} commits"
        for module in modules
        if is_service(module) and module.name not in COMMITS_ITSELF
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]


def find_floats_in_pay(modules: Iterable[Module]) -> list[str]:
    """Floating point in the arithmetic of pay, where only whole minor units and fractions count."""
    return [
        f"{module.name}:{node.lineno} {what}"
        for module in modules
        if module.is_in(*PAYS)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.expr | ast.AugAssign)
        if (what := _inexactness(node))
    ]


def find_swallowed_errors(modules: Iterable[Module]) -> list[str]:
    """Handlers that catch everything, or catch and do nothing at all without a word why."""
    return [
        f"{module.name}:{node.lineno} swallows what went wrong"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) == "BaseException")
        if not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    ]


def find_unfinished_work(modules: Iterable[Module]) -> list[str]:
    """Notes to oneself left in the code."""
    note = re.compile(r"#.*\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK")) + r")\b")
    return [
        f"{module.name}:{number} is unfinished"
        for module in modules
        for number, line in enumerate(module.text.splitlines(), start=1)
        if note.search(line)
    ]


def _inexactness(node: ast.expr | ast.AugAssign) -> str:
    """What makes an expression inexact: a float, `round`, or a division outside of `Fraction`; empty for nothing."""
    if ast.unparse(node) == "float" or (isinstance(node, ast.Constant) and isinstance(node.value, float | complex)):
        return "uses floating point"
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "round":
        return "rounds by round()"
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Div):
        return "divides by /="
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        exact = any(ast.unparse(side).startswith("Fraction(") for side in (node.left, node.right))
        return "" if exact else "divides by / without a Fraction"
    return ""


def _is_empty(name: str) -> bool:
    """True when a name is an empty word, ends in one, or does nothing better than to `handle` and `process`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_").split("_")
    return words[-1] in EMPTY_WORDS - DULL_VERBS or words[0] in DULL_VERBS


def _names_given(module: Module) -> Iterator[tuple[str, int]]:
    yield from ((part, 1) for part in module.name.split("."))
    for node in ast.walk(module.tree):
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            yield node.name, node.lineno
            yield from () if node.name in NAMES_OF_FRAMEWORKS else _arguments(node)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno


def _arguments(node: ast.stmt) -> Iterator[tuple[str, int]]:
    """The names of a function's arguments."""
    return (
        (inner.arg, inner.lineno)
        for inner in ast.iter_child_nodes(getattr(node, "args", node))
        if isinstance(inner, ast.arg)
    )


def _is_clock(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id == "utc_now"
    owner = ast.unparse(function.value).rpartition(".")[2] if isinstance(function, ast.Attribute) else ""
    return isinstance(function, ast.Attribute) and function.attr in CLOCKS and owner in CLOCK_OWNERS


def find_days_of_greenwich(modules: Iterable[Module]) -> list[str]:
    """What is due today is due at the firm: `local_day(rollout_id, now)` is the one place to ask for its day."""
    return [
        f"{module.name}:{node.lineno} takes the day of Greenwich: ask local_day(rollout_id, now)"
        for module in modules
        if module.is_in(*ROOMS, "implement.demo") and module.name not in BELONGS_TO_NO_FIRM
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and not node.args and isinstance(node.func, ast.Attribute)
        if node.func.attr == "date" and ast.unparse(node.func.value).rpartition(".")[2] in ("now", "utc_now()")
    ]


def _queries(module: Module) -> Iterator[tuple[int, str]]:
    for taken in list_imports(module):
        if taken.target.partition(".")[0] == "sqlalchemy":
            yield taken.line, "asks the database: a service should"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in QUERIES and ast.unparse(node.value) == "db.session":
            yield node.lineno, f"calls {ast.unparse(node)}: a service should"


def _arithmetic(module: Module) -> Iterator[tuple[int, str]]:
    sums = (ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Pow)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, sums) and not _is_constant(node):
            yield node.lineno, f"calculates {ast.unparse(node)}: a service or the engine should"


def _is_constant(node: ast.BinOp) -> bool:
    """True for a number written so that it can be read, like 365 * 24."""
    return all(isinstance(part, (ast.BinOp, ast.Constant, ast.operator)) for part in ast.walk(node))
