"""What is known of places: names, codes, parents, members; China's divisions down to the county, and the world's.

``from pipeline.gazetteer import gazetteer`` then ``gazetteer().lookup("Huizhou")``. Imports nothing of the stages.
"""

from pipeline.gazetteer.gazetteer import Gazetteer, gazetteer
from pipeline.gazetteer.lookup import Found, UnknownRegionError, look_up
from pipeline.gazetteer.place import Place
from pipeline.gazetteer.user_table import UserTableError, gazetteer_with, load_user_table

__all__ = [
    "Found",
    "Gazetteer",
    "Place",
    "UnknownRegionError",
    "UserTableError",
    "gazetteer",
    "gazetteer_with",
    "load_user_table",
    "look_up",
]
