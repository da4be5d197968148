"""Algorithms that raise the mean medoid silhouette instead of lowering the loss, one file each."""
