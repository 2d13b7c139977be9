"""Sagwa: reading customer-service conversations, and which answers go together with leaving."""
