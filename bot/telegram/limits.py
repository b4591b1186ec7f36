"""Every number the bot goes by, with its unit. Text lengths are UTF-16 code units, as Telegram counts them."""

PAGE_UNITS = 4000
"""Text of one message. Telegram takes 4096; the rest is for the page mark and for white space it may count."""
PAGE_MARK_UNITS = 24
"""Room kept on each page for "2/3"."""
PAGE_ENTITIES = 90
"""Styled stretches in one message; Telegram silently ignores those after the hundredth."""
PIECE_UNITS = 200
"""The least of a long block worth starting at the foot of a page."""
PART_UNITS = 3200
"""The text of one part of a long paragraph, shown alone under its heading."""
SHORT_QUOTE_UNITS = 280
"""Quotes up to this length are shown whole; longer ones can be unfolded."""
TITLE_UNITS = 64
"""A document's title in the line that says where a quote stands."""
ASKED_UNITS = 300
"""A question that an answer repeats."""
HEADING_UNITS = 300
"""The title, and the path of sections, above an opened paragraph: both with its label leave room for a part of it."""

CALLBACK_BYTES = 64
"""Telegram's bound on what a button carries."""
CITATION_BUTTONS = 5
BUTTONS_A_ROW = 3
SUGGESTION_UNITS = 60
"""Suggestions up to this length become buttons; longer ones are listed."""
SUGGESTION_BUTTONS = 8
MORE_AT_ONCE = 3
MORE_QUOTE_UNITS = 640
"""Further passages in one message, and the most shown of each."""
INLINE_OFFERS = 5
INLINE_TITLE_UNITS = 120
INLINE_SHOWN_UNITS = 200
"""Passages offered inline, and what the list shows of each."""
INLINE_QUOTE_UNITS = 3000
"""The quote in the message such a choice sends; longer ones are cut."""
INLINE_BYTES = 60_000
INLINE_BESIDE_BYTES = 300
"""All that is offered at once, as JSON in ASCII, and what each choice takes of it beside its texts."""
INLINE_CACHE_SECONDS = 20
INLINE_SECONDS = 15
"""How long an offer is tried; Telegram takes none later than that."""
OVERVIEW_LEAST = 120
"""Characters of prepared words below which the overview of a programme quotes their whole sentences."""
OVERVIEW_QUOTES = 4
OVERVIEW_QUOTE_UNITS = 640
"""Quotes on a page that has to fit into one message, and the most shown of each; its button opens the paragraph."""
MENU_BUTTONS = 12
"""Programmes on one page of the menu."""
MENU_UNITS = 60
"""The name of a programme on its button."""
EXAMPLES = 4
EXAMPLE_UNITS = 200
"""Questions shown to a kind of asker as examples."""
GREETED_DOCUMENTS = 5
"""Documents named in the greeting; the rest are counted, and listed by /sources."""
LISTED_DOCUMENTS = 8
"""Documents on one page of /sources."""
ENTRY_UNITS = 180
"""A document's title in such lists."""
CHOICE_UNITS = 34
"""Choices of the check up to this length stand on their buttons alone; longer ones are numbered in the text too."""
CAPTION_UNITS = 1000
"""The line below a file or picture; Telegram takes 1024."""
NOTICE_UNITS = 200
"""Telegram's bound on the notice that answers a click."""

HISTORY = 5
"""Earlier questions of a conversation handed to the desk."""
REMEMBERED_REPLIES = 5_000

TYPING_AFTER_SECONDS = 0.5
TYPING_EVERY_SECONDS = 4.5
"""Telegram shows the typing mark for five seconds."""
MARKS_A_SECOND = 5
"""Marks of typing sent in all chats together; where many wait at once, the messages go first."""

USERS_AT_ONCE = 16
BACKLOG = 1_000
"""Updates taken and not yet handled; above it the rest stay with Telegram."""
BACKLOG_LOOK_SECONDS = 0.05

POLL_SECONDS = 25
POLL_SLACK_SECONDS = 10
SILENCE_SECONDS = 6 * 24 * 3600
"""After a week without updates Telegram numbers them anew, so the old place is forgotten before that."""
REJECTIONS = 3
"""Rejections of the token in a row, once it has worked, before the bot gives up."""
READ_SECONDS = 20
POOL_SECONDS = 60
FIRST_PAUSE_SECONDS = 0.4
LONGEST_PAUSE_SECONDS = 8.0
STARTUP_REMINDER_SECONDS = 60
SEND_ATTEMPTS = 9
SEND_SECONDS = 120
"""How long one message is tried before it is given up."""
STOP_SECONDS = 25
"""How long a stopping bot goes on with what was begun."""
CONFIRM_SECONDS = 3

STORE_THREADS = 4
STAFF_THREADS = 4
"""Threads of the staff desk, which may read a changed library: updates do not wait behind that."""
TURN_SECONDS = 10.0
"""How long a replica that does not renew them keeps its users' turns; another one goes on after it at the latest."""
TURN_MARGIN_SECONDS = 1.0
RENEW_SECONDS = 3.0
LOOK_SECONDS = 1.0
"""Between two looks for updates that nothing tells of: those of a replica that ended."""
SETTLE_SECONDS = 0.25
"""How long an update that came by webhook waits for the one before it, which may be on its way."""
TRIES = 5
"""How often an update is begun; one that ends the process each time is then left out."""
DAY_SECONDS = 24 * 3600

WEBHOOK_CONNECTIONS = 40
"""Deliveries Telegram makes at the same time; its own default."""
BODY_BYTES = 2**20
"""The largest update taken by webhook; Telegram's are some kilobytes."""
BODY_SECONDS = 20
"""How long one may take to come."""
CLOSE_SECONDS = 2
"""How long requests that are being answered hold up the end."""
RETRY_AFTER_SECONDS = 2
READY_SECONDS = 5
"""How long library and store may take to say that they are there."""
REFUSALS_SAID_SECONDS = 60
"""Between two lines of the log about refused requests, which anybody can make."""
WAITED_BUCKETS_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
ANSWER_BUCKETS_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
