"""Commands that keep the texts, tables and published runs of this project."""
