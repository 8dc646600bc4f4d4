# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Real reverse proxies before a service, with the configurations of contrib/: nginx and Caddy, each on a free port of
its own, ended with the test. What they forward goes to an upstream that the test gives."""
import atexit
import os
import pathlib
import socket
import subprocess
import time

from harness import ROOT, check, environment, new_folder

CONTRIB = ROOT / "contrib"
_RUNNING = []


def _end():
    for process in _RUNNING:
        process.kill()
        process.wait()


atexit.register(_end)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def answers(port, process):
    """Waits until something listens there; fails when the process has ended before."""
    end = time.monotonic() + 20
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.01)
    return False


class Proxy:
    """A running proxy; `url` is where clients find it."""

    def __init__(self, folder, command, port, **changes):
        self.folder, self.scheme, self.host, self.port = folder, "http", "127.0.0.1", port
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / "said"
        with open(self.log, "wb") as log:
            # pylint: disable=consider-using-with
            self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            env=environment(HOME=folder, XDG_DATA_HOME=folder, XDG_CONFIG_HOME=folder,
                                                            **changes))
        _RUNNING.append(self.process)
        check(answers(port, self.process), f"{command[0]} did not start: {self.log.read_text()}")

    def stop(self):
        """Ends it."""
        if self.process in _RUNNING:
            _RUNNING.remove(self.process)
        self.process.kill()
        self.process.wait()


# ------------------------------------------------------------------ nginx

NGINX = """
daemon off;
worker_processes 1;
error_log {folder}/error.log warn;
pid {folder}/pid;
{modules}
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    types {{ text/html html; application/json json; }}
    default_type application/octet-stream;
    client_max_body_size 64m;
    upstream jetond {{ server 127.0.0.1:{gate}; keepalive 32; }}
    {http}
    server {{
        listen 127.0.0.1:{port};
        server_name localhost;
        location / {{ return 404; }}
        include {contrib}/nginx/gate.conf;
        {server}
    }}
}}
"""

#: Forwards to an upstream all that the gate lets through, without the token and with who it is.
NGINX_LOCATION = """
        location {path} {{
            include {contrib}/nginx/gate_location.conf;
            proxy_pass {upstream};
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Authorization "";
            proxy_set_header X-Jeton-Caller $jeton_caller;
            proxy_set_header X-Jeton-Token-Id $jeton_token_id;
            proxy_set_header X-Jeton-Action $jeton_action;
        }}
"""


def nginx_location(path, upstream):
    """A location that is kept by the gate and forwards to UPSTREAM."""
    return NGINX_LOCATION.format(contrib=CONTRIB, path=path, upstream=upstream)


def nginx(service, server, http="", port=None):
    """nginx whose gate is SERVICE; SERVER and HTTP are what stands in those blocks beside what is always there."""
    folder = new_folder("nginx")
    port = port or free_port()
    module = pathlib.Path("/usr/lib/nginx/modules/ngx_http_dav_ext_module.so")
    text = NGINX.format(folder=folder, port=port, gate=service.port, contrib=CONTRIB, server=server, http=http,
                        modules=f"load_module {module};" if module.exists() else "")
    (folder / "nginx.conf").write_text(text)
    program = "/usr/sbin/nginx" if os.path.exists("/usr/sbin/nginx") else "nginx"
    return Proxy(folder, [program, "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"], port)


# ------------------------------------------------------------------ Caddy

CADDY = """
{{
    admin off
    log {{
        level ERROR
    }}
    auto_https off
    storage file_system {folder}
}}
import {contrib}/caddy/gate.caddy
{top}
http://:{port} {{
    bind 127.0.0.1
    {server}
    respond 404
}}
"""


def caddy_route(path, upstream):
    """A route that is kept by the gate and forwards to UPSTREAM, a place as 127.0.0.1:80."""
    return f"route {path} {{\n import jeton_gate\n reverse_proxy {upstream}\n }}\n"


def caddy(service, server, top="", port=None):
    """Caddy whose gate is SERVICE; SERVER is what stands in the site, TOP beside it."""
    folder = new_folder("caddy")
    port = port or free_port()
    (folder / "Caddyfile").write_text(CADDY.format(folder=folder, port=port, contrib=CONTRIB, server=server, top=top))
    return Proxy(folder, ["/usr/bin/caddy", "run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"], port,
                 JETON_GATE=f"127.0.0.1:{service.port}")
