"""The PDF: pages painted with reportlab, cover and contents, fonts as PDF keeps them."""
