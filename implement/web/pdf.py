"""Print a page as PDF. The renderer takes a second to load, which only who prints should wait for."""

from importlib import import_module

RENDERER = "implement.web.printing"


def render_pdf(html: str, base_url: str) -> bytes:
    """Print a page that extends `print.html`; its language and page numbers come from there."""
    return bytes(import_module(RENDERER).print_page(html, base_url))
