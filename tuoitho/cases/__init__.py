"""Reports, screenings and cases: from the news of a child to the day child labour has stopped."""


def states_page() -> str:
    """The page ``docs/states.md`` (see ``states_doc``)."""
    # Imported when asked: this package is loaded before Django's apps are ready.
    from tuoitho.cases.states_doc import states_page as write

    return write()
