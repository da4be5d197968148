"""The data: where the bytes come from, how they become objects, and how far apart the objects are.

One file per source, each ending in its records (``DATASETS = (Dataset(...), ...)``); the registry finds a new
file by looking into this folder. From a record to a matrix on disk is one call::

    >>> from kmedoids_bench.datasets import datasets, write_matrix
    >>> matrix = write_matrix(datasets()["digits"], "matrices", n=100)  # doctest: +SKIP
    >>> numpy.load(matrix.path, mmap_mode="r").shape  # doctest: +SKIP
    (100, 100)

Reading order:

- ``dataset.py``    the records ``Dataset`` and ``File``, and the registry ``datasets()``
- ``fetch.py``      files: the cache, the mirror, the published addresses in turn; checksums always
- ``distances.py``  ``write_matrix``: the matrix as .npy, exactly symmetric, zero diagonal; ``write_points``
- ``points.py``     ``write_points_alone``: the points where a matrix would be too large
- ``reuse.py``      the .json beside it: a matrix is used again while its inputs are the same
- ``metrics.py``    how a block of dissimilarities is computed, by the name of the metric
- ``optima.py``     the best medoids known, and lower bounds on the loss: ``optima.csv``
- ``atomic.py``     files are written whole or not at all
- ``mixed.py``      objects with numbers, ranks, categories and missing values, and how they are read
- ``idx.py``        the file format that mnist, its mixtures and fashion-mnist share
- ``rda.py``        the file format of R's data
- every other file is a source: of points (``optdigits`` is an example, ``digits`` and ``mixture`` need no file), of a
  graph (``pmed``), of categories (``mushroom``), of mixed columns (``adult``), of strings (``names``), of series
  (``ucr``)

Two environment variables, both read when a file is wanted:

=======================  =====================================================================================
KMEDOIDS_BENCH_MIRROR    a folder or an http(s) address laid out as ``<folder>/<file>``, tried before the
                         published addresses; a folder is read in place, nothing is copied
KMEDOIDS_BENCH_DATA      where downloads are kept (default: the user's cache folder)
=======================  =====================================================================================

The records are read without scipy, scikit-learn and what downloads: these are imported where they are first used,
so that a plan of many datasets starts at once.

A dataset that cannot be had raises ``DatasetUnavailable``, which says why and what to do. A new dataset with
a new kind of objects adds its file here and, if nobody computes its dissimilarity yet, one entry in
``metrics.py``.
"""

from kmedoids_bench.datasets.dataset import Dataset, File, datasets
from kmedoids_bench.datasets.distances import NotEnoughSpace, check_matrix, write_matrix, write_points
from kmedoids_bench.datasets.fetch import DatasetUnavailable, fetch
from kmedoids_bench.datasets.points import write_points_alone
from kmedoids_bench.datasets.reuse import Matrix

__all__ = [
    "Dataset",
    "DatasetUnavailable",
    "File",
    "Matrix",
    "NotEnoughSpace",
    "check_matrix",
    "datasets",
    "fetch",
    "write_matrix",
    "write_points",
    "write_points_alone",
]
