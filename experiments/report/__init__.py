"""The report: one page, with the tables and figures beside it."""
