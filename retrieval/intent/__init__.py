"""What an asker wants done, apart from what it is about."""
