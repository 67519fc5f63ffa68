"""Words, numbers and days in the reader's language: English, German, Polish, Russian."""

from implement.web.texts.formats import (
    bytes_size,
    day,
    instant,
    minutes,
    money,
    month,
    number,
    plain_money,
    rounded_money,
    share,
    shown,
    shown_alike,
    to_firm_time,
    whole_money,
)
from implement.web.texts.languages import LANGUAGES, in_language, init_app, language
from implement.web.texts.translations import _, _n, lazy, lazy_n

__all__ = [
    "LANGUAGES",
    "_",
    "_n",
    "bytes_size",
    "day",
    "in_language",
    "init_app",
    "instant",
    "language",
    "lazy",
    "lazy_n",
    "minutes",
    "money",
    "month",
    "number",
    "plain_money",
    "rounded_money",
    "share",
    "shown",
    "shown_alike",
    "to_firm_time",
    "whole_money",
]
