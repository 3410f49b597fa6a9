"""The list of pledges, the open card, and its pages."""
