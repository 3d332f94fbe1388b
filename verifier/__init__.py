"""The verifier: does this clause say what the query says, and if not, what is different?"""
