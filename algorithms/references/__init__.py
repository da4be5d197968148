"""Adapters of foreign libraries, one file each; a new file here takes part in every study and in the audit.

An adapter declares `REFERENCE`, a dict with the fields of `reference.Reference` and `reference.Offer` (a tuple of them
for several versions of one library), and offers functions to the worker process, which runs it in the library's own
environment:

- `versions()` -> dict of str
- `prepare(matrix)`: not timed; or `prepare_points(points, metric)` for a library that takes points
- `call(algorithm, prepared, k, medoids, seed, parameters)` -> the call that is timed, without arguments. With
  `makes_start` in an offer it also takes `start`, the name of a start that it shall choose itself.
- `read(result)` -> dict with `medoids` (0-based ids), and as far as the library tells `labels` (the place of each
  object's medoid in `medoids`), `reported_loss` (a sum over all objects), `n_swaps`, `n_passes`

How many threads it may use is in the environment: in RAYON_NUM_THREADS, OMP_NUM_THREADS and their like. That is one,
unless the offer names more in `threads` and a study asks for them; those contenders have a process of their own.

At its top level an adapter imports only the standard library and numpy, because two interpreters read it. Where
licences forbid linking this is also the border: a library is only ever run as a process of its own.
"""
