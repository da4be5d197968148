# The measurements. One job measures all blocks of a dataset: its workers stay alive from block to block, because to
# start and compile takes longer than most cells. The rows go to an append-only store which is no output of the rule
# (Snakemake deletes outputs before a job); a job that is run again keeps every row that still counts.


rule measure:
    input:
        config=CONFIGFILE,
        matrices=rules.matrices.output,
        environments=expand(rules.environment.output, library=LIBRARIES),
        sources=sources(
            "algorithms/**/*.py",
            "algorithms/**/*.R",
            "experiments/harness/**/*",
            "experiments/planning/*",
            "experiments/studies/*/__init__.py",
            "experiments/studies/study.py",
            "experiments/workflow/steps.py",
        ),
    output:
        f"results/work/{PROFILE}/measured/{{dataset}}.json",
    log:
        f"results/logs/{PROFILE}/measure-{{dataset}}.log",
    # All cores: nothing runs beside a measurement.
    threads: workflow.cores
    params:
        command=COMMAND,
        store=lambda wildcards: f"results/cells/{wildcards.dataset}.jsonl",
        logs=f"results/logs/{PROFILE}/workers",
    message:
        "{wildcards.dataset}: measuring"
    shell:
        "{params.command} --log {log} measure --config {input.config} --matrices {input.matrices}"
        " --store {params.store} --logs {params.logs} --out {output}"
