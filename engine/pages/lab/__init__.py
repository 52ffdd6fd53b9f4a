"""The lab: any simulation with any settings."""
