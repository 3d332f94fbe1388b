"""The systems that the verifier is measured beside, how those that learn are trained, and what is measured."""
