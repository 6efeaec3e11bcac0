"""The assistant: answering, conversation, gold evaluation, and its front ends."""
