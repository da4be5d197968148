"""Commands of `python -m kmedoids_bench.experiments` that stand beside the workflow."""
