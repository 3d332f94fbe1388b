"""Reading a contract: pure functions from bytes and text to spans. No Django, no database."""
