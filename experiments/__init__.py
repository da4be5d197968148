"""Measuring, judging and showing: everything around the algorithms and the data.

    python -m kmedoids_bench.experiments --help      one command per step; the root Snakefile calls them in order

`configuration` reads a profile of `config/`, `plan` turns it into blocks of cells, `steps` are what the commands do,
`summary` gathers what the report shows. Rooms: `harness/` measures, `analysis/` computes from stored rows, `studies/`
declare the questions, `report/` draws. `envs/` pins versions, `profiles/` configures Snakemake, `rules/` holds the
workflow.
"""
