"""The only room with a clock: it measures cells and writes rows.

Files, in reading order: `cell` (what is fixed before a run: cells, contenders, blocks), `block` (the interleaved rounds
of one block), `progress` (the bar), `record` (makes rows), `store` (rows on disk, resume), `verify` (loss and local
optimality, checked independently), `source` (the code that a row was measured with), `machine`, `neighbours` (other
programs on it), and `workers` (the processes that run the contenders).
"""
