"""Programs of the maintainers, each a command of `python -m kmedoids_bench.experiments`."""
