"""Sets up a bare machine, then hands over to Chapbook.

Nothing here imports anything but the standard library: it runs before anything is installed.
`launch` is the way in, and light, since every start pays for it. When something is missing,
`provision` makes it good: it asks `needs` what the operating system must provide
(`libraries` looks for the shared ones), `system` to install that or to tell how, and
`environment` to fill .venv, one start at a time (`turns`). `checks` runs the checks of this
checkout.
"""
