"""Vocabulary: the words firms use for tables and columns, in English, German, Polish and Russian."""

from implement.engine.exchange.vocabulary.columns import COLUMN_WORDS, REQUIRED_COLUMNS, words_for
from implement.engine.exchange.vocabulary.tables import TABLE_WORDS

__all__ = ["COLUMN_WORDS", "REQUIRED_COLUMNS", "TABLE_WORDS", "words_for"]
