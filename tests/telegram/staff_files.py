"""Files that tests send to the bot, made in memory: an appendix as Word and as PDF, and a notice."""

from __future__ import annotations

import io

import docx
from fpdf import FPDF

APPENDIX = (
    "Appendix II",
    "Circular of Ministry of Commerce on Fulfilling the Work of Enterprise Authentication and Market Development of "
    'the "Thousand-Hundred-Ten Project" of Service Outsourcing',
    "Shang Zi Fa [2006] No.557",
    "I. Amount of the reward",
    "The reward is 210,000 yuan for CMMI level 3 and 430,000 yuan for CMMI level 5.",
    "II. Application",
    "Applications for the authentication reward shall be filed with the provincial department of commerce before "
    "30 April.",
    "Ministry of Commerce",
    "16 October 2006",
)


def word(lines: tuple[str, ...]) -> bytes:
    """A Word document of these paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(lines: tuple[str, ...]) -> bytes:
    """A PDF of one page with these paragraphs."""
    document = FPDF()
    document.add_page()
    document.set_font("helvetica", size=11)
    for line in lines:
        document.multi_cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
        document.ln(4)
    return bytes(document.output())


def notice(subject: str) -> tuple[str, ...]:
    """The paragraphs of a notice on some subject."""
    return (
        f"Notice on the {subject}",
        "Gang Fa [2011] No.12",
        f"Article 1 The {subject} is open to every carrier on Sundays.",
        f"Article 2 Whoever uses the {subject} pays 3 yuan to the harbour office.",
        "Harbour Office",
        "4 May 2011",
    )
