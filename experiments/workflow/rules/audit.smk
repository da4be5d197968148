# The audit: the same questions to every implementation. Nothing is timed, so these jobs run side by side.


rule audit_implementation:
    input:
        of_implementation,
        sources=sources(*MADE_WITH["answers"]),
    output:
        "results/work/audit/{implementation}.json",
    log:
        "results/logs/audit/{implementation}.log",
    params:
        command=COMMAND,
        folder="results/audit",
        logs="results/logs/audit/workers",
    message:
        "{wildcards.implementation}: the audit's questions"
    shell:
        "{params.command} --log {log} audit --implementation {wildcards.implementation} --out {output}"
        " --folder {params.folder} --logs {params.logs}"


rule audit:
    input:
        records=expand(rules.audit_implementation.output, implementation=IMPLEMENTATIONS),
        sources=sources(*MADE_WITH["audit"]),
    output:
        page="results/audit.html",
    log:
        "results/logs/audit/page.log",
    params:
        command=COMMAND,
        results=subpath(output.page, parent=True),
    message:
        "results/audit.html"
    shell:
        "{params.command} --log {log} audit-page --results {params.results} {input.records}"
