"""What stands around the picture: menus, status, sheets and news."""
