"""Settings of a learner."""
