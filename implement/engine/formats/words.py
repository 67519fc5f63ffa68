"""Yes and no in the four languages, mail addresses and phone numbers."""

TRUE_WORDS = ("true", "t", "yes", "y", "ja", "j", "wahr", "tak", "prawda", "да", "истина", "on", "x", "✓", "✔")
FALSE_WORDS = ("false", "f", "no", "n", "nein", "falsch", "nie", "fałsz", "нет", "ложь", "off")
MAIL = r"^(?:mailto:)?[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+$"
PHONE = "^(?:\\+|00)?[0-9(][0-9 ().\\-/\u00a0]{5,}[0-9](?: *(?:x|ext\\.?|доб\\.?|#) *[0-9]{1,6})?$"
FEWEST_PHONE_DIGITS = 7
MOST_PHONE_DIGITS = 18
