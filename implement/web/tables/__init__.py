"""Listings sorted, filtered and paged by the server; they know SQL and lists, no request and no template."""

from implement.web.tables.columns import Column, Filter
from implement.web.tables.listing import Listing
from implement.web.tables.page import Asked, Page

__all__ = ["Asked", "Column", "Filter", "Listing", "Page"]
