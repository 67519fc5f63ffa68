"""Read payroll files the way a payroll program would; nothing of the product is imported."""
