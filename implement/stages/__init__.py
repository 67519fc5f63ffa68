"""The five rooms of the way: audit, specification, pilot, transfer, adoption."""
