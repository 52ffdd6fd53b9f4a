"""What all sessions of this process share."""

from __future__ import annotations

import streamlit as st

from engine import authoring, configuration, logs
from engine.authoring import Workshop
from engine.storage import open_store
from engine.study import Study
from engine.threads import one_thread_each


def open_study() -> Study:
    """The study over the configured content and database. Raises StorageError."""
    return open_workshop().study


@st.cache_resource(show_spinner=False)
def open_workshop() -> Workshop:
    """Study and editor over the configured content and database.

    Raises StorageError while the database cannot be used; the next call tries again.
    """
    one_thread_each()
    logs.set_up()
    store = open_store(configuration.database_url(), configuration.data_folder())
    try:
        return authoring.open_workshop(configuration.content_folder(), store)
    except BaseException:  # another course's database, for example
        store.close()
        raise
