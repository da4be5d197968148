"""Entry point of `kmedoids-bench`, or `python -m kmedoids_bench.experiments`; `commands` has the commands."""

import sys


def run() -> None:
    """Run a command: an error that a user can mend ends in one message, not in a traceback."""
    try:
        import rich_click as click

        from kmedoids_bench.datasets.trouble import Trouble
        from kmedoids_bench.experiments.commands.console import main
    except ModuleNotFoundError as error:
        sys.exit(f"kmedoids-bench needs {error.name}: pip install 'kmedoids-bench[experiments]'")
    try:
        sys.exit(main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit("interrupted: all finished runs are kept; run the same command again to continue")
    except (Trouble, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    run()
