"""The Snakemake workflow: its rules, its settings, and the step that each rule calls."""
