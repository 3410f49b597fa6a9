"""Card and its parts, Korean dates and money: immutable values, standard library only."""
