"""From recognised sheets to proposed cards: the setting, the plan, its ledger, its agreement with a book."""
