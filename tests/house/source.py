"""What the rules of the house read: modules as syntax trees, templates and tracked files as text."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("implement.rollout", "implement.stages", "implement.control")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Module:
    """One Python module: its dotted name, its text and its syntax tree."""

    name: str
    text: str
    is_package: bool = False

    @property
    def tree(self) -> ast.Module:
        """The syntax tree, read anew each time so that no rule can spoil it for another."""
        return ast.parse(self.text)

    def is_in(self, *packages: str) -> bool:
        """True when the module is one of the packages or lies in one."""
        return any(self.name == package or self.name.startswith(f"{package}.") for package in packages)


@dataclass(frozen=True)
class Import:
    """One import: who imports what, in which line, and whether inside a function."""

    module: str
    target: str
    line: int
    inside_function: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


@cache
def read_modules(package: str = "implement") -> tuple[Module, ...]:
    """Every module of a package of the house, migrations and their revisions left out; read once for all rules."""
    paths = sorted((ROOT / package).rglob("*.py"))
    return tuple(read_module(path) for path in paths if "migrations" not in path.parts)


def read_module(path: Path) -> Module:
    """One module of the house from its file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    return Module(".".join(parts[:-1] if is_package else parts), path.read_text(encoding="utf-8"), is_package)


def is_service(module: Module) -> bool:
    """True for the service door of a room, be it a module or a package."""
    return module.is_in(*ROOMS) and "service" in module.name.split(".")


def is_views(module: Module) -> bool:
    """True for the views door of a room, be it a module or a package."""
    return "views" in module.name.split(".")


@cache
def list_imports(module: Module) -> tuple[Import, ...]:
    """Each import of a module, relative ones spelled out; `from package import name` counts as `package.name`."""
    return tuple(_list_imports(module))


def _list_imports(module: Module) -> Iterator[Import]:
    tree = module.tree
    inner = {id(node) for function in ast.walk(tree) if isinstance(function, FUNCTIONS) for node in ast.walk(function)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield Import(module.name, name.name, node.lineno, id(node) in inner)
        elif isinstance(node, ast.ImportFrom):
            origin = _spell_out(module, node)
            for name in node.names:
                yield Import(module.name, f"{origin}.{name.name}", node.lineno, id(node) in inner)


def _spell_out(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    ancestors = module.name.split(".")
    ancestors = ancestors[: len(ancestors) - node.level + module.is_package]
    return ".".join([*ancestors, *([node.module] if node.module else [])])


def list_functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Each function and method of a module, nested ones too."""
    for node in ast.walk(module.tree):
        if isinstance(node, FUNCTIONS):
            yield node


def count_lines(node: ast.stmt) -> int:
    """Lines of a function or class from its first to its last, decorators left out."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def list_tracked_files() -> list[Path]:
    """The files under version control that are still there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def read_text(path: Path) -> str | None:
    """The text of a file, or None for one that holds no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def show(path: Path) -> str:
    """A file as a reader of a finding knows it."""
    return str(path.relative_to(ROOT))
