"""Measuring, judging and showing: everything around the algorithms and the data.

    kmedoids-bench --help      one command per step; the root Snakefile calls them in order

From a profile to the report, in reading order: `profiles/` say what to measure, `planning` turns one into blocks of
cells, `harness` measures them, `rows` are what it leaves behind, `analysis` computes from rows what several studies
need, `studies` answer one question each, `exhibits` are the tables and figures they show, `claims` decides the papers'
claims, and `report` writes the page. Beside them: `audit` asks every implementation whether it keeps its promises,
`publishing` keeps runs in the repository, `workflow` holds Snakemake's rules, `own_data`
takes files of the user's own, `commands` are what a user types, `envs` pins versions.
"""
