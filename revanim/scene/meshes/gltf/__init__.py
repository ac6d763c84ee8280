"""glTF 2.0, in one file or several: the triangles of a scene where its nodes put them."""
