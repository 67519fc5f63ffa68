"""How a value is written: dates, numbers, times, lists, markup, marks before it; and what one side writes otherwise."""
