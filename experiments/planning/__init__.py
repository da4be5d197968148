"""From a profile to blocks of cells: reading it, laying out what is measured, and forecasting what that takes."""
