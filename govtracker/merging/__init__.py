"""Two states of a section held against a third: what differs, whose change it is, and both of them joined."""
