"""What templates leave to others: they extend one layout, decide nothing, hide nothing inline."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tests.house.source import ROOT

LONGEST_TEMPLATE = 80
FRAMES = {"layout.html", "print.html", "file.html"}
BRINGS_ITS_STYLE = "file.html"  # read without the server
JINJA = re.compile(r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
DECISION = re.compile(r"\{%-?\s*(?:el)?if\b(.*?)%\}|\{\{(.*?)\}\}", re.DOTALL)
QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class Template:
    """One template: its name below `templates/` and its text."""

    name: str
    text: str

    @property
    def is_part(self) -> bool:
        """True for macros and parts that other templates take in."""
        return "parts" in self.name.split("/") or self.name.rpartition("/")[2].startswith("_")


def read_templates() -> list[Template]:
    """All templates of the house."""
    folder = ROOT / "templates"
    return [
        Template(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def find_strays(templates: Iterable[Template]) -> list[str]:
    """Pages that extend none of the frames."""
    return [
        f"{template.name} extends no layout"
        for template in templates
        if not template.is_part and template.name not in FRAMES and template.name.endswith(".html")
        if not re.match(r"(\{#.*?#\}\s*)*\{%-?\s*extends\s+\"(layout|print|file)\.html\"", template.text, re.DOTALL)
    ]


def find_long_templates(templates: Iterable[Template]) -> list[str]:
    """Templates that want to be cut into parts."""
    sizes = ((template.name, template.text.count("\n")) for template in templates)
    return [f"{name} has {lines} lines" for name, lines in sizes if lines > LONGEST_TEMPLATE]


def find_unescaped(templates: Iterable[Template]) -> list[str]:
    """Text let through as HTML."""
    unescaped = re.compile(r"\|\s*safe\b|\bMarkup\(|autoescape\s+false", re.IGNORECASE)
    return [f"{template.name} lets text through as HTML" for template in templates if unescaped.search(template.text)]


def find_inline(templates: Iterable[Template]) -> list[str]:
    """Styles, scripts and handlers inside a template, which the content policy refuses anyway."""
    inline = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)(?![^>]*application/json)|\son[a-z]+=|javascript:")
    return [
        f"{template.name} has something inline: {found[0].strip()}"
        for template in templates
        if template.name not in ("print.html", BRINGS_ITS_STYLE)
        for found in inline.finditer(JINJA.sub(" ", template.text))
    ]


def find_role_questions(templates: Iterable[Template]) -> list[str]:
    """Templates that ask who somebody is instead of what they may."""
    asks = re.compile(
        r"\b(current_user|standing|g)\.\w*roles?\b|\broles?\s*(==|!=|in\b)|\bin\s+\w*\.?roles\b|\bhas_role\b"
    )
    return [
        f"{template.name} asks for a role: {found[0].strip()}"
        for template in templates
        for found in DECISION.finditer(template.text)
        if asks.search(QUOTED.sub('""', found[0]))
    ]
