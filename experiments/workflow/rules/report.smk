# Tables, figures and the page, from stored rows: nothing is measured here.


rule report:
    input:
        profile=PROFILE_FILE,
        records=[
            *expand(rules.matrices.output, dataset=DATASETS),
            *expand(rules.environment.output, library=LIBRARIES),
            *expand(rules.measure.output, dataset=DATASETS),
        ],
        sources=sources(*MADE_WITH["report"]),
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
        "{params.command} --log {log} report --profile {input.profile} --cells {params.cells}"
        " --results {params.results} {input.records}"
