# Tables, figures and the page, from stored rows: nothing is measured here.


rule report:
    input:
        config=CONFIGFILE,
        records=[
            *expand(rules.matrices.output, dataset=DATASETS),
            *expand(rules.environment.output, library=LIBRARIES),
            *expand(rules.measure.output, dataset=DATASETS),
        ],
        sources=sources(
            "experiments/rows/*",
            "experiments/analysis/*",
            "experiments/exhibits/*",
            "experiments/studies/**/*",
            "experiments/claims/*",
            "experiments/report/**/*",
            "experiments/workflow/summary.py",
        ),
    output:
        page="results/report.html",
    log:
        f"results/logs/{PROFILE}/report.log",
    params:
        command=COMMAND,
        cells="results/cells",
        results=subpath(output.page, parent=True),
    message:
        "tables, figures and results/report.html"
    shell:
        "{params.command} --log {log} report --config {input.config} --cells {params.cells}"
        " --results {params.results} {input.records}"
