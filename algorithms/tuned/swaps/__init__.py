"""The tuned swap algorithms; specification and contract are those of the plain ones."""
