"""Questions checked over many draws: keys, wrong methods, formulas, what can be guessed."""
