"""How many cells of a kind are remembered as they were read; the same ones come again and again."""

CELLS_REMEMBERED = 30_000
