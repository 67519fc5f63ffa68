"""Firms that move between products of other makers, in their own headings and writing, with faults that are known."""
