"""The page engine: Document -> pages of positioned marks (measure, break), whatever paints them.

Everything here is in points, y downwards from the page's top.
"""
