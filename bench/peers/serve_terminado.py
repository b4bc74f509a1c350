# One program for each page behind terminado, the bridge of Jupyter: `serve_terminado.py COMMAND…`. Prints its port.
import sys

import tornado.httpserver
import tornado.ioloop
import tornado.netutil
import tornado.web
from terminado import TermSocket, UniqueTermManager


class Socket(TermSocket):
    def check_origin(self, origin):
        # The bare page comes from the server of the bench.
        return True


manager = UniqueTermManager(shell_command=sys.argv[1:])
application = tornado.web.Application([(r"/ws", Socket, {"term_manager": manager})])
sockets = tornado.netutil.bind_sockets(0, "127.0.0.1")
tornado.httpserver.HTTPServer(application).add_sockets(sockets)
print(sockets[0].getsockname()[1], flush=True)
tornado.ioloop.IOLoop.current().start()
