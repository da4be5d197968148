#!/bin/sh
# A Slurm of one host, to try `make run ON=slurm` without a cluster. Needs root and Debian's packages:
#   apt install --no-install-recommends slurm-wlm munge
#
#   sh experiments/workflow/slurm/one_host.sh start    after it `sinfo` shows an idle node
#   sh experiments/workflow/slurm/one_host.sh stop     ends its daemons and cancels its jobs
#
# All its files are in FOLDER (default .snakemake/one-host-slurm), but for the link /etc/slurm/slurm.conf: Snakemake takes the
# variables of Slurm, SLURM_CONF too, out of the environment of jobs. `taskset -c 1 sh ... start` keeps its daemons and all its
# jobs on one core.
set -eu
folder=$(realpath -m "${FOLDER:-.snakemake/one-host-slurm}")
link=/etc/slurm/slurm.conf

# Without accounting, so the executor has to ask squeue, see docs/how-to/cluster.md. A node that does not answer for ten seconds is
# down, and its jobs may run again after ten more.
configuration() {
    cat <<EOF
ClusterName=one-host
SlurmctldHost=$(hostname -s)
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket,cred_expire=10
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
SlurmdTimeout=10
ReturnToService=2
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MaxArraySize=1001
NodeName=$(hostname -s) CPUs=$(nproc --all) RealMemory=$(awk '/MemTotal/ { print int($2 / 1024 * 0.9) }' /proc/meminfo) State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
EOF
}

start() {
    for program in munged slurmctld slurmd; do
        command -v "$program" >/dev/null || PATH=$PATH:/usr/sbin
        command -v "$program" >/dev/null || { echo "$program is missing: apt install slurm-wlm munge" >&2; exit 2; }
    done
    [ -L "$link" ] || [ ! -e "$link" ] || { echo "$link: this host has a Slurm of its own" >&2; exit 2; }
    [ ! -e "$folder/slurmd.pid" ] || { echo "$folder: a Slurm runs here already" >&2; exit 2; }
    mkdir -p "$folder/state" "$folder/spool" "$folder/munge"
    configuration >"$folder/slurm.conf"
    mkdir -p "${link%/*}"
    ln -sfn "$folder/slurm.conf" "$link"
    # A key and a socket of its own: a munge of this host stays as it is. munged wants folders that only root writes.
    chmod 700 "$folder/munge"
    [ -e "$folder/munge/key" ] || (umask 077 && head -c 1024 /dev/urandom >"$folder/munge/key")
    munged --force --key-file="$folder/munge/key" --socket="$folder/munge.socket" --pid-file="$folder/munge/pid" \
        --log-file="$folder/munge/log" --seed-file="$folder/munge/seed"
    slurmctld
    slurmd
    for _ in $(seq 30); do
        sinfo --noheader --format=%T 2>/dev/null | grep -q '^idle' && return
        sleep 1
    done
    echo "no node is idle after 30 s, see $folder/slurmctld.log and $folder/slurmd.log" >&2
    stop
    exit 1
}

stop() {
    scancel --user=root 2>/dev/null || true
    pids=$(cat "$folder/slurmd.pid" "$folder/slurmctld.pid" "$folder/munge/pid" 2>/dev/null || true)
    for pid in $pids; do
        kill "$pid" 2>/dev/null || true
        for _ in $(seq 20); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.5
        done
    done
    [ "$(readlink "$link")" != "$folder/slurm.conf" ] || rm -f "$link"
    rm -rf "$folder"
}

case ${1:-} in
start | stop) "$1" ;;
*) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
