"""Print a page as PDF. The renderer takes a second to load, which only who prints should wait for."""

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

RENDERER = "implement.web.printing"


def render_pdf(html: str, base_url: str) -> bytes:
    """Print a page that extends `print.html`; its language and page numbers come from there."""
    return bytes(import_module(RENDERER).print_page(html, base_url))


class Sheets(Protocol):
    """A part of a long document, laid out on its pages."""

    pages: Sequence[object]


def lay_out(html: str) -> Sheets:
    """Lay out a part that carries its styles in itself; in parts a long document costs least."""
    laid: Sheets = import_module(RENDERER).lay_out(html)
    return laid


def bind(parts: Sequence[Sheets]) -> bytes:
    """Bind the parts to one PDF in their order."""
    return bytes(import_module(RENDERER).bind(parts))
