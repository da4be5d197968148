"""Which implementations take part in a study's cells, with an algorithm and from a start, and at which settings."""

import os
from collections.abc import Collection
from dataclasses import replace
from itertools import product

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.registry import algorithms, names
from kmedoids_bench.algorithms.references.reference import Reference, references
from kmedoids_bench.experiments.harness.cell import Contender
from kmedoids_bench.experiments.rows.keys import (
    CERTIFICATE,
    FILLING,
    GPU,
    ONE_PASS,
    ONE_PASS_SETTING,
    OURS,
    TIERS,
    TUNED,
    YARDSTICK,
)
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.study import ALL_CORES, DOUBLED, Study

# What a call of ours does. A sampling algorithm chooses its own start, at random, in every call.
PHASE_OF_KIND = {"start": "start", "swap": "swap", "silhouette": "swap", "sampling": "total"}


def contenders(
    study: Study,
    algorithm: str,
    start: str,
    libraries: Collection[str] | None = None,
    points: bool = False,
    matrix: bool = True,
) -> list[Contender]:
    """Return all contenders with an algorithm in a study's cells with a start: ours first, then each library.

    Where the study is about whole calls, an implementation that can choose this start itself takes part once more with
    a call that does both. `libraries` are those that take part, by default all. With `points` our sampling algorithms
    also run on the points, without the matrix. Where there is no `matrix`, and so no start medoids, only those take
    part that need neither. In a study that measures everything twice, each contender is followed by its copy, which
    runs in a process of its own.
    """
    chosen = _once(study, algorithm, start, libraries, points or not matrix)
    if not matrix:
        chosen = [one for one in chosen if one.order == "points" and not one.takes_start]
    return [one for each in chosen for one in (each, replace(each, copy=True))] if study.twice else chosen


def _once(study: Study, algorithm: str, start: str, libraries: Collection[str] | None, points: bool) -> list[Contender]:
    if algorithm in ONE_PASS:
        whole = _of_ours(OURS, ONE_PASS[algorithm], "swap", None)
        return [replace(whole, parameters=tuple(ONE_PASS_SETTING.items()))]
    if study.as_called:
        return calls_of_users(study, algorithm, start, libraries, points)
    chosen = gpu_contenders(algorithm, start, points) if algorithm in study.gpu else []
    chosen += tuned_contenders(algorithm, numbers_of_threads(study)) if algorithm in study.tuned else []
    if algorithm in (*study.gpu, *study.tuned) and algorithm not in study.algorithms:
        return chosen
    if algorithm in algorithms() and not study.gpu:  # the plain kernels would take hours on such matrices
        plain = plain_contenders(algorithms()[algorithm], start, study, points)
        for setting in study.variants.get(algorithm, ({},)):
            # With other parameters than the defaults an algorithm promises nothing about its result.
            changes = {"parameters": tuple(setting.items()), "same_result_as": None} if setting else {}
            chosen += [replace(contender, **changes) for contender in plain]
    for reference in references().values():
        if algorithm in reference.algorithms and (libraries is None or reference.name in libraries):
            chosen += library_contenders(reference, algorithm, start, study)
    return chosen


def calls_of_users(
    study: Study, algorithm: str, start: str, libraries: Collection[str] | None = None, points: bool = False
) -> list[Contender]:
    """Return the contenders with calls that choose their start; of ours only one, the tuned form where there is one.

    With `points` our sampling algorithms and our tuned ones also run on the points.
    A library that does not choose random start medoids itself is given them, where it takes any: they cost nothing.
    """
    chosen = []
    record = algorithms("tuned").get(algorithm) or algorithms().get(algorithm)
    if record is not None and (record.kind == "swap" or start == "random"):
        ours = TUNED if record.tier == "tuned" else OURS
        given = _of_ours(ours, algorithm, record.kind, None)
        chosen = [replace(given, phase="total", takes_start=False, own_start=start)]
        if points and (record.kind == "sampling" or record.tier == "tuned"):
            chosen.append(replace(chosen[0], order="points"))
    for reference in references().values():
        if algorithm in reference.algorithms and (libraries is None or reference.name in libraries):
            calls = library_contenders(reference, algorithm, start, study)
            own = [one for one in calls if one.own_start]
            chosen += own or [one for one in calls if one.whole_call and start == "random"]
    return chosen


def plain_contenders(record: Algorithm, start: str, study: Study, points: bool = False) -> list[Contender]:
    """Return the contenders with a plain algorithm of ours in cells with a start."""
    given = _of_ours(OURS, record.name, record.kind, record.same_result_as or record.name)
    given = replace(given, chooses_k=record.chooses_k)
    if record.kind == "sampling":
        if study.own_starts and start != "random":
            return []
        given = replace(given, own_start=start if study.own_starts else "")
        # The matrix is rounded and dissimilarities computed from points are not: the results may differ.
        return [given, replace(given, order="points", same_result_as=None)] if points else [given]
    chosen = [given]
    if record.kind == "swap" and study.whole_calls:
        chosen.append(replace(given, phase="total"))
    if record.kind == "swap" and study.own_starts:
        chosen.append(replace(given, phase="total", takes_start=False, own_start=start))
    return chosen


def numbers_of_threads(study: Study) -> list[int]:
    """Return the numbers of threads of a study on this machine.

    They are the same for who plans, measures and reports, even if a scheduler allows one of them fewer processors.
    """
    cores = os.cpu_count() or 1
    doubled = [2**power for power in range(cores.bit_length())]
    meant = {ALL_CORES: [cores], DOUBLED: [*doubled, cores]}
    return list(dict.fromkeys(number for one in study.threads for number in meant.get(one, [one])))


def gpu_contenders(algorithm: str, start: str, points: bool) -> list[Contender]:
    """Return the contenders with an algorithm on a card, with its yardstick, the tables' filling or a certificate.

    With `points`, a swap algorithm also takes part with a call that makes the matrix and chooses the start on the card.
    """
    record = algorithms("gpu").get(algorithm)
    if record is None:
        return [_of_ours(GPU, algorithm, "swap", None)] if algorithm in (YARDSTICK, FILLING, CERTIFICATE) else []
    given = _of_ours(GPU, algorithm, record.kind, record.same_result_as)
    if not points or record.kind == "start":
        return [given]
    own = "build" if start == "build_gains" else start  # the same medoids
    whole = replace(given, order="points", phase="total", takes_start=False, own_start=own, same_result_as=None)
    return [given, whole]


def tuned_contenders(algorithm: str, threads: Collection[int]) -> list[Contender]:
    """Return the contenders with a tuned algorithm, the yardstick or a certificate, for each number of threads."""
    record = algorithms("tuned").get(algorithm)
    if algorithm in (YARDSTICK, CERTIFICATE):
        given = _of_ours(TUNED, algorithm, "swap", None)
    elif record is None:
        return []
    else:
        given = _of_ours(TUNED, algorithm, record.kind, record.same_result_as)
        given = replace(given, own_start="random" if record.kind == "sampling" else "")
    return [replace(given, threads=n) for n in threads if n == 1 or record is None or record.threads]


def _of_ours(implementation: str, algorithm: str, kind: str, same_result_as: str | None) -> Contender:
    return Contender(
        implementation=implementation,
        algorithm=algorithm,
        order="C",
        tier=TIERS[implementation],
        phase=PHASE_OF_KIND[kind],
        takes_start=kind in ("swap", "silhouette"),
        same_result_as=same_result_as,
    )


def library_contenders(reference: Reference, algorithm: str, start: str, study: Study) -> list[Contender]:
    """Return the contenders with which a library offers an algorithm in cells with a start."""
    offer = reference.algorithms[algorithm]
    chosen = []
    takes_many = len(offer.threads) > 1 and not {ALL_CORES, DOUBLED}.isdisjoint(study.threads)
    for order, threads in product(reference.orders, numbers_of_threads(study)):
        if threads not in offer.threads and not takes_many:
            continue
        given = Contender(
            implementation=reference.name,
            algorithm=algorithm,
            order=order,
            tier="library",
            phase=offer.phase,
            takes_start=offer.takes_start,
            threads=threads,
            # Several threads work on several candidates at once, and so take them in another order.
            same_result_as=offer.same_result_as if threads == 1 else None,
            chooses_k=offer.chooses_k,
        )
        if offer.takes_start or offer.phase == "start":
            chosen.append(given)
        if study.own_starts and start in offer.makes_start:
            # From the same seed a library draws other medoids than we do.
            promise = None if algorithms()[start].seeded else given.same_result_as
            chosen.append(replace(given, phase="total", takes_start=False, own_start=start, same_result_as=promise))
    return chosen


def all_contenders() -> dict[str, Contender]:
    """Return all contenders of all studies by name."""
    return {
        contender.name: contender
        for study in studies().values()
        for algorithm in (*study.measured, *study.beyond.values())
        for start in names("start")
        for contender in contenders(study, algorithm, start, points=True)
    }
