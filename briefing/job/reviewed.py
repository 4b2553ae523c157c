"""What lets a brief out only when a person has looked at all of it."""

from __future__ import annotations

from briefing.job.outcome import Act, Outcome, Task


def once_reviewed(act: Act) -> Act:
    """The stage `act`, which raises UnreviewedError in place of being done as long as the brief on disk was not reviewed."""

    def checked(task: Task) -> Outcome:
        from briefing.deliver.built import built
        from briefing.review.required import require_reviewed

        require_reviewed(built(task.config, task.week, task.moment.date()), task.config.store_file)
        return act(task)

    return checked
