"""A published audit: its page, its tables, every failing instance and the answers that the page is made of.

A folder of results/published, ``audit``, holds

- ``audit.html``, ``tables/``  the page and its tables, as in results
- ``instances/``               the smallest instance of each failure; the page has a command that asks about it again
- ``records/``                 the answers of each implementation, which `write_page` reads
- ``SHA256SUMS``               the hash of each of these files
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.audit.audit import FAIL, PASS
from kmedoids_bench.experiments.audit.page import all_answers, read_answers, write_page
from kmedoids_bench.experiments.publishing.published import published_folder

NAME = "audit"  # of the folder
PAGE = "audit.html"


@dataclass(frozen=True)
class Summary:
    """What the index says of a published audit."""

    cases: int
    implementations: int  # those that could be asked
    failures: list[tuple[str, int, int]]  # title, questions failed, questions answered; most failures first


def publish(records: Sequence[dict], target: Path) -> Path:
    """Write the page of an audit to a folder that is committed, with all that it leads to, and return the folder.

    `records` are what `audit` returned for each implementation. `target` is replaced if it is there. Raises Trouble if
    an implementation was asked by code with changes that were not committed, or if an instance is missing.
    """
    if any(record.get("dirty") for record in records):
        raise Trouble("the audit comes from code that is not committed", "commit, and audit again")
    with published_folder(target) as draft:
        (draft / "records").mkdir()
        for record in records:
            for finding in (finding for answer in all_answers([record]) for finding in answer["findings"]):
                source = Path(finding["file"])
                if not source.exists():
                    raise Trouble(f"{source}, the instance of a failure, is missing", "audit again: make audit")
                instance = Path("instances", record["implementation"], source.name)
                (draft / instance).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, draft / instance)
                # The page names the instance where a reader finds it.
                finding["file"] = str(target / instance)
            (draft / "records" / f"{record['implementation']}.json").write_text(json.dumps(record, indent=1) + "\n")
        write_page(list(records), draft, home=("../index.html", "Published runs"))
    return target


def summary(folder: Path) -> Summary:
    """Count the answers of a published audit."""
    counts, cases = [], 0
    for record in map(read_answers, sorted((folder / "records").glob("*.json"))):
        asked = [answer for answer in all_answers([record]) if answer["verdict"] in (PASS, FAIL)]
        if asked:
            counts.append((record["title"], sum(answer["verdict"] == FAIL for answer in asked), len(asked)))
        cases += sum(answer["tried"] for answer in asked)
    return Summary(cases, len(counts), sorted(counts, key=lambda count: -count[1]))
