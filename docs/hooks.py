"""What mkdocs.yml cannot say: texts and reports from outside `docs`, commands, datasets, and the tutorial, a notebook.

A line ``<!-- include: CONTRIBUTING.md -->`` in a page stands for that file, and ``<!-- include: README.md results -->``
for what stands there between ``<!-- results: begin`` and ``<!-- results: end``. So no text is kept twice.
"""

import posixpath
import re
from pathlib import Path

import griffe
import nbformat
from click.testing import CliRunner
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from nbconvert import MarkdownExporter
from nbconvert.preprocessors import CoalesceStreamsPreprocessor

from kmedoids_bench.datasets import datasets
from kmedoids_bench.experiments.commands import SECTIONS, commands
from kmedoids_bench.experiments.commands.console import main

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "results"
INCLUDE = re.compile(r"^<!-- include: (\S+?)(?: (\S+))? -->$", re.MULTILINE)
LINK = re.compile(r"\[([^]]+)\]\((?!\w+:|#)([^)]+)\)")  # to a file of the repository
ELSEWHERE = re.compile(r"""<(?:link|script|img|iframe|source)\b[^>]*\b(?:src|href)=["']?((?:https?:)?//[^"' >]+)""")
DRAWING = re.compile(r"```mermaid\n.*?```", re.DOTALL)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the reports of the published runs, with what they link to, and the tutorial with its pictures."""
    for path in sorted(path for kind in ("html", "csv", "pdf") for path in RESULTS.glob(f"published/**/*.{kind}")):
        place = path.relative_to(RESULTS).as_posix()
        files.append(File(place, str(RESULTS), config.site_dir, config.use_directory_urls))
    notebook = nbformat.read(ROOT / "docs" / "tutorial.ipynb", as_version=4)
    text, resources = MarkdownExporter(preprocessors=[CoalesceStreamsPreprocessor]).from_notebook_node(notebook)
    descriptions = iter(notebook.metadata["pictures"])
    text = re.sub(r"!\[png\]", lambda match: f"![{next(descriptions)}]", text)
    files.append(File.generated(config, "tutorial.md", content=text))
    for name, picture in resources["outputs"].items():
        files.append(File.generated(config, name, content=picture))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put included texts where they are asked for."""
    pages = {source: file.src_uri for file in files.documentation_pages() for source in included_whole(file)}
    folder = posixpath.dirname(page.file.src_uri)

    def text_of(match: re.Match) -> str:
        source, part = match.groups()
        text = (ROOT / source).read_text(encoding="utf-8")
        if part:
            text = re.split(rf"<!-- {part}: (?:begin|end).*-->", text)[1]
        text = DRAWING.sub(arrows, text)
        return LINK.sub(lambda link: relinked(*link.groups(), posixpath.dirname(source)), text)

    def relinked(words: str, target: str, beside: str) -> str:
        place = posixpath.normpath(posixpath.join(beside, target))
        if place in pages or place.startswith("docs/"):
            return f"[{words}]({posixpath.relpath(pages.get(place, place.removeprefix('docs/')), folder or '.')})"
        return f"`{place}`" if place.endswith(words) else f"{words} (`{place}`)"

    markdown = INCLUDE.sub(text_of, markdown).replace("<!-- commands -->", helps())
    return markdown.replace("<!-- datasets -->", table_of_datasets())


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> None:
    """Fail if the browser would load anything from another address."""
    if elsewhere := ELSEWHERE.findall(output):
        raise PluginError(f"{page.file.src_uri} loads from another address: {', '.join(elsewhere)}")


def included_whole(file: File) -> list[str]:
    """Return the files that a page includes whole: a link to one of them leads to the page."""
    return [source for source, part in INCLUDE.findall(file.content_string) if not part]


def helps() -> str:
    """Return what every command says of itself, under the headings of their list."""
    lines = []
    for section, title in SECTIONS.items():
        lines += [f"## {title}", ""]
        for name in (name for name, module in commands().items() if f".{section}." in module):
            words = [name, "--help"]
            said = CliRunner().invoke(main, words, prog_name="kmedoids-bench", env={"COLUMNS": "110"}).output
            lines += [f"### {name}", "", "```text", *map(str.rstrip, said.strip().splitlines()), "```", ""]
    return "\n".join(lines)


def table_of_datasets() -> str:
    """Return a table of all datasets, as their records describe them."""
    lines = ["| data | name | objects | dissimilarity | licence | reference |", "|---|---|---|---|---|---|"]
    for name, one in sorted(datasets().items()):
        cells = [f"[{one.title}]({one.homepage})", f"`{name}`", f"{one.n:,}", one.metric, one.licence, one.citation]
        lines.append(f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |")
    return "\n".join(lines)


def arrows(drawing: re.Match) -> str:
    """Return the arrows of a flow chart as text: to draw it, a page would load a script of three megabytes."""
    lines = [line.strip() for line in drawing[0].splitlines() if "-->" in line]
    return "\n".join(["```text", *lines, "```"])


class Comments(griffe.Extension):
    """Show the comment behind a field of a class, if it has no docstring, as what the field is."""

    def on_attribute_instance(self, *, attr: griffe.Attribute, **_: object) -> None:
        """Take the comment from the line of the attribute."""
        _, found, comment = attr.source.partition("  # ")
        if found and attr.docstring is None:
            attr.docstring = griffe.Docstring(comment, parent=attr)
