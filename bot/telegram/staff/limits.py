"""Numbers of the staff desk in Telegram. Text lengths are UTF-16 code units, as Telegram counts them."""

MEMBER_SECONDS = 30.0
"""How long an answer to who is in the staff's chat is gone by."""
MEMBER_ASK_SECONDS = 15.0
"""How long that is asked for."""
MEMBERS_KEPT = 2_000
SUBJECT_CHARACTERS = 80
"""What the audit log takes of the name of a thing."""
ACTION_CHARACTERS = 24
"""What it takes of the name of an action."""
WORDING_UNITS = 300
"""A question in a list of official answers."""

FILE_BYTES = 20 * 2**20
"""The largest file a bot can download from Telegram."""
FILE_SECONDS = 24 * 3600
"""How long a file is kept that nobody decides on."""
FILE_NAME_BYTES = 120
DOWNLOAD_SECONDS = 120
"""How long a file is tried to be fetched."""
DOCUMENT_THREADS = 2
"""Files read, and documents added, at the same time."""
READINGS_KEPT = 2
"""Files of which what was read is remembered until somebody decides."""
PROGRESS_SECONDS = 4.0
"""Between two edits that show how far something is; in a group Telegram takes 20 messages a minute."""
OMITTED_OFFERED = 6
"""Omitted documents that a file may take the place of, each a button."""
OMITTED_UNITS = 40
"""The name of such a document on its button."""
WARNINGS_SHOWN = 6
LINE_UNITS = 1000
"""The reason for a refusal, and all warnings together."""
TITLE_UNITS = 400
FACT_UNITS = 160
"""A document's title, and its number, issuer or file name; all of it fits into one message."""
CASES_OFFERED = 3
"""Cases on one page of those that a document answers."""
CASE_QUESTION_UNITS = 300
CASE_QUOTE_UNITS = 300
"""What is shown of the question of such a case, and of the paragraph that answers it."""
CASES_NAMED = 60
"""Numbers of cases in a line that says to which an answer was sent."""
FINISH_SECONDS = 3.0
"""The least a stopping bot gives messages that are on their way."""
LOOK_SECONDS = 1.0
"""Between two looks for messages to send that nothing tells of."""
AT_ONCE = 8
"""Messages sent at the same time, each to another chat."""
RENEW_SECONDS = 8.0
LEASE_MARGIN_SECONDS = 4.0
"""A message is not sent when its lease has been renewed by less than this before it runs out."""
LIBRARY_SECONDS = 5.0
"""Between two looks whether the library has changed."""
TICK_SECONDS = 60.0
"""Between two looks for cases to wake and for the weekly report."""
CARD_UNITS = 1_500
"""The question on a card that does not hold all of its case."""
EARLIER_UNITS = 300
"""An earlier question of an asker."""
TOPIC_UNITS = 100
"""The name of a topic; Telegram takes 128 characters."""
COLLEAGUES_OFFERED = 6
"""Colleagues that a case may be given to, each a button."""
COLLEAGUE_UNITS = 40
"""The name of a colleague on their button."""
PUT_OFF_HOURS = (2, 24, 72, 168)
FORUM_SECONDS = 600.0
"""How long an answer to whether the staff's chat has topics is gone by."""
ASK_SECONDS = 20.0
"""How long Telegram is asked for what is not a message."""

STATS_DAYS = 30
"""Of how many days numbers are told where nobody says."""
MOST_STATS_DAYS = 3_650
DIGEST_DAYS = 7
"""The days of the weekly report."""
NAME_UNITS = 120
"""A name that an asker gives."""
EXPIRY_MONTHS = (6, 12, 24)
FIRST_EXPIRY_MONTHS = 12
"""After how many months an official answer may expire, and does unless somebody chooses otherwise."""
DRAFT_TEXT_UNITS = 700
DRAFT_QUOTE_UNITS = 160
WORDINGS_SHOWN = 2
BASIS_SHOWN = 4
"""What a draft shows of each text and quote, of the wordings and the paragraphs; all of it is kept."""
POINTERS = 6
"""Documents that a question may be corrected to be referred to."""
ANSWERS_A_PAGE = 9
"""Official answers in one page of their list."""
CLOSED_SECONDS = 60.0
"""Between two tries to write to a staff's chat that does not let the bot in."""
