"""What a user can mend: every such error has a reason and, where there is one, advice, and never a password."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile


def without_credentials(text: str) -> str:
    """Leave out what stands before the @ of an address, such as `user:password` in http://user:password@host/."""
    return re.sub(r"//[^\s/]*@", "//", text)


@contextmanager
def reading(path: Path, what: str, advice: str = "") -> Iterator[None]:
    """Raise Trouble, saying that the file is not `what`, if its content does not let itself be read in this block."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError, EOFError, BadZipFile, csv.Error) as error:
        raise Trouble(f"{path} is not {what}: {str(error)[:300]}", advice) from error


class Trouble(Exception):
    """Something cannot be had, or cannot go on, for a reason that a user can mend.

    The command line catches it in one place and shows reason and advice instead of a traceback.

    Attributes
    ----------
    reason : str
        What is wrong, naming the file, key or entry.
    advice : str
        What would help; empty if the reason says it all.
    """

    def __init__(self, reason: str, advice: str = "") -> None:
        self.reason, self.advice = without_credentials(reason), without_credentials(advice)
        super().__init__(self.reason, self.advice)

    def __str__(self) -> str:
        """Write reason and advice on one line each."""
        return f"{self.reason}\n  {self.advice}" if self.advice else self.reason
