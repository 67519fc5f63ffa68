"""What forms say about typed-in mistakes: the house's texts first, then WTForms' own translations."""

from flask_wtf.i18n import translations as library

from implement.web.texts.translations import HouseTexts

HOUSE = HouseTexts()

# Messages of WTForms that its own translations lack or leave unsure; they stand in our translations.
LIBRARY_TEXTS = (
    "Date must be at least %(min)s.",
    "Date must be at most %(max)s.",
    "Date must be between %(min)s and %(max)s.",
    "File does not have an approved extension.",
    "File does not have an approved extension: {extensions}",
    "Not a valid time value.",
    "Not a valid week value.",
    "This field cannot be edited.",
    "This field is disabled and cannot have a value.",
)
LIBRARY_COUNTED_TEXTS = (
    ("'%(value)s' is not a valid choice for this field.", "'%(value)s' are not valid choices for this field."),
    ("Field must be exactly %(max)d character long.", "Field must be exactly %(max)d characters long."),
)


class HouseMessages:
    """The two calls that WTForms makes for a message."""

    def gettext(self, text: str) -> str:
        """The message in the language in effect."""
        own = str(HOUSE.get_translations().ugettext(text))
        return own if own != text else str(library.gettext(text))

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The counted message in the language in effect."""
        own = str(HOUSE.get_translations().ungettext(one, many, number))
        return own if own not in (one, many) else str(library.ngettext(one, many, number))
