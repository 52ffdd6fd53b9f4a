"""Entry: page set-up, navigation, who is here. Nothing else."""

from engine.pages import shell

shell.run()
