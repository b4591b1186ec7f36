"""The numbers in words: a report to read in a terminal, and a short one for staff every week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.staff.stats import Matter, Stats
from prompts.phrases import Phrases, phrases

_NONE = "–"


def digest_text(stats: Stats, language: str, most: int, *, waiting: int = 0, aside: int = 0) -> str:
    """The week for the staff chat; ``waiting`` cases and answers set ``aside`` are told where there are any."""
    say = phrases(language)
    lines = [say("staff.digest_title", first=stats.first, last=stats.last)]
    if not stats.questions:
        lines.append(say("staff.digest_nothing"))
    else:
        lines += [_summary(stats, say), _deflection(stats, say), _times(stats, say), _feedback(stats, say)]
        lines += _listed(say("staff.stats_top"), stats.top[:most], say)
        lines += _listed(say("staff.stats_unanswered"), stats.unanswered[:most], say)
    if waiting:
        lines.append(say("staff.digest_waiting", count=waiting))
    if aside:
        lines.append(say("staff.digest_aside", count=aside))
    return "\n".join(lines)


def stats_lines(stats: Stats, language: str) -> list[str]:
    """All of it but the single days."""
    say = phrases(language)
    lines = [say("staff.digest_title", first=stats.first, last=stats.last)]
    if not stats.questions:
        return [*lines, say("staff.digest_nothing")]
    lines += [_summary(stats, say), _deflection(stats, say), _times(stats, say), _feedback(stats, say)]
    shares = (f"{_status(name, say)} {stats.by_status[name]} ({share:.0%})" for name, share in stats.shares.items())
    lines.append(say("staff.stats_statuses", shares=_together(shares)))
    lines.append(say("staff.stats_languages", shares=_together(f"{k} {v}" for k, v in stats.languages.items())))
    lines.append(say("staff.stats_channels", shares=_together(f"{k} {v}" for k, v in stats.channels.items())))
    lines += _listed(say("staff.stats_top"), stats.top, say)
    return [*lines, *_listed(say("staff.stats_unanswered"), stats.unanswered, say)]


def _summary(stats: Stats, say: Phrases) -> str:
    return say("staff.stats_summary", questions=stats.questions, askers=stats.askers, official=stats.official)


def _deflection(stats: Stats, say: Phrases) -> str:
    return say(
        "staff.stats_deflection",
        deflection=_share(stats.deflection),
        served=_share(stats.served),
        person=stats.with_person,
        inquiries=stats.inquiries,
    )


def _times(stats: Stats, say: Phrases) -> str:
    return say("staff.stats_times", middle=_time(stats.p50_ms), slow=_time(stats.p95_ms))


def _feedback(stats: Stats, say: Phrases) -> str:
    return say("staff.stats_feedback", up=stats.feedback.up, down=stats.feedback.down)


def _listed(title: str, matters: Sequence[Matter], say: Phrases) -> list[str]:
    if not matters:
        return []
    return [
        "",
        title,
        *(
            say("staff.stats_matter", questions=m.questions, askers=m.askers, question=" ".join(m.question.split()))
            for m in matters
        ),
    ]


def _status(name: str, say: Phrases) -> str:
    return say(f"staff.status_{name}") if f"staff.status_{name}" in say.keys() else name  # noqa: SIM118


def _together(parts: Iterable[str]) -> str:
    return " · ".join(parts)


def _share(share: float | None) -> str:
    return _NONE if share is None else f"{share:.0%}"


def _time(milliseconds: float | None) -> str:
    return _NONE if milliseconds is None else f"{milliseconds:.0f} ms"
