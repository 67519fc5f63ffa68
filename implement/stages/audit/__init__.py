"""The audit: questions in the first hours at a firm, answers of several people, and the findings that follow."""
