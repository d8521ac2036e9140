"""Deliveries that an API makes by itself: signed by senders, trusted by receivers."""
