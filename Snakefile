# The whole suite as a Snakemake workflow: data -> matrices -> measured cells -> report.
#
#   make reproduce            sets everything up and runs this with the quick profile
#   make run PROFILE=paper    the same with experiments/profiles/paper.yaml
#
# Each rule calls one command of `python -m kmedoids_bench.experiments`, which can be run by hand.

from snakemake.utils import min_version

min_version("9.20")

# The steps say what they do, so a run on one machine shows only warnings and errors of Snakemake. "quiet: all" would hide
# errors, too.
if workflow.output_settings.quiet and not workflow.output_settings.dryrun:
    logger.setLevel("WARNING")

# Not beside another profile: Snakemake would merge the two.
if not config:

    configfile: "experiments/profiles/quick.yaml"


onstart:
    # Its limit on how fast jobs may start makes Snakemake look at all waiting jobs again every second, once for each
    # job that has ended: after a hundred that takes a third of a core, beside the measurements. No option switches the
    # limit off, and the attribute is private.
    if hasattr(workflow.scheduler, "job_rate_limiter"):
        workflow.scheduler.job_rate_limiter = None


include: "experiments/workflow/rules/common.smk"
include: "experiments/workflow/rules/prepare.smk"
include: "experiments/workflow/rules/measure.smk"
include: "experiments/workflow/rules/report.smk"
include: "experiments/workflow/rules/audit.smk"


rule all:
    default_target: True
    input:
        rules.report.output.page,
    localrule: True
    message:
        "done: open results/report.html"
