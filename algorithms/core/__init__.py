"""What all algorithms share: validated input, the result, nearest medoids, the loss and its tolerance."""
