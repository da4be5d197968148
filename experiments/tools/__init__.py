"""Programs of the maintainers: checks of the workflow, of the report's speed and of large samples."""
