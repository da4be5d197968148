"""Runs that are kept in the repository, and what the README and results/published/README.md say of them."""
