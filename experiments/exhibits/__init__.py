"""Tables and figures: what a study shows, and how it looks."""
