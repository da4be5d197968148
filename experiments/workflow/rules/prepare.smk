# What a measurement needs: the matrices of a dataset, the environments of the libraries.


rule matrices:
    input:
        config=CONFIGFILE,
        sources=sources("datasets/*.py", "experiments/workflow/steps.py"),
    output:
        f"results/work/{PROFILE}/matrices/{{dataset}}.json",
    log:
        f"results/logs/{PROFILE}/matrices-{{dataset}}.log",
    params:
        command=COMMAND,
    message:
        "{wildcards.dataset}: data and matrices"
    shell:
        "{params.command} --log {log} matrices --config {input.config} --dataset {wildcards.dataset}"
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
