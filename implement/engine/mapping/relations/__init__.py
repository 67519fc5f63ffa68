"""Which columns name records of another table, alone or several in a cell, and by whose ids."""
