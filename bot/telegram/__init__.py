"""The Telegram front end; nothing outside this folder knows Telegram."""
