"""How the application is reached: who may enter is said, addresses are typed and read well, reading changes nothing."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator

from flask import Flask
from werkzeug.routing import Map, Rule

CHANGES = {"commit", "add", "add_all", "delete", "flush", "merge"}
PARAMETER = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")
SEGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)?")
UNTYPED = {None, "default", "string", "path"}
SECRETS = {"token"}


def find_open_routes(app: Flask) -> list[str]:
    """Routes whose view does not declare a permission, or that it is public."""
    return [
        f"{rule} ({rule.endpoint}) says nothing about who may enter"
        for rule in _rules(app)
        for view in _views(app, rule)
        if not hasattr(view, "required_permission")
    ]


def find_untyped_parameters(app: Flask) -> list[str]:
    """Parts of an address that take any text, but for the secrets that links carry."""
    own = set(app.url_map.converters) - set(Map.default_converters)
    return [
        f"{rule}: {parameter['name']} needs a type"
        for rule in _rules(app)
        for parameter in PARAMETER.finditer(rule.rule)
        if parameter["kind"] in UNTYPED - own and parameter["name"] not in SECRETS
    ]


def find_ugly_addresses(app: Flask) -> list[str]:
    """Addresses that are not words in lower case joined by hyphens, or that end in a slash."""
    found = []
    for rule in _rules(app):
        segments = [segment for segment in rule.rule.removeprefix("/").split("/") if rule.rule != "/"]
        if not all(PARAMETER.fullmatch(segment) or SEGMENT.fullmatch(segment) for segment in segments):
            found.append(f"{rule} does not read well")
    return found


def find_changes_by_reading(app: Flask) -> list[str]:
    """Views that answer GET and write outside a branch that only a sent form reaches."""
    return [
        f"{rule} ({rule.endpoint}) writes when it is only read"
        for rule in _rules(app)
        if "GET" in (rule.methods or set())
        for view in _views(app, rule)
        if _writes_unasked(_body(view))
    ]


def find_other_methods(app: Flask) -> list[str]:
    """Routes that change something by another method than POST."""
    return [
        f"{rule} answers {', '.join(sorted(odd))}"
        for rule in _rules(app)
        if (odd := set(rule.methods or set()) - {"GET", "HEAD", "OPTIONS", "POST"})
    ]


def _rules(app: Flask) -> Iterator[Rule]:
    """The routes of ours; files that go out unchanged are everybody's."""
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint.rpartition(".")[2] != "static")


def _views(app: Flask, rule: Rule) -> Iterator[Callable[..., object]]:
    """The view of a route; a class of views has one for each method."""
    view = app.view_functions[rule.endpoint]
    pages = getattr(view, "view_class", None)
    if pages is None:
        yield view
    else:
        yield from (getattr(pages, method.lower()) for method in pages.methods or ())


def _body(view: Callable[..., object]) -> list[ast.stmt]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(view))))
    function = tree.body[0]
    return function.body if isinstance(function, ast.FunctionDef) else []


def _writes_unasked(body: list[ast.stmt]) -> bool:
    """True when a statement writes before or beside the question whether a form was sent."""
    for statement in body:
        if isinstance(statement, ast.If) and _asks_for_a_form(statement.test):
            if _refuses(statement):
                return False
            if _writes_unasked(statement.orelse):
                return True
        elif any(isinstance(node, ast.Attribute) and _is_change(node) for node in ast.walk(statement)):
            return True
    return False


def _asks_for_a_form(test: ast.expr) -> bool:
    return "validate_on_submit()" in ast.unparse(test) or "request.method" in ast.unparse(test)


def _refuses(statement: ast.If) -> bool:
    """True for `if not form.validate_on_submit(): return …`: what follows is reached by a sent form only."""
    is_negated = isinstance(statement.test, ast.UnaryOp) and isinstance(statement.test.op, ast.Not)
    return is_negated and isinstance(statement.body[-1], ast.Return)


def _is_change(node: ast.Attribute) -> bool:
    return node.attr in CHANGES and ast.unparse(node.value).endswith("db.session")
