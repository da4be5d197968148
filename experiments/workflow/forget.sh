# usage: sh experiments/workflow/forget.sh PROFILE
#
# Forget what the next run of this profile has to do again: data and libraries that could not be had, which may be there by
# now, measurements whose rows are gone, and records that are damaged. Snakemake does not look for a file in the middle
# while the report is newer than everything before it, so the report goes as well.
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
