"""Commands that show what was measured, and what is known of the papers' data."""
