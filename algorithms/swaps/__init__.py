"""Algorithms that improve given medoids, one file each."""
