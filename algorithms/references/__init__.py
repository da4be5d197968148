"""Reference libraries, one folder each; a new folder here takes part in every study and in the audit.

**To add a library**, make a folder `algorithms/references/<name>/` with these files. Nothing else has to be edited.

1. ``__init__.py``: the records, a tuple `REFERENCES` of `reference.Reference`. A record holds the name that rows and
   profiles use, the title for the report, the forms of data that the library takes, and an `Offer` for each of its
   algorithms: which start it accepts, what can be timed, what it promises. A library has several records if it is
   measured in several versions, or takes a matrix for some algorithms and points for others. The record's `runtime`
   says what runs the adapter:

   - ``Pip()``: a Python environment of the library's own, built by uv from the pinned ``requirements.txt``.
     ``Pip("requirements_055")`` names another file, for a library with several versions.
   - ``SystemR("cluster")``: the R of this machine, with this package.
   - ``Jar("KMEDOIDS_BENCH_ELKI", "elki-bundle-0.8.0.jar")``: our own Python, whose adapter starts Java with the
     class path that this environment variable names, and a ``.java`` file of the folder as its program.

2. ``adapter.py`` (``adapter.R`` for R): functions that the worker process calls, see below.
3. ``requirements.in``, for ``Pip``: the library with its version, and numpy, which the worker needs. A line
   ``# python: 3.11`` chooses the Python; uv downloads it if this machine has none. Without the line it is the Python
   that runs the benchmark. From this file `make lock` writes ``requirements.txt``, the versions and hashes of all
   packages.
4. ``tests/test_adapter.py``: the fixture `library` opens the library by the name of its record behind a real worker, or
   skips the test if the library is unavailable. Test a matrix whose result is known, and what the record promises:
   the same result as ours, a local optimum, the same result for the same seed.

Then run ``.venv/bin/python -P -m pytest algorithms/references/<name> algorithms/tests/test_references.py``, and write a
line in CHANGELOG.md. A profile with a list `libraries` measures only those.

**The adapter** defines these functions. Only the function that `call` returns is timed.

- ``versions()`` returns the versions of everything that affects speed and results, a dict of str.
- ``prepare(matrix)`` returns the matrix in the form that the library takes; ``prepare_points(points, metric)`` does so
  for points.
- ``call(algorithm, prepared, k, medoids, seed, parameters)`` returns the function to time, which takes no arguments.
  `medoids` are the start medoids, 0-based ids, or None; `parameters` are settings for the library, a dict. If an offer
  has `makes_start`, `call` also takes ``start=None``, the name of the start that the library is to choose itself.
- ``read(result)`` returns a dict with `medoids`, 0-based ids, and as far as the library reports them: `labels` (the
  position of each object's medoid in `medoids`), `reported_loss` (a sum over all objects), `n_swaps`, `n_passes`.

The number of threads that the library may use is in the environment (``RAYON_NUM_THREADS``, ``OMP_NUM_THREADS`` and
similar). It is one, unless the offer lists more in `threads` and a study asks for them.

The worker reads the adapter from its file, in the library's environment. At its top level an adapter imports only the
standard library and numpy; it imports its library inside the functions, and nothing of `kmedoids_bench`. This also
keeps licences apart: a library with a copyleft licence only ever runs in a process of its own.
"""
