"""The staff desk in Telegram: cases handed over, answered and confirmed in the staff's chat, and their mail."""
