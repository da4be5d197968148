#!/bin/sh
# OpenPBS for Snakemake's executor cluster-generic, see profile.yaml. For another scheduler say the same in its words.
#
#   pbs.sh submit RULE CORES MEGABYTES MINUTES SCRIPT   prints the name of the job and nothing else
#   pbs.sh status JOB                                   prints running, success or failed
#   pbs.sh JOB ...                                      cancels them
set -eu
case $1 in
submit) # Nothing runs beside a measurement: the node is its own. A job whose node goes down is run again.
    shift
    place=free
    [ "$1" != measure ] || place=excl
    mkdir -p .snakemake/jobs
    qsub -V -r y -N "$1" -j oe -o "$PWD/.snakemake/jobs/" -l "select=1:ncpus=$2:mem=$3mb" -l "place=$place" \
        -l "walltime=$4:00" "$5"
    ;;
status) # A server that does not answer says nothing about the job.
    if ! answer=$(qstat -x -f "$2" 2>&1); then
        case $answer in *"Unknown Job"*) echo failed ;; *) echo running ;; esac
        exit
    fi
    case $answer in
    *"job_state = F"*) case $answer in *"Exit_status = 0"*) echo success ;; *) echo failed ;; esac ;;
    *) echo running ;;
    esac
    ;;
*) qdel "$@" ;;
esac
