"""The tuned starts; specification and contract are those of the plain ones."""
