"""Official forms as data: strict loading of `resources/forms/*.toml` into frozen objects, rules for columns."""
