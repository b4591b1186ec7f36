"""The eligibility check: a guided dialogue over the conditions that the documents state. No channel, no I/O.

A channel shows a ``Prompt`` and gives back the id of a choice::

    check = Check(load_programmes(folder, library), library)
    state = check.begin()
    while (prompt := check.prompt(state, "en")) is not None:
        state = check.reply(state, shown_and_chosen(prompt))
    told = tell(check.outcome(state), phrases("en"))

The state is small, frozen and made of texts, so it can be kept anywhere: ``state.model_dump_json()``.
"""
