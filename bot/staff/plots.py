"""Pictures of the numbers, as PNG. They show no question: a font need not have every script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.answering.answer import Status
from bot.evaluation.plots import Plot
from bot.staff.stats import Stats

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WIDTH_INCHES = 6.0
_TITLE_INCHES = 0.3
# Colours that the colour-blind tell apart (Okabe and Ito).
_COLOURS = {
    Status.ANSWERED.value: "#009e73",
    Status.REFERRED.value: "#0072b2",
    Status.NOT_STATED.value: "#e69f00",
    Status.CLARIFY.value: "#56b4e9",
    Status.OFF_TOPIC.value: "#d55e00",
    Status.CONVERSATION.value: "#cc79a7",
}
_OTHER = "#6b7785"
_PERSON = "#1f2933"
_FAINT = "#d5dbe1"
_BINS = 30
_BEYOND = 2.0
"""Times beyond so many times the 95th percentile are drawn together."""


def stats_plots(stats: Stats, milliseconds: Sequence[float]) -> tuple[Plot, ...]:
    """The pictures of some days, none without questions; ``milliseconds`` are the times of all answers."""
    if not stats.questions:
        return ()
    daily, slow = "By how they ended; the line: with a person.", "Milliseconds from the question to the answer."
    return (
        _titled("per-day", "Questions a day", daily, _days(stats)),
        _titled("statuses", "How questions ended", "Numbers of questions.", _bars(stats.by_status, _COLOURS)),
        _titled("languages", "Languages", "Numbers of questions.", _bars(stats.languages, {})),
        _titled("times", "Time to an answer", slow, _times(stats, milliseconds)),
    )


def _titled(slug: str, title: str, note: str, draw: Callable[[Figure], None]) -> Plot:
    """The picture with its title in it: several in one message are seen without what is written below them."""

    def drawn(figure: Figure) -> None:
        draw(figure)
        figure.set_figheight(figure.get_figheight() + _TITLE_INCHES)
        figure.suptitle(title, fontsize="medium", fontweight="bold")

    return Plot(slug, title, note, drawn)


def _days(stats: Stats) -> Callable[[Figure], None]:
    def draw(figure: Figure) -> None:
        figure.set_size_inches(_WIDTH_INCHES, 3.2)
        axes = figure.add_subplot()
        places = range(len(stats.days))
        below = [0] * len(stats.days)
        for status in stats.by_status:
            counts = [day.by_status.get(status, 0) for day in stats.days]
            axes.bar(places, counts, bottom=below, color=_COLOURS.get(status, _OTHER), label=_named(status))
            below = [under + count for under, count in zip(below, counts, strict=True)]
        people = [day.with_person for day in stats.days]
        axes.plot(places, people, color=_PERSON, marker="o", markersize=3, label="with a person")
        _whole_numbers(axes)
        every = max(1, len(stats.days) // 6)
        shown = list(places)[::every]
        axes.set_xticks(shown, [stats.days[place].day.strftime("%m-%d") for place in shown])
        _clear(axes)
        figure.legend(loc="outside lower center", ncols=4, frameon=False, handlelength=1)

    return draw


def _bars(counts: dict[str, int], colours: dict[str, str]) -> Callable[[Figure], None]:
    def draw(figure: Figure) -> None:
        figure.set_size_inches(_WIDTH_INCHES, 0.8 + 0.42 * len(counts))
        axes = figure.add_subplot()
        names = list(counts)
        bars = axes.barh(names, list(counts.values()), color=[colours.get(name, "#0072b2") for name in names])
        axes.bar_label(bars, padding=3)
        axes.set_yticks(range(len(names)), [_named(name) for name in names])
        axes.invert_yaxis()
        axes.margins(x=0.12)
        axes.set_xticks([])
        _clear(axes)

    return draw


def _up_to(milliseconds: Sequence[float], p95: float | None) -> tuple[float, bool]:
    """Where the times end that are drawn apart, and whether there are slower ones, which would press them together."""
    slowest = max(milliseconds, default=0.0)
    top = slowest if p95 is None else min(slowest, _BEYOND * p95)
    return top, slowest > top


def _times(stats: Stats, milliseconds: Sequence[float]) -> Callable[[Figure], None]:
    def draw(figure: Figure) -> None:
        figure.set_size_inches(_WIDTH_INCHES, 3.0)
        axes = figure.add_subplot()
        top, slower = _up_to(milliseconds, stats.p95_ms)
        shown = [min(value, top) for value in milliseconds]
        axes.hist(shown, bins=min(_BINS, max(5, len(shown) // 5)), color="#0072b2", alpha=0.85)
        for label, value, line in (("median", stats.p50_ms, "-"), ("95th percentile", stats.p95_ms, "--")):
            if value is not None:
                axes.axvline(value, color="#d55e00", linestyle=line, label=f"{label} {value:.0f} ms")
        axes.set_xlim(left=0)
        axes.set_xlabel(f"milliseconds (last bar: {top:.0f} or more)" if slower else "milliseconds")
        _whole_numbers(axes)
        _clear(axes)
        figure.legend(loc="outside lower center", ncols=2, frameon=False)

    return draw


def _named(name: str) -> str:
    return name.replace("_", " ")


def _whole_numbers(axes: Axes) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y", color=_FAINT, linewidth=0.8)


def _clear(axes: Axes) -> None:
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_visible(False)
