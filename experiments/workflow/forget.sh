# usage: sh experiments/workflow/forget.sh PROFILE
#
# What Snakemake cannot see for itself before a run; fails if nothing can be written to results.
#
# Forget what the next run of this profile has to do again: data and libraries that could not be had, which may be there by
# now, measurements whose rows are gone, and records that are damaged. Snakemake does not look for a file in the middle
# while the report is newer than everything before it, so the report goes as well.
#
# What is dated in the future, because a clock was wrong, gets the time of now: Snakemake fails when an output is older than
# its input.
if [ -e results ] && ! [ -w results ]; then
    echo "results: nothing can be written there: Read-only file system, or no permission" >&2
    exit 1
fi
touch .snakemake/run.lock 2>/dev/null && # another run waits for this one, so nobody else writes here
    find results/work/"$1" results/report.html -newer .snakemake/run.lock -exec touch {} + 2>/dev/null
for record in results/work/"$1"/*/*.json; do
    [ -e "$record" ] || continue # no record at all
    case $record in
        */measured/*) rows=results/cells/$(basename "$record" .json).jsonl ;;
        *) rows=$record ;;
    esac
    if [ "$(tail -n 1 "$record")" != "}" ] || ! grep -q '^ *"kind": ' "$record"; then
        echo "$record is damaged, or of another version: its step is done again" >&2
        rm -rf "$record" results/report.html
    elif [ ! -e "$rows" ] || grep -q '"unavailable": {' "$record"; then
        rm -f "$record" results/report.html
    fi
done
