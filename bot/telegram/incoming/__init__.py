"""Updates on their way in: received, written down, ordered, and found to be meant for the bot or not."""
