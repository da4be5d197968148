# The measurements. One job measures all blocks of a dataset: its workers stay alive from block to block, because
# starting and compiling take longer than most cells. The rows go to an append-only store that is not an output of the
# rule, because Snakemake deletes outputs before a job. A job that runs again keeps every current row.


rule measure:
    input:
        profile=PROFILE_FILE,
        matrices=rules.matrices.output,
        environments=expand(rules.environment.output, library=LIBRARIES),
        sources=sources(*MADE_WITH["rows"]),
    output:
        f"results/work/{PROFILE}/measured/{{dataset}}.json",
    log:
        f"results/logs/{PROFILE}/measure-{{dataset}}.log",
    # All cores: nothing runs beside a measurement.
    threads: workflow.cores
    resources:
        runtime=lambda wildcards: planned()[wildcards.dataset].minutes,
        mem_mb=lambda wildcards: planned()[wildcards.dataset].megabytes,
    params:
        command=COMMAND,
        store=lambda wildcards: f"results/cells/{wildcards.dataset}.jsonl",
        logs=f"results/logs/{PROFILE}/workers",
    message:
        "{wildcards.dataset}: measuring"
    shell:
        "{params.command} --log {log} measure --profile {input.profile} --matrices {input.matrices}"
        " --store {params.store} --logs {params.logs} --out {output}"
