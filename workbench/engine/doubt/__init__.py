"""How sure is the order: sampled weights, resampled people, rounded judgements, and exact sensitivity."""
