"""Tables that are typed into: model, delegate, view, clipboard."""
