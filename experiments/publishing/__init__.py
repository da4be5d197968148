"""Runs that are kept in the repository, and the tables of the README that are made from them."""
