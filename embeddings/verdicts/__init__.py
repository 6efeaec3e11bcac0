"""Whether a passage says what a yes-or-no question claims, says otherwise, or does not say."""
