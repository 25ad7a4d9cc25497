"""Reports made at random from our own sentences."""
