"""The frame of the picture: menus, status line, sheets, banners and messages."""
