"""The staff desk: cases that people answer, official answers they confirm, the log of inquiries and its numbers.

It knows no channel: people, chats and bots are numbers, and messages wait in an outbox. ``open_staff`` is the door.
"""
