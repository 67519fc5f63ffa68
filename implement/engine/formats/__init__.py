"""Formats: what a column of text holds, and the one canonical writing of each value."""

from implement.engine.formats.canonical import canonical, parsed, tidy_text
from implement.engine.formats.columns import profile_column, profile_sample, profile_table
from implement.engine.formats.profile import DEFAULT_FORMATS, ColumnProfile, FormatSettings, Kind
from implement.engine.formats.recognise import recognise

__all__ = [
    "DEFAULT_FORMATS",
    "ColumnProfile",
    "FormatSettings",
    "Kind",
    "canonical",
    "parsed",
    "profile_column",
    "profile_sample",
    "profile_table",
    "recognise",
    "tidy_text",
]
