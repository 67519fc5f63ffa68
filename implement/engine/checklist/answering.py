"""Answers as they are typed, kept and shown."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from implement.engine.checklist.answers import AnswerValue, Reply
from implement.engine.checklist.pack import HIGHEST_LEVEL, AnswerKind, Item
from implement.engine.checklist.text import show_number

_SPACES = re.compile(r"[\s'’]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}([.,]\d{1,6})?")
_SEPARATOR = "|"


class UnusableAnswer(ValueError):
    """What was typed does not answer the question; `code` and `values` let the page say why."""

    def __init__(self, code: str, *values: str) -> None:
        super().__init__(f"{code}: {', '.join(values)}" if values else code)
        self.code = code
        self.values = values


def read_answer(item: Item, typed: str | Sequence[str]) -> AnswerValue:
    """Read what a form or the store holds (`typed` is a list where several options may apply).

    Raises UnusableAnswer with code empty, unknown_option, one_option_only, not_a_level, not_a_number, below_minimum or
    above_maximum.
    """
    words = _words(typed)
    if not words:
        raise UnusableAnswer("empty")
    if len(words) == 1 and words[0] in tuple(Reply):
        return Reply(words[0])
    if item.kind is AnswerKind.CHOICE:
        return _read_choice(item, words)
    if item.kind is AnswerKind.SCALE:
        return _read_level(words[0])
    if item.kind is AnswerKind.NUMBER:
        return _read_number(item, words[0])
    return words[0]


def write_answer(value: AnswerValue) -> str:
    """The answer as one line of text for the store; `read_answer` gives the same value back."""
    if isinstance(value, tuple):
        return _SEPARATOR.join(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def show_answer(item: Item, value: AnswerValue, language: str) -> str:
    """The answer in words: texts of the options or of the level, the number, the text; empty for the two replies."""
    if isinstance(value, Reply):
        return ""
    if isinstance(value, tuple):
        return "; ".join(item.option(option_id).text.in_language(language) for option_id in value)
    if item.kind is AnswerKind.CHOICE:
        return item.option(str(value)).text.in_language(language)
    if item.kind is AnswerKind.SCALE:
        return item.levels[int(value)].text.in_language(language)
    return show_number(value, language) if isinstance(value, int | Decimal) else value


def _words(typed: str | Sequence[str]) -> list[str]:
    words = [typed] if isinstance(typed, str) else list(typed)
    return [word.strip() for word in words if word.strip()]


def _read_choice(item: Item, words: list[str]) -> AnswerValue:
    chosen = [part for word in words for part in word.split(_SEPARATOR)]
    for option_id in chosen:
        if option_id not in {option.id for option in item.options}:
            raise UnusableAnswer("unknown_option", option_id)
    if item.multiple:
        return tuple(option.id for option in item.options if option.id in chosen)
    if len(chosen) > 1:
        raise UnusableAnswer("one_option_only")
    return chosen[0]


def _read_level(word: str) -> int:
    if word not in {str(level) for level in range(HIGHEST_LEVEL + 1)}:
        raise UnusableAnswer("not_a_level", word)
    return int(word)


def _read_number(item: Item, word: str) -> Decimal:
    plain = _SPACES.sub("", word).replace("−", "-")
    if not _PLAIN_NUMBER.fullmatch(plain):
        raise UnusableAnswer("not_a_number", word)
    number = Decimal(plain.replace(",", "."))
    if item.minimum is not None and Fraction(number) < item.minimum:
        raise UnusableAnswer("below_minimum", str(item.minimum))
    if item.maximum is not None and Fraction(number) > item.maximum:
        raise UnusableAnswer("above_maximum", str(item.maximum))
    return number
