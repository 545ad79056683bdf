"""A run in the formats of annotation tools, of training code and of maps. Reads files only, runs no stage.

Each format is one module with one function ``lines(documents)`` or ``write(documents, path)``; `FORMATS` names them.
"""
