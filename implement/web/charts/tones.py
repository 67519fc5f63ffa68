"""The colours of charts by name: a class that the theme colours, and the light colour that paper and PDF show."""

INK = "ink"
COLOURS = {
    "ink": "#1d2429",
    "good": "#1c5cb8",
    "watch": "#d99000",
    "bad": "#a3205f",
    "accent": "#1f6a73",
    "neutral": "#9aa5ae",
    "paper": "#ffffff",
    "line": "#d5dadf",
    "quiet": "#586069",
    "onmark": "#fffffe",
    "ondark": "#0d1a1c",
    "heat-0": "#f3f7f8",
    "heat-1": "#d9eaec",
    "heat-2": "#b5d6da",
    "heat-3": "#83b9c0",
    "heat-4": "#4b949d",
    "heat-5": "#1f6a74",
    "lowink": "#1d242a",
    "highink": "#fffffd",
}
TONES = {colour: name for name, colour in COLOURS.items()}
HEAT_STEPS = 6
DARK_INK_ON = frozenset({"watch", "neutral"})


def ink_on(tone: str) -> str:
    """The tone of text that is readable on a mark of this tone in both themes."""
    return "ondark" if tone in DARK_INK_ON else "onmark"


def heat_tone(position: float) -> str:
    """The heat step for a position 0–1 between the lowest and the highest value."""
    return f"heat-{min(HEAT_STEPS - 1, max(0, int(position * HEAT_STEPS)))}"


def ink_on_heat(tone: str) -> str:
    """The tone of text that is readable on a heat step."""
    return "highink" if tone in ("heat-4", "heat-5") else "lowink"
