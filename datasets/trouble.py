"""What a user can mend: every such error has a reason and, where there is one, advice."""


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
        super().__init__(reason, advice)
        self.reason, self.advice = reason, advice

    def __str__(self) -> str:
        """Write reason and advice on one line each."""
        return f"{self.reason}\n  {self.advice}" if self.advice else self.reason
