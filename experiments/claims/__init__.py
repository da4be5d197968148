"""The claims of the papers, the criteria that decide them, and the verdicts."""
