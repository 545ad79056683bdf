"""Policy programmes, plans, pilots and zones."""
