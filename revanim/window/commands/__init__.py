"""What a person can do: the menus, the toolbar, the palette and the keys follow from this folder."""
