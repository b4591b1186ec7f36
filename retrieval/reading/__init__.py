"""What the paragraphs near a question hold of what it asks for: one answers it, or hands it on, or none does.

A question is read one document at a time. Its best paragraphs may each be the one that answers, or the one that says
where the answer stands; or none does. The reader weighs these against one another (``retrieval.reading.reader``).
"""
