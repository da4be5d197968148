"""What pip's output means: a reason in few words, and what would mend it."""

import re

# The first pattern that is found decides, so the more particular ones come first.
CAUSES = (
    (
        r"DO NOT MATCH THE HASHES",
        "a downloaded file is not the one the lock names",
        "empty pip's cache (pip cache purge) and run again",
    ),
    (r"No space left on device", "the disk is full", "make room and run again"),
    (
        r"Retrying \(|Failed to establish a new connection|name resolution|timed out|ProxyError|SSLError",
        "the package index cannot be reached",
        "check the network, or set HTTPS_PROXY or PIP_INDEX_URL, and run again",
    ),
    (
        r"(?:command '[^']*(?:gcc|cc|clang|c\+\+)[^']*' failed|No such file or directory: '(?:gcc|cc|clang)'"
        r"|can't find Rust compiler|linker `cc` not found)",
        "it has to be compiled here and that failed",
        "install a compiler (Debian: apt install build-essential python3-dev)",
    ),
    (
        r"No matching distribution found for (?P<what>\S+)",
        "no file of {what} for this Python and system",
        "use a Python from 3.11 to 3.13 on Linux, macOS or Windows with the usual libraries",
    ),
    (
        r"ensurepip|No module named venv",
        "this Python cannot make virtual environments",
        "install its venv module (Debian: apt install python3-venv) and run again",
    ),
)


def explain(output: str) -> tuple[str, str]:
    """Return the reason why pip or venv failed and what would mend it, from what it printed.

    Examples
    --------
    >>> explain("ERROR: [Errno 28] No space left on device")
    ('the disk is full', 'make room and run again')
    """
    for pattern, reason, advice in CAUSES:
        found = re.search(pattern, output)
        if found:
            return reason.format(**found.groupdict()), advice
    errors = re.findall(r"^\s*(?:ERROR|error): *(.+)$", output, re.MULTILINE)
    lines = errors or [line for line in output.splitlines() if line.strip()] or ["no output"]
    return f"the installation failed: {lines[-1].strip()[:200]}", "read the output and run again"
