"""A server in a process of its own, to be killed: `python -m tests.kill.server PORT`; a line lets it listen."""

import sys

from werkzeug.serving import make_server

from implement.app import create_app
from implement.settings import read_settings

if __name__ == "__main__":
    app = create_app(read_settings())
    sys.stdin.readline()
    make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True).serve_forever()
