"""What a form computes from a card: sums of money tables, columns and closing rows of indicator tables.

Pure: (Form, Block, Card, Setting) -> figures. Used by every output, by the editors, the importer and checks.
"""
