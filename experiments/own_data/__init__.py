"""Data of the user's own: a file becomes objects, is clustered, and becomes a dataset on which everything is compared.

- `reading`: what a file holds, and what is wrong with it, before anything runs
- `columns`: which columns are labels, numbers or categories
- `distances`: whether a square file holds distances, and whether they can be clustered
- `clustering`: medoids, from a matrix or from points
- `choosing_k`: how good several k are, and which of them to take
- `comparing`: the measurements, with the harness of the studies
"""
