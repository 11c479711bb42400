"""Ways of weighting criteria other than complete pairwise comparison."""
