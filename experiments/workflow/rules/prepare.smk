# What a measurement needs: the matrices of a dataset, the environments of the libraries.


rule matrices:
    input:
        profile=PROFILE_FILE,
        sources=sources(*MADE_WITH["matrices"]),
    output:
        f"results/work/{PROFILE}/matrices/{{dataset}}.json",
    log:
        f"results/logs/{PROFILE}/matrices-{{dataset}}.log",
    resources:
        mem_mb=lambda wildcards: planned()[wildcards.dataset].megabytes,
    params:
        command=COMMAND,
    message:
        "{wildcards.dataset}: data and matrices"
    shell:
        "{params.command} --log {log} matrices --profile {input.profile} --dataset {wildcards.dataset}"
        " --folder .cache/matrices --out {output}"


rule environment:
    input:
        lambda wildcards: of_library(wildcards.library, "requirements*"),
    output:
        f"results/work/{PROFILE}/environments/{{library}}.json",
    log:
        f"results/logs/{PROFILE}/environment-{{library}}.log",
    params:
        command=COMMAND,
    message:
        "{wildcards.library}: its own environment"
    shell:
        "{params.command} --log {log} environment --library {wildcards.library} --out {output}"
