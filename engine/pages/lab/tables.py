"""The lab's tables: the values behind its charts, in words, and as CSV to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from engine.course import Experiment, run_experiment
from engine.i18n import Translator, say, say_label
from engine.pages.session import Session
from engine.simulations import SIMULATIONS, Simulation, cell_label
from engine.study import table_csv


def tables(
    session: Session, shown: Sequence[Experiment], letters: Sequence[str], *, opened: bool = False
) -> None:
    """The values behind the chart, to read and to take away.

    letters: what each experiment is called; empty where there is one alone.
    opened: whether they are seen at once, as there is no chart.
    """
    translate = session.translate
    if not any(run_experiment(experiment).tables for experiment in shown):
        return
    with st.expander(translate(say("Values as a table")), expanded=opened):
        for side, (experiment, called) in enumerate(zip(shown, letters, strict=False)):
            simulation = SIMULATIONS[experiment.simulation]
            for name, table in run_experiment(experiment).tables.items():
                letter = f"{called} · " if called else ""
                title = translate(say_label(simulation.table_label(name)))
                st.markdown(f"**{letter}{title}**")
                frame = _frame(simulation, name, table, translate)
                st.dataframe(frame, hide_index=True, height=220)
                file = f"{experiment.simulation}-{name}-{experiment.seed}.csv"
                st.download_button(
                    translate(say("Download as CSV")),
                    table_csv(table),
                    file,
                    "text/csv",
                    key=f"lab-download-{side}-{name}",
                    on_click="ignore",
                )


def _frame(
    simulation: Simulation, name: str, table: Mapping[str, object], translate: Translator
) -> pd.DataFrame:
    """A table in words; what is to be taken away keeps the simulation's own names."""
    frame = pd.DataFrame(dict(table))
    for column in frame.select_dtypes(exclude=["number", "bool"]):
        frame[column] = [translate(say_label(cell_label(str(cell)))) for cell in frame[column]]
    heads = (translate(say_label(simulation.column_label(name, column))) for column in table)
    return frame.set_axis(list(heads), axis="columns")
