"""Algorithms that search samples of the objects or of the swaps, one file each; `scaffold` is what they share."""
