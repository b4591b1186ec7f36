"""Draws an evaluation: pictures of its figures, as SVG or PNG."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bot.evaluation.calibration import Calibration
from bot.evaluation.figures import Confusion, Figures, Latency
from bot.evaluation.result import Evaluation, Grouping
from bot.evaluation.shares import Share
from bot.evaluation.wording import calibration_line, milliseconds, shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Narrow, so that the type is still readable on a telephone. Colours that the colour-blind tell apart.
_WIDTH_INCHES = 5.0
_INK = "#1f2933"
_FAINT = "#d5dbe1"
_STYLE: Any = {
    "font.size": 10.5,
    "font.family": "DejaVu Sans",
    "text.color": _INK,
    "axes.edgecolor": _FAINT,
    "axes.labelcolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "svg.hashsalt": "circular-desk",
}
_DOTS_PER_INCH = 160

_SERIES: tuple[tuple[str, str, Callable[[Figures], Share]], ...] = (
    ("passed", "#0072b2", lambda figures: figures.passed),
    ("fair status", "#e69f00", lambda figures: figures.status),
    ("all evidence", "#009e73", lambda figures: figures.evidence_all),
)


class Plot(NamedTuple):
    """One picture: a short name for its file, a title saying what it shows, a note on how to read it."""

    slug: str
    title: str
    note: str
    draw: Callable[[Figure], None]

    def render(self, form: Literal["svg", "png"]) -> bytes:
        """The picture as a file's bytes. Matplotlib is loaded here and not before."""
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        # A figure of its own, not pyplot's: no window system is asked for and no global state is left behind.
        with matplotlib.rc_context(_STYLE):
            figure = Figure(layout="constrained")
            FigureCanvasAgg(figure)
            self.draw(figure)
            target = io.BytesIO()
            metadata = {"Date": None} if form == "svg" else {"Software": None}
            figure.savefig(target, format=form, dpi=_DOTS_PER_INCH, metadata=metadata)
        return target.getvalue()


def plots(evaluation: Evaluation) -> tuple[Plot, ...]:
    """The pictures of an evaluation that its questions give something to draw for."""
    reading = "Bars are shares of answers, whiskers 95 % Wilson intervals, n the number of questions."
    found: list[Plot] = []
    if not evaluation.outcomes:
        return ()
    for field, slug, name in (("lang", "by-language", "language"), ("status", "by-status", "expected status")):
        grouping = evaluation.grouping(field)
        if grouping is not None:
            found.append(Plot(slug, f"Passed, fair status and all evidence by {name}", reading, _bars(grouping)))
    found.append(
        Plot(
            "confusion",
            "Status expected against status given",
            "Numbers are answers; the darker a cell, the larger its share of the expected status.",
            _heat_map(evaluation.confusion),
        )
    )
    if evaluation.calibration is not None:
        found.append(
            Plot(
                "calibration",
                "Share of the status against fair status",
                "Points are bins of answers by share, whiskers 95 % Wilson intervals, numbers answers; on the dashed "
                f"line the desk is as often right as it is sure. {calibration_line(evaluation.calibration)}.",
                _reliability(evaluation.calibration),
            )
        )
    if evaluation.latency is not None:
        found.append(
            Plot(
                "latency",
                "Time to an answer",
                f"Wall time of {len(evaluation.latency.samples_ms)} answers, asked one after another.",
                _histogram(evaluation.latency),
            )
        )
    return tuple(found)


def _bars(grouping: Grouping) -> Callable[[Figure], None]:
    def draw(figure: Figure) -> None:
        groups = grouping.groups
        figure.set_size_inches(_WIDTH_INCHES, 1.0 + 0.85 * len(groups))
        axes = figure.add_subplot()
        thickness = 0.8 / len(_SERIES)
        for place, (label, colour, share_of) in enumerate(_SERIES):
            drawn = False
            for row, group in enumerate(groups):
                share = share_of(group.figures)
                height = row + (place - (len(_SERIES) - 1) / 2) * thickness
                if share.value is None or share.interval is None:
                    axes.text(1, height, "not judged", va="center", fontsize=8, color="#6b7785")
                    continue
                low, high = share.interval
                axes.barh(
                    height,
                    100 * share.value,
                    height=thickness * 0.86,
                    color=colour,
                    label=None if drawn else label,
                    xerr=[[100 * max(0.0, share.value - low)], [100 * max(0.0, high - share.value)]],
                    error_kw={"ecolor": _INK, "elinewidth": 0.9, "capsize": 2},
                )
                drawn = True
                axes.text(101.5, height, f"{100 * share.value:.0f}%", va="center", fontsize=9)
        names = [f"{_short(group.value)}\nn = {group.figures.n}" for group in groups]
        axes.set_yticks(range(len(groups)), names)
        axes.set_ylim(len(groups) - 0.5, -0.5)
        axes.set_xlim(0, 112)
        axes.set_xticks(range(0, 101, 25), [f"{tick}%" for tick in range(0, 101, 25)])
        axes.grid(axis="x", color=_FAINT, linewidth=0.8)
        _clear_frame(axes)
        figure.legend(loc="outside upper center", ncols=len(_SERIES), frameon=False, handlelength=1)

    return draw


def _heat_map(confusion: Confusion) -> Callable[[Figure], None]:
    def draw(figure: Figure) -> None:
        figure.set_size_inches(_WIDTH_INCHES, 1.5 + 0.55 * len(confusion.expected))
        axes = figure.add_subplot()
        shares = [[count / (sum(row) or 1) for count in row] for row in confusion.counts]
        axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
        for y, row in enumerate(confusion.counts):
            for x, count in enumerate(row):
                axes.text(
                    x,
                    y,
                    str(count),
                    ha="center",
                    va="center",
                    color="white" if shares[y][x] > 0.55 else _INK if count else "#9aa5b1",
                    fontweight="bold" if confusion.expected[y] == confusion.got[x] else "normal",
                )
        axes.set_xticks(range(len(confusion.got)), [_short(s) for s in confusion.got], rotation=35, ha="right")
        axes.set_yticks(range(len(confusion.expected)), [_short(s) for s in confusion.expected])
        axes.set_xlabel("given")
        axes.set_ylabel("expected")
        _clear_frame(axes)

    return draw


def _reliability(calibration: Calibration) -> Callable[[Figure], None]:
    def draw(figure: Figure) -> None:
        figure.set_size_inches(_WIDTH_INCHES, 4.6)
        axes = figure.add_subplot()
        axes.plot([0, 100], [0, 100], color="#6b7785", linestyle="--", linewidth=1)
        for found in calibration.bins:
            if found.fair.value is None or found.fair.interval is None:
                continue
            low, high = found.fair.interval
            axes.errorbar(
                100 * found.mean_share,
                100 * found.fair.value,
                yerr=[[100 * max(0.0, found.fair.value - low)], [100 * max(0.0, high - found.fair.value)]],
                fmt="o",
                color="#0072b2",
                ecolor=_INK,
                elinewidth=0.9,
                capsize=2,
            )
            axes.text(100 * found.mean_share, 100 * high + 2, str(found.n), ha="center", fontsize=9)
        ticks = range(0, 101, 25)
        axes.set_xlim(-3, 105)
        axes.set_ylim(-3, 109)
        axes.set_xticks(ticks, [f"{tick}%" for tick in ticks])
        axes.set_yticks(ticks, [f"{tick}%" for tick in ticks])
        axes.set_xlabel("mean share of the status")
        axes.set_ylabel("fair status")
        axes.grid(color=_FAINT, linewidth=0.8)
        _clear_frame(axes)

    return draw


def _histogram(latency: Latency) -> Callable[[Figure], None]:
    def draw(figure: Figure) -> None:
        from matplotlib.ticker import MaxNLocator

        figure.set_size_inches(_WIDTH_INCHES, 3.0)
        axes = figure.add_subplot()
        axes.hist(latency.samples_ms, bins=min(30, max(5, len(latency.samples_ms) // 5)), color="#0072b2", alpha=0.85)
        for label, value, line in (("median", latency.p50_ms, "-"), ("95th percentile", latency.p95_ms, "--")):
            axes.axvline(value, color="#d55e00", linestyle=line, label=f"{label} {milliseconds(value)}")
        axes.set_xlim(left=0)
        axes.set_xlabel("milliseconds")
        axes.set_ylabel("answers")
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(axis="y", color=_FAINT, linewidth=0.8)
        _clear_frame(axes)
        figure.legend(loc="outside upper center", ncols=2, frameon=False)

    return draw


def _short(status: str) -> str:
    """A name for an axis: no dollar signs (they would start mathematics), not too long."""
    return shown(status)[:24].replace("$", "").replace("_", " ") or "(none)"


def _clear_frame(axes: Axes) -> None:
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_visible(False)
