"""Every file here is a target: `build` returns the files that it wrote to `dist/`, `check` installs and tries them."""
