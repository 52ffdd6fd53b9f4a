"""What all sessions of this process share."""

from __future__ import annotations

import streamlit as st

from engine import configuration
from engine.storage import open_store
from engine.study import CourseFolder, Study
from engine.threads import one_thread_each


@st.cache_resource(show_spinner=False)
def open_study() -> Study:
    """The study over the configured content and database.

    Raises StorageError while the database cannot be used; the next call tries again.
    """
    one_thread_each()
    store = open_store(configuration.database_url(), configuration.data_folder())
    return Study(CourseFolder(configuration.content_folder()), store)
