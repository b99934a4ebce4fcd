"""Answers of the server.

In: a request and the `State` of a `Desk`. Out: a file of the site, a booklet that is printed now, a page with problems, or the news
that there is something new. No request waits for a build, and none can end the program.
"""

import contextlib
import http.server
import os
import socket
import socketserver
import sys
import threading
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from generator.errors import KitError, ToolError
from generator.live import problems
from generator.live.address import is_page, may_ask, path_of, type_of
from generator.live.booklets import Shelf
from generator.live.builder import State
from generator.live.desk import Desk

OWN = "workshop-kit-live/"
NEWS, SCRIPT = OWN + "news", OWN + "reload.js"
EVERYWHERE = "0.0.0.0"
ALIVE = 15.0  # seconds between two signs of life to a browser that waits for news
HTML = "text/html; charset=utf-8"
# Kept small: it waits for news while the page is seen, and keeps where the reader was, also past a page with problems.
RELOAD = """
(function () {
  var mine = document.currentScript.dataset.state, key = "workshop-kit-live:" + location.pathname, source;
  try {
    var at = sessionStorage.getItem(key);
    if (at !== null && !document.currentScript.dataset.passing) {
      sessionStorage.removeItem(key);
      var back = function () { scrollTo({ top: Number(at), behavior: "instant" }); };
      back();
      addEventListener("load", function () {
        back();
        setTimeout(function () { back(); history.scrollRestoration = "auto"; }, 300);
      });
    }
  } catch (error) {}
  function listen() {
    if (document.visibilityState !== "visible" || source) return;
    source = new EventSource("/workshop-kit-live/news");
    source.onmessage = function (event) {
      if (event.data === mine) return;
      try {
        if (sessionStorage.getItem(key) === null) sessionStorage.setItem(key, String(scrollY));
        history.scrollRestoration = "manual";
      } catch (error) {}
      location.reload();
    };
  }
  function rest() { if (source) source.close(); source = null; }
  addEventListener("visibilitychange", function () { document.visibilityState === "visible" ? listen() : rest(); });
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
})();
"""


class Server(http.server.ThreadingHTTPServer):
    """Serves what lies on a desk. Raises `OSError` when the port is taken."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    # On Windows it would let two programs have one port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, desk: Desk, host: str, port: int) -> None:
        self.desk, self.host = desk, host
        # Two runs of the program must not be taken for one by a page that was open all the time.
        self.run = os.urandom(6).hex()
        self.thread = threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True)
        super().__init__((host, port), Handler)
        desk.builder.address = self.address

    def start(self) -> None:
        """Answer requests from now on."""
        self.thread.start()

    def stop(self) -> None:
        """Answer no more."""
        if self.thread.is_alive():
            self.shutdown()
        self.server_close()

    def server_bind(self) -> None:
        """Bind without asking for the name of the host, which can take seconds without a network."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.host, self.socket.getsockname()[1]

    @property
    def address(self) -> str:
        """Where to find it, with a slash at the end."""
        return f"http://{_own_number() if self.host == EVERYWHERE else self.host}:{self.server_port}/"

    def mark(self, state: State) -> str:
        """A state of this run, as pages know it."""
        return f"{self.run}-{state.number}"

    def handle_error(self, *_: object) -> None:
        """A browser that goes away in the middle is no fault; anything else is told in one line."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            print(f"  a request failed: {type(error).__name__}: {error}", file=sys.stderr)


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "workshop-kit"
    sys_version = ""
    timeout = 60  # seconds without a word from a browser

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""

    def do_GET(self) -> None:
        """Answer."""
        try:
            try:
                self._answer()
            except FileNotFoundError:
                # Two builds have ended since the request came: the next state has its files.
                self._answer()
        except (ConnectionError, TimeoutError):
            self.close_connection = True
        except Exception as error:
            self.server.handle_error()
            self.close_connection = True
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, f"{type(error).__name__}: {error}")

    do_HEAD = do_GET  # noqa: N815  (the name that the library calls)

    def _answer(self) -> None:
        path, state = path_of(self.path), self.server.desk.state
        if not may_ask(self.headers.get("Host"), self.server.host):
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, f"Open {self.server.address} instead.")
        elif path == NEWS:
            self._news()
        elif path == SCRIPT:
            self._send(HTTPStatus.OK, RELOAD.encode(), type_of(SCRIPT))
        elif path is None:
            self._missing(state)
        elif state.failure and is_page(path):
            self._problems(state.failure, "The kit", state)
        elif state.site is None or state.shelf is None:
            self._page(HTTPStatus.SERVICE_UNAVAILABLE, problems.building_page(), state, passing=True)
        elif path in state.shelf.documents:
            self._booklet(path, state.shelf, state)
        elif path in state.shelf.pictures:
            self._send(HTTPStatus.OK, *state.shelf.picture(path))
        else:
            self._file(path, state.site.folder, state)

    def _booklet(self, path: str, shelf: Shelf, state: State) -> None:
        try:
            data = shelf.printed(path).pdf
        except (KitError, ToolError) as error:
            self._problems(error, "This booklet", state)
        else:
            self._send(HTTPStatus.OK, data, type_of(path))

    def _file(self, path: str, folder: Path, state: State) -> None:
        name = path + "index.html" if not path or path.endswith("/") else path
        if f"{path}/index.html" in state.files:
            self._lead(f"/{path}/")
        elif name not in state.files:
            self._missing(state)
        elif name.endswith(".html"):
            self._page(HTTPStatus.OK, (folder / name).read_text(encoding="utf-8", errors="replace"), state)
        else:
            self._send(HTTPStatus.OK, (folder / name).read_bytes(), type_of(name))

    def _missing(self, state: State) -> None:
        text = problems.refusal("Not found", "There is no such page.")
        if state.site and "404.html" in state.files:
            text = (state.site.folder / "404.html").read_text(encoding="utf-8")
        self._page(HTTPStatus.NOT_FOUND, text, state)

    def _lead(self, target: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", quote(target))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _problems(self, failure: KitError | ToolError, what: str, state: State) -> None:
        self._page(HTTPStatus.INTERNAL_SERVER_ERROR, problems.problems_page(failure, what), state, passing=True)

    def _page(self, status: HTTPStatus, text: str, state: State, passing: bool = False) -> None:
        """A page that waits for news; `passing`: it stands in for another."""
        mark = ' data-passing="1"' if passing else ""
        script = f'<script src="/{SCRIPT}" data-state="{self.server.mark(state)}"{mark}></script>'
        before, end, after = text.rpartition("</body>")
        self._send(status, (before + script + end + after if end else text + script).encode(), HTML)

    def _refuse(self, status: HTTPStatus, text: str) -> None:
        self._send(status, problems.refusal(f"{status.value} {status.phrase}", text).encode(), HTML)

    def _send(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _news(self) -> None:
        """The number of the state, and of each that follows, as long as the browser listens."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        desk, state = self.server.desk, self.server.desk.state
        self._tell(f"retry: 1000\ndata: {self.server.mark(state)}\n\n")
        while self.command != "HEAD" and not desk.stopped.is_set():
            now = desk.wait_for_news(state.number, ALIVE)
            self._tell(f"data: {self.server.mark(now)}\n\n" if now.number != state.number else ": still here\n\n")
            state = now

    def _tell(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()


def _own_number() -> str:
    """This computer's number on its network, or that of itself alone where it is on none. Nothing is sent."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(
            ("192.0.2.1", 9)
        )  # an address that documents use; to name it is enough to learn which way packets would go
        return str(probe.getsockname()[0])
    return "127.0.0.1"
