"""The lab's tables: the values behind its charts, in words, and as CSV to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from engine.i18n import in_language, say
from engine.pages.session import Session as Visit
from engine.simulations.kit.columns import cell_words, column_words, table_words
from engine.study.lab import Experiment, run_experiment, table_csv


def tables(
    visit: Visit, shown: Sequence[Experiment], letters: Sequence[str], *, opened: bool = False
) -> None:
    """The values behind the chart, to read and to take away.

    letters: what each experiment is called; empty where there is one alone.
    opened: whether they are seen at once, as there is no chart.
    """
    translate, language = visit.translate, visit.person.language
    if not any(run_experiment(experiment).tables for experiment in shown):
        return
    with st.expander(translate(say("Values as a table")), expanded=opened):
        for side, (experiment, called) in enumerate(zip(shown, letters, strict=False)):
            for name, table in run_experiment(experiment).tables.items():
                letter = f"{called} · " if called else ""
                title = in_language(table_words(experiment.simulation, name), language)
                st.markdown(f"**{letter}{title}**")
                frame = _frame(experiment.simulation, name, table, language)
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


def _frame(simulation: str, name: str, table: Mapping[str, object], language: str) -> pd.DataFrame:
    """A table in words; what is to be taken away keeps the simulation's own names."""
    frame = pd.DataFrame(dict(table))
    for column in frame.select_dtypes(exclude=["number", "bool"]):
        frame[column] = [in_language(cell_words(str(cell)), language) for cell in frame[column]]
    heads = (in_language(column_words(simulation, name, column), language) for column in table)
    return frame.set_axis(list(heads), axis="columns")
