"""The names that the log of writes can hold: read where they are written, also those handed on or built from parts."""

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from implement.stages.specification.service.outline import TABLES
from implement.stages.transfer.service.case_steps import SETTLED
from tests.house.source import Module, is_service

WRITER = "log_write"
PAGES_SAY: Mapping[str, Collection[str]] = {
    "implement.stages.specification.service.outline.kind": TABLES.keys(),
    "implement.stages.adoption.service.functions.kind": ("function", "field"),
    "implement.stages.transfer.service.cases.kind": SETTLED,
}
"""Arguments that come from a page, with all they can be: no call in a service names them."""


class UnreadableName(ValueError):
    """A name of an action comes about in a way that these rules cannot follow."""


@dataclass(frozen=True)
class Function:
    """A function with the module it stands in."""

    module: str
    node: ast.FunctionDef

    @property
    def parameters(self) -> list[str]:
        """The names of its parameters, those without a star first."""
        return [one.arg for one in (*self.node.args.args, *self.node.args.kwonlyargs)]


class Services:
    """The code that writes the log, by what one has to look up in it."""

    def __init__(self, modules: Iterable[Module]) -> None:
        self.calls: dict[str, list[tuple[ast.Call, Function]]] = {}
        self.constants: dict[str, set[str]] = {}
        self.rows: set[str] = set()
        for module in modules:
            if is_service(module) or module.is_in("implement.commands"):
                self._read(module)

    def list_actions(self) -> set[str]:
        """Every name that a call or a bare row can write."""
        calls = self.calls.get(WRITER, [])
        return self.rows.union(*(self._names(call.args[0], function) for call, function in calls))

    def _read(self, module: Module) -> None:
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef):
                self._read_function(Function(module.name, node))
            elif isinstance(node, ast.Assign):
                self.constants.update(_list_constants(node))

    def _read_function(self, function: Function) -> None:
        for node in ast.walk(function.node):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                self.calls.setdefault(_address(name, function.module), []).append((node, function))
            if isinstance(node, ast.Dict):
                self.rows.update(_list_bare_rows(node))

    def _names(self, said: ast.expr, function: Function) -> set[str]:
        match said:
            case ast.Constant(value=str(name)):
                return {name}
            case ast.IfExp(body=one, orelse=other):
                return self._names(one, function) | self._names(other, function)
            case ast.FormattedValue(value=part):
                return self._names(part, function)
            case ast.JoinedStr(values=parts):
                return {"".join(found) for found in product(*(self._names(part, function) for part in parts))}
            case ast.Name(id=name):
                return self._look_up(name, function)
        raise UnreadableName(f"{function.module}:{said.lineno} {ast.unparse(said)}")

    def _look_up(self, name: str, function: Function) -> set[str]:
        if told := PAGES_SAY.get(f"{function.module}.{name}"):
            return set(told)
        if name in function.parameters:
            calls = self.calls.get(_address(function.node.name, function.module), [])
            return set().union(*(self._names(_argument(call, name, function), caller) for call, caller in calls))
        if local := _find_local(name, function):
            return self._names(local, function)
        if name in self.constants:
            return self.constants[name]
        raise UnreadableName(f"{function.module}.{function.node.name}: {name}")


def _address(name: str, module: str) -> str:
    """Where calls of a function are kept: those of a private one belong to its module."""
    return f"{module}.{name}" if name.startswith("_") else name


def _argument(call: ast.Call, name: str, function: Function) -> ast.expr:
    place = function.parameters.index(name)
    named = [one.value for one in call.keywords if one.arg == name]
    return named[0] if named else call.args[place]


def _find_local(name: str, function: Function) -> ast.expr | None:
    """What a local name is set to, alone or in a pair."""
    for node in ast.walk(function.node):
        if isinstance(node, ast.Assign):
            for target, value in _pairs(node):
                if isinstance(target, ast.Name) and target.id == name:
                    return value
    return None


def _pairs(node: ast.Assign) -> Iterator[tuple[ast.expr, ast.expr]]:
    target = node.targets[0]
    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
        yield from zip(target.elts, node.value.elts, strict=True)
    else:
        yield target, node.value


def _list_constants(node: ast.Assign) -> Iterator[tuple[str, set[str]]]:
    for target, value in _pairs(node):
        match target, value:
            case ast.Name(id=name), ast.Constant(value=str(text)):
                yield name, {text}


def _list_bare_rows(node: ast.Dict) -> Iterator[str]:
    """The action of a row of the log that is written without the call."""
    said = {
        key.value: value for key, value in zip(node.keys, node.values, strict=True) if isinstance(key, ast.Constant)
    }
    match said.get("action"):
        case ast.Constant(value=str(name)) if "previous_hash" in said:
            yield name


def list_subjects(modules: Iterable[Module]) -> set[str]:
    """The kinds of things that calls of the log name in place, and that functions called `subject_of…` answer."""
    nodes = [node for module in modules if is_service(module) for node in ast.walk(module.tree)]
    said = [node.args[1] for node in nodes if isinstance(node, ast.Call) and _writes(node) and len(node.args) > 1]
    told = [node for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("subject_of")]
    answers = [part.value for node in told for part in ast.walk(node) if isinstance(part, ast.Return) and part.value]
    return {kind for answer in (*said, *answers) if (kind := _kind(answer))}


def _writes(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == WRITER


def _kind(said: ast.expr) -> str:
    match said:
        case ast.Constant(value=str(text)) | ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            kind, colon, _which = text.partition(":")
            return kind if colon else ""
    return ""
