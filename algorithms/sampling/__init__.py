"""Algorithms that search samples of the objects or of the swaps, one file each; `best_of` is what they share."""
