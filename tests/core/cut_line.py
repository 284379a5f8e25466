"""A line to PostgreSQL that can be cut: before the server hears COMMIT, after it did, or for good."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from threading import Event, Lock, Thread
from urllib.parse import parse_qs, urlsplit

_WORD = b"COMMIT"


class CutLine:
    """Forwards a TCP port of this machine to the server at `url`. `cut`: "", "before" or "after" the next COMMIT."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._server = f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.5432"
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"postgresql://{parts.username}@127.0.0.1:{self._listening.getsockname()[1]}{parts.path}"
        self.cut = ""
        self._is_down = False
        self._open: list[socket.socket] = []
        self._lock = Lock()
        Thread(target=self._accept, daemon=True).start()

    def go_down(self) -> None:
        """Every connection ends, and new ones are closed at once."""
        self._is_down = True
        with self._lock:
            for connection in self._open:
                _end(connection)
            self._open.clear()

    def come_up(self) -> None:
        """New connections are let through again."""
        self._is_down = False

    def close(self) -> None:
        """For good."""
        self.go_down()
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if self._is_down:
                _end(client)
                continue
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
            with self._lock:
                self._open += [client, server]
            swallows = Event()  # this connection's alone: a pool may be opening another meanwhile
            Thread(target=self._ask, args=(client, server, swallows), daemon=True).start()
            Thread(target=_answer, args=(client, server, swallows), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket, swallows: Event) -> None:
        with contextlib.suppress(OSError):
            while said := client.recv(65_536):
                is_it = _WORD in said
                if is_it and self.cut == "before":
                    self.cut = ""
                    break
                if is_it and self.cut == "after":
                    swallows.set()
                    self.cut = ""
                server.sendall(said)
        _end(server)


def _answer(client: socket.socket, server: socket.socket, swallows: Event) -> None:
    with contextlib.suppress(OSError):
        while (said := server.recv(65_536)) and not swallows.is_set():
            client.sendall(said)
    _end(client)
    _end(server)


def _end(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


@contextlib.contextmanager
def line_to(url: str) -> Iterator[CutLine]:
    """A line to the server at `url`."""
    line = CutLine(url)
    yield line
    line.close()
