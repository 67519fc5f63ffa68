"""Where a page may send somebody on to: only to pages of this application."""


def is_inside(address: str | None) -> bool:
    """True for a path of this application; browsers drop tabs and line breaks and read a backslash as a slash."""
    if not address or not address.isprintable() or "\\" in address:
        return False
    return address.startswith("/") and not address.startswith("//")
