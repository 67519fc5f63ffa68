"""Translations read at start from the committed .po files; nothing is compiled and nothing is written."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask_babel import Domain, get_locale, gettext, lazy_gettext, lazy_ngettext, ngettext
from flask_babel.speaklater import LazyString

DOUBLE_STOP, BOUND = re.compile(r"(?<!\.)\.\.(?!\.)"), re.compile("–(?=[<>])")
FOLDER = Path(__file__).parent.parent / "translations"


class HouseTexts(Domain):
    """The one domain of the house: English in the source, the other languages in memory."""

    def get_translations(self) -> NullTranslations:
        """The texts of the language in effect; English outside a request."""
        locale = get_locale()
        return load_translations(locale.language if locale else "en")


def read_catalog(language: str) -> Catalog:
    """The committed .po file of a language."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def load_translations(language: str) -> NullTranslations:
    """The texts of a language with its plural forms; unsure (fuzzy) entries stay in English."""
    if not (FOLDER / f"{language}.po").is_file():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalog(language))
    compiled.seek(0)
    return Translations(compiled)


def _(text: str, **values: object) -> str:
    """The text in the language in effect; `%(name)s` takes its value."""
    return _join_well(str(gettext(text, **values)))


def _n(one: str, many: str, num: int, **values: object) -> str:
    """The text in the form that the language wants for this number; `%(num)d` is the number."""
    return _join_well(str(ngettext(one, many, num, **values)))


def _join_well(sentence: str) -> str:
    """What was put together, without two full stops where an abbreviation ends it, and with a gap in 96 % – > 99 %."""
    return BOUND.sub("– ", DOUBLE_STOP.sub(".", sentence))


def lazy(text: str, **values: object) -> LazyString:
    """A text translated when it is shown, for labels written at import."""
    return lazy_gettext(text, **values)


def lazy_n(one: str, many: str, num: int, **values: object) -> LazyString:
    """A counted text translated when it is shown."""
    return lazy_ngettext(one, many, num, **values)
