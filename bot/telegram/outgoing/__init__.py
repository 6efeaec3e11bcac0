"""Messages on their way out: rendered, with buttons, sent within Telegram's limits."""
