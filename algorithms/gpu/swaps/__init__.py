"""The swap algorithms on a card; specification and contract are those of the plain ones."""
