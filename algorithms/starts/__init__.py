"""Algorithms that choose start medoids, one file each."""
