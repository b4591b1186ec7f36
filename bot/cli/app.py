"""The commands of ``circular``. Each imports what it needs when it runs, so that none waits for another's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bot.cli.errors import ReaderLeft, UserError, report
from bot.cli.voice import Voice


class _Commands(TyperGroup):
    """Tells a closed pipe from a failure; Typer itself would end both with status 1."""

    def invoke(self, ctx: Any) -> Any:
        try:
            returned = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            raise ReaderLeft from None
        return returned


app = typer.Typer(
    name="circular",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Answers questions on official documents and shows the paragraph every answer stands on.\n\n"
    'Try: circular ask "Which bank can lend to our company?"',
)
docs = typer.Typer(no_args_is_help=True, help="The library: what is in it, what is only named, and the text itself.")
app.add_typer(docs, name="docs")


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(version("circular-desk"))
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error happened.")] = False,
) -> None:
    """Options before the command; ``--debug`` is read in ``bot.cli.main`` wherever it stands."""


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know, in English or Chinese.")] = None,
    history: Annotated[
        list[str] | None, typer.Option(help="An earlier question of the same conversation; may be repeated.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="Answer in en or zh; default: the question's language.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    explain: Annotated[bool, typer.Option(help="Show what every step saw and decided.")] = False,
    batch: Annotated[
        str | None, typer.Option(metavar="FILE", help="Answer the rows of a JSONL file (- for standard input).")
    ] = None,
) -> None:
    """Answer one question, or a file of them, with the paragraphs the answers stand on.

    Examples:

      circular ask "I finished a three-year college. May I be trained?"

      circular ask "and for cities?" --history "Who can get a loan?"

      circular ask "认证奖励怎么申请？" --json

      circular ask --batch questions.jsonl > answers.jsonl
    """
    from bot.answering.answer import Question
    from bot.cli.contract import answer_object, to_json
    from bot.cli.render import answer_lines, explain_lines, show
    from bot.cli.session import opened_desk

    if lang not in (None, "en", "zh"):
        raise typer.BadParameter(f"{lang!r} is not a language of the desk; choose en or zh", param_hint="--lang")
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a question, or --batch FILE, not both", param_hint="QUESTION")
    if batch is not None and history:
        raise typer.BadParameter("the rows of a batch bring their own history", param_hint="--history")
    if batch is not None:
        _ask_batch(batch, lang, explain=explain)
        return
    text = question or ""
    with opened_desk() as desk:
        answer = desk.ask(Question(text=text, history=tuple(history or ()), language=_language(lang)), explain=explain)
    if as_json:
        print(to_json(answer_object(answer, text, None)))
    else:
        show([*answer_lines(answer), *(explain_lines(answer) if explain else [])])


def _language(lang: str | None) -> Any:
    return lang


def _ask_batch(batch: str, lang: str | None, *, explain: bool) -> None:
    from bot.cli.batch import question_of, rows
    from bot.cli.contract import answer_object, to_json
    from bot.cli.session import opened_desk

    failed = 0
    lines = rows(batch)
    with opened_desk(stay=True) as desk:
        for where, line in lines:
            try:
                question, identifier = question_of(line, where)
            except UserError as error:
                report(error)
                failed += 1
                continue
            if lang:
                question = question.model_copy(update={"language": lang})
            answer = desk.ask(question, explain=explain)
            print(to_json(answer_object(answer, question.text, identifier)), flush=True)
    if failed:
        raise UserError(
            f"{failed} row{'s' if failed > 1 else ''} of {batch} could not be read; the others are answered"
        )


@app.command()
def chat() -> None:
    """Talk with the desk: follow-up questions, and /source 12 to read paragraph 12 in its context."""
    from bot.cli.chat import chat as talk
    from bot.cli.session import opened_desk

    with opened_desk(stay=True) as desk:
        talk(desk)


@app.command()
def check(
    role: Annotated[
        str | None, typer.Option("--as", metavar="ROLE", help="graduate, enterprise, city or zone.")
    ] = None,
    programme: Annotated[str | None, typer.Option(metavar="ID", help="The programme, as --list prints it.")] = None,
    answers: Annotated[
        list[str] | None, typer.Option("--answer", metavar="CONDITION=CHOICE", help="An answer; may be repeated.")
    ] = None,
    lang: Annotated[str, typer.Option(help="en or zh.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; asks nothing.")] = False,
    list_only: Annotated[bool, typer.Option("--list", help="Print the programmes and their conditions.")] = False,
) -> None:
    """Check what the documents state about you, condition by condition; it asks, and never promises.

    Examples:

      circular check --as graduate

      circular check --list

      circular check --programme credit-insurance --answer contracts=yes --answer services=ito --json
    """
    from bot.cli.check import run_check

    if lang not in ("en", "zh"):
        raise typer.BadParameter(f"{lang!r} is not a language of the desk; choose en or zh", param_hint="--lang")
    run_check(role, programme, answers or (), lang, as_json=as_json, list_only=list_only)


@app.command()
def index() -> None:
    """Build the index where there is none for this library; done by itself on first use."""
    from bot.cli.session import opened_desk, read_settings

    settings = read_settings()
    with opened_desk(settings=settings) as desk:
        paragraphs = sum(len(desk.library.paragraphs(d.id)) for d in desk.library.in_force())
        passages, known = desk.counts()
    print(f"{settings.home}: {paragraphs} paragraphs as {passages} passages, and {known} known questions")


@app.command("bot")
def run_bot(
    webhook: Annotated[
        bool, typer.Option("--webhook", help="Let Telegram bring updates to CIRCULAR_WEBHOOK_URL instead of polling.")
    ] = False,
) -> None:
    """Run the Telegram bot, by long polling unless told otherwise; needs TELEGRAM_BOT_TOKEN (from @BotFather)."""
    from bot.cli.session import opened_desk, read_settings
    from bot.telegram import run

    settings = read_settings()
    if settings.telegram_token is None:
        raise UserError(
            "TELEGRAM_BOT_TOKEN is not set; get a token from @BotFather and put it in the environment or .env"
        )
    with opened_desk(stay=True, settings=settings) as desk:
        run(desk, settings, webhook=webhook, space=desk.question_space)


@app.command("eval")
def evaluate_gold(
    gold: Annotated[Path, typer.Argument(help="Questions with what is expected of them (JSONL).")],
    report_file: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write a report, .html or .md, with plots.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Compare with this earlier run; written where there is none.")
    ] = None,
    by: Annotated[str, typer.Option(help="Fields to group by, separated by commas.")] = "lang,persona",
    worst: Annotated[int, typer.Option(min=0, help="How many of the worst answers to show.")] = 0,
    json_file: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write all figures as JSON.")] = None,
    without: Annotated[
        list[Voice] | None, typer.Option(help="Without this voice: the memory of known questions, or the reading.")
    ] = None,
) -> None:
    """Score the desk on a file of questions: status, evidence, citations, facts, by language and persona."""
    from bot.cli.evaluate import run_evaluation

    run_evaluation(
        gold, report_file=report_file, baseline=baseline, by=by, worst=worst, json_file=json_file, without=without or ()
    )


@app.command("stats")
def show_stats(
    days: Annotated[int, typer.Option(min=1, max=36_500, help="Of how many days, today included.")] = 30,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write a line for each question.")
    ] = None,
    plots: Annotated[Path | None, typer.Option(metavar="DIR", help="Write pictures into this folder.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    digest: Annotated[bool, typer.Option("--digest", help="Print the short report that staff get every week.")] = False,
    lang: Annotated[str, typer.Option(help="en or zh.")] = "en",
) -> None:
    """Show what was asked of the bot, how it ended, and what the library should hold next.

    Example: circular stats --days 7 --csv questions.csv --plots pictures
    """
    from bot.cli.stats import show_stats as show

    if lang not in ("en", "zh"):
        raise typer.BadParameter(f"{lang!r} is not a language of the desk; choose en or zh", param_hint="--lang")
    if as_json and digest:
        raise typer.BadParameter("choose --json or --digest", param_hint="--digest")
    show(days, csv_file=csv_file, plots=plots, as_json=as_json, digest=digest, language=lang)


@docs.command("list")
def docs_list(as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False) -> None:
    """List the documents: those in the library, and those it only names."""
    from bot.cli.documents import list_documents

    list_documents(as_json=as_json)


@docs.command("show")
def docs_show(
    document: Annotated[str, typer.Argument(help="The id of a document, as `docs list` prints it.")],
    paragraph: Annotated[int | None, typer.Option("--paragraph", "-p", help="Only this one, in its context.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show a document as numbered paragraphs."""
    from bot.cli.documents import show_document

    show_document(document, paragraph, as_json=as_json)


@docs.command("add")
def docs_add(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="PDF, Word, web page or text files, folders, or patterns such as '*.pdf'.", metavar="FILE..."
        ),
    ],
    stands_for: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="ID", help="The omitted document it is, such as appendix-1; for a file added before too."
        ),
    ] = None,
    identifier: Annotated[str | None, typer.Option("--id", help="Its id; default: from the file's name.")] = None,
    title: Annotated[str | None, typer.Option(help="Its title; default: as the text has it.")] = None,
    number: Annotated[str | None, typer.Option(help="Its document number; default: as the text has it.")] = None,
    issued_on: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Its date of issue; default: as the text has it.")
    ] = None,
    issuer: Annotated[str | None, typer.Option(help="Who issued it; default: as the text has it.")] = None,
) -> None:
    """Add documents to the library; questions are answered from them at once.

    Examples:

      circular docs add appendix-1.pdf --as appendix-1

      circular docs add rules.docx guidance.html notices/
    """
    from bot.cli.adding import add_documents, facts_of

    add_documents(files, facts_of(identifier, title, number, issued_on, issuer), stands_for)


@docs.command("replace")
def docs_replace(
    document: Annotated[str, typer.Argument(help="The id of the document that has a new edition.")],
    file: Annotated[Path, typer.Argument(help="The file of the new edition.")],
    title: Annotated[str | None, typer.Option(help="Its title; default: as the text has it.")] = None,
    number: Annotated[str | None, typer.Option(help="Its document number; default: as the text has it.")] = None,
    issued_on: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Its date of issue; default: as the text has it.")
    ] = None,
    issuer: Annotated[str | None, typer.Option(help="Who issued it; default: as the text has it.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace although the file has nothing of the old edition.")
    ] = False,
) -> None:
    """Put a new edition of a document in force; the old one stays citable.

    Paragraphs that did not change keep their numbers. Title, number, date and issuer are as the new text has them.
    """
    from bot.cli.adding import facts_of, replace_document

    replace_document(document, file, facts_of(None, title, number, issued_on, issuer), force=force)


@docs.command("export")
def docs_export(
    documents: Annotated[
        list[str] | None, typer.Argument(help="Ids; default: every document.", metavar="ID...")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here.")] = None,
) -> None:
    """Export documents with their paragraphs as JSON."""
    from bot.cli.documents import export_documents

    export_documents(documents or [], output)


@docs.command("remove")
def docs_remove(document: Annotated[str, typer.Argument(help="The id of a document that was added.")]) -> None:
    """Remove a document that was added; the edition before it, if there is one, is in force again."""
    from bot.cli.adding import remove_document

    remove_document(document)


@docs.command("check")
def docs_check() -> None:
    """Hold the prepared knowledge of every document against its text."""
    from bot.cli.documents import check_documents

    check_documents()


@docs.command("draft-questions")
def docs_draft_questions(
    document: Annotated[str, typer.Argument(help="The id of a document that was added.", metavar="ID")],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write here; default: drafts/ID.toml in CIRCULAR_HOME.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
) -> None:
    """Propose a coverage map and known questions from a document's text, for you to confirm, edit or reject.

    Nothing proposed is used until `docs confirm`.
    """
    from bot.cli.drafting import draft_questions

    draft_questions(document, out, force=force)


@docs.command("confirm")
def docs_confirm(
    document: Annotated[str, typer.Argument(help="The id of the document.", metavar="ID")],
    file: Annotated[Path, typer.Argument(help="The reviewed file of `docs draft-questions`.")],
    everything: Annotated[bool, typer.Option("--all", help="Take every row of the file as confirmed.")] = False,
) -> None:
    """Take the confirmed rows of a reviewed file as all that is known of a document.

    A row that was confirmed before and is not any more is withdrawn.
    """
    from bot.cli.drafting import confirm_draft

    confirm_draft(document, file, everything=everything)


@docs.command("coverage")
def docs_coverage(
    document: Annotated[
        str | None, typer.Argument(help="The id of a document; default: every one with a map.", metavar="ID")
    ] = None,
    measure: Annotated[str | None, typer.Option(metavar="M", help="Only this measure.")] = None,
    status: Annotated[
        str | None, typer.Option(metavar="S", help="Only cells that are stated, referred or not_stated.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show what is asked of each measure, and whether the text states it, refers it elsewhere or leaves it open.

    Example: circular docs coverage --measure certification_rewards --status referred
    """
    from bot.cli.coverage import show_coverage
    from documents.knowledge import CellStatus

    statuses = [each.value for each in CellStatus]
    if status is not None and status not in statuses:
        raise typer.BadParameter(f"{status!r} is none of {', '.join(statuses)}", param_hint="--status")
    show_coverage(document, measure, status, as_json=as_json)
