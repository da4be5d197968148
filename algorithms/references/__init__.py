"""Adapters of foreign libraries, one file each; a new file here takes part in every study.

An adapter ends its declarations with `REFERENCE` and offers four functions to the worker process that runs it
in the library's own environment: `versions()`, `prepare(matrix)` (not timed), `call(algorithm, prepared, k,
medoids, seed, parameters)` which returns the call that is timed, and `read(result)`. Where licences forbid
linking, this is also the border: a library is only ever run as a process of its own.
"""
