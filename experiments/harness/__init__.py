"""The only room with a clock: it measures cells and writes rows.

Files, in reading order: `cell` (what is fixed before a run: cells, contenders, blocks), `driver` (runs all blocks
of a dataset), `block` (the interleaved rounds of one block), `worker_process` (the driver's end of the pipe: limits on
time and memory) and `worker` (the other end, a program of its own), `own` (the adapter of our algorithms),
`store` (rows on disk, resume), `verify` (loss and local optimality, checked independently), `source` (what
code a row was measured with), `machine` (on what), `environments` (where the libraries live), `cost`
(how long it will take).
"""
