"""Texts that one side keeps with markup: paragraphs, line breaks, `&nbsp;` and the like."""

import html
import re

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ENTITY = re.compile(r"&(?:[a-z]{2,6}|#\d{1,5});")


def may_have_markup(text: str) -> bool:
    """Say whether a text holds what markup consists of; quick, and true of some that have none."""
    return ("<" in text and ">" in text) or ("&" in text and ";" in text)


def bare_text(text: str) -> str:
    """The text without markup, if it has any."""
    return without_markup(text) if may_have_markup(text) else text


def without_markup(text: str) -> str:
    """The text alone."""
    bare = _TAG.sub(" ", text)
    return html.unescape(bare) if _ENTITY.search(bare) else bare
