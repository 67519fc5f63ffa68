"""Printed pages read own files only, carry page numbers and every letter."""

import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask, render_template_string

from implement import web
from implement.web.pdf import render_pdf
from implement.web.printing import OwnFiles
from tests.web.conftest import SpeaksLanguage
from tests.web.test_charts import draw_all

PAGE = """{% extends "print.html" %}{% from "parts/chart.html" import chart %}
{% block content %}<h1>{{ title }}</h1>{% for one in charts %}{{ chart(one) }}{% endfor %}{% endblock %}"""


def test_a_printed_page_holds_words_pictures_and_page_numbers(speaking: SpeaksLanguage, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    with speaking("ru"):
        html = render_template_string(PAGE, title="Отчёт: zażółć Größe", charts=draw_all())
        file.write_bytes(render_pdf(html, "http://implement.local/"))
    words = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, check=True, text=True
    ).stdout.replace(" / ", "/")
    assert all(part in words for part in ("Отчёт: zażółć Größe", "1/3", "8 янв.", "dropped"))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://elsewhere.example/static/../../../../etc/passwd",
        "http://implement.local/static/../forms/base.py",
        "http://implement.local/static/%2e%2e/%2e%2e/settings.py",
        "http://elsewhere.example/pixel.png",
        "data:text/css,body{}",
        "http://implement.local/static/implement.js",
    ],
)
def test_nothing_but_own_static_files_is_read(desk: Flask, url: str) -> None:
    fetcher = OwnFiles({"/static/": Path(str(desk.static_folder))})
    with pytest.raises(ValueError, match="own files"):
        fetcher.fetch(url)


def test_the_stylesheet_is_read_from_its_folder(desk: Flask) -> None:
    answer = OwnFiles({"/static/": Path(str(desk.static_folder))}).fetch("http://implement.local/static/paper.css")
    assert b"@page" in answer.read()


def test_what_is_printed_from_a_dark_screen_is_light() -> None:
    styles = (Path(web.__file__).parent / "static" / "implement.css").read_text("utf-8")
    dark = re.findall(r'(@media screen \{\s*)?\[data-bs-theme="dark"\] \{', styles)
    assert dark and all(dark)
