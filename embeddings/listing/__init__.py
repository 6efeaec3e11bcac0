"""The items of a passage that answer a question for several things: learned weights over what enumerates where."""
