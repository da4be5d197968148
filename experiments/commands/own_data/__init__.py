"""Commands for a file of your own: what clusters it, and what clusters it best."""
