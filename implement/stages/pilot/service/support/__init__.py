"""Support of the first weeks: questions and answers, the book of sales, where people ask most."""
