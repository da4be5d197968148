"""The look of everything that is read: tables, figures, the page."""
