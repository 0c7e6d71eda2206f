"""Taking the ports before anything is started."""

import errno
import socket

from cli.supervise.troubles import PortNotAllowed, PortTaken


def reserve(host: str, port: int, *, option: str) -> socket.socket:
    """Hold `port` (0: a free one) for a child that will listen on it. Raises PortTaken, PortNotAllowed with `option`.

    The socket is bound and never listens. On Linux, two sockets with SO_REUSEADDR may be bound to one port as long as
    only one listens: the child can, a second reservation's child cannot, and the kernel gives the port to nobody else,
    also while a child is being restarted. Keep the socket open as long as the port is wanted.
    """
    held = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host, port))
    except OSError as error:
        held.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(port=str(port), host=host, option=option) from None
        raise PortNotAllowed(port=str(port), host=host, option=option) from None
    return held


def port_of(held: socket.socket) -> int:
    """The number of a reserved port."""
    number: int = held.getsockname()[1]
    return number
