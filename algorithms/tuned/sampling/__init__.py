"""The tuned sampling algorithms; specification and contract are those of the plain ones."""
