"""What a WSGI server loads: the application built from the environment."""

from implement.app import create_app

app = create_app()
