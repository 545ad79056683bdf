"""What is known of places: names, codes, parents, members; China's divisions down to the county, and the world's.

``from pipeline.gazetteer import gazetteer`` then ``gazetteer().lookup("Huizhou")``. Imports nothing of the stages.
"""

from pipeline.gazetteer.gazetteer import Gazetteer, gazetteer
from pipeline.gazetteer.place import Place

__all__ = ["Gazetteer", "Place", "gazetteer"]
