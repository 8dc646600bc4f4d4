# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Servers of others for the tests: nginx, and anything that listens on a port. They end with the test."""
import atexit
import contextlib
import os
import socket
import subprocess
import time

from harness import check, environment, equal, new_folder, run

SECONDS = 30
_PROCESSES = []


def stop(*processes):
    """Ends servers: gently, because nginx then takes its worker along."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


atexit.register(lambda: stop(*_PROCESSES))


def start(command, log, *, env=None, **more):
    """Starts a server, whose words go to the file LOG."""
    with open(log, "ab") as out:
        process = subprocess.Popen([str(word) for word in command], env=env or environment(), stdout=out, stderr=out,
                                   stdin=subprocess.DEVNULL, **more)
    _PROCESSES.append(process)
    return process


def free_port():
    """For a server that can neither be given a socket nor tell its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def wait_for(port, process, log):
    """Returns when somebody listens on the port."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.02)
    check(False, f"{process.args} does not listen: {log.read_text()[-2000:]}")


def start_on_free_port(command, log, attempts=5, **more):
    """Starts command(port), which must listen there; (process, port). Another may have taken the port meanwhile."""
    for attempt in range(attempts):
        port = free_port()
        process = start(command(port), log, **more)
        try:
            wait_for(port, process, log)
            return process, port
        except AssertionError:
            if process.poll() is None or attempt == attempts - 1:
                raise
    return None, 0


NGINX = """
daemon off;
{user}
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
    access_log off;
    types {{ text/html html; application/json json; }}
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_max_body_size 0;
{http}
{servers}
}}
"""


class Nginx:
    """One nginx with some servers, each on a free port, by name: what stands in `server { }`.

    It gets its listening sockets from us, as from its predecessor when it is replaced in place: they listen before
    it runs, so nobody has to wait for it, and nobody else can have their ports.
    """

    def __init__(self, servers, http=""):
        self.folder = new_folder("nginx")
        sockets = {name: socket.create_server(("127.0.0.1", 0), backlog=512) for name in servers}
        self.ports = {name: listener.getsockname()[1] for name, listener in sockets.items()}
        blocks = "\n".join(f"server {{ listen 127.0.0.1:{self.ports[name]};\n{body}\n}}"
                           for name, body in servers.items())
        config = self.folder / "nginx.conf"
        config.write_text(NGINX.format(folder=self.folder, http=http, servers=blocks,
                                       user="user root;" if os.geteuid() == 0 else ""))
        words = ["/usr/sbin/nginx", "-e", self.folder / "error.log", "-c", config]
        tested = run(*words, "-q", "-t")
        equal(tested.code, 0, f"the configuration {config.read_text()} is good: {tested!r}")
        numbers = [listener.fileno() for listener in sockets.values()]
        self.process = start(words, self.folder / "said.log", pass_fds=numbers,
                             env=environment(NGINX="".join(f"{number};" for number in numbers)))
        for listener in sockets.values():
            listener.close()

    def url(self, name):
        return f"http://127.0.0.1:{self.ports[name]}"
