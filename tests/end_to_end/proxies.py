# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Real reverse proxies before a service, with the configurations of contrib/: nginx and Caddy, each on a free port of
its own, ended with the test. What they forward goes to an upstream that the test gives."""
from harness import ROOT, environment, new_folder
from servers import Nginx, start_on_free_port, stop

CONTRIB = ROOT / "contrib"


class Proxy:
    """A running proxy; `url` is where clients find it: scheme, host and port."""

    def __init__(self, process, port):
        self.process, self.scheme, self.host, self.port = process, "http", "127.0.0.1", port
        self.url = f"http://127.0.0.1:{port}"

    def stop(self):
        """Ends it."""
        stop(self.process)


# ------------------------------------------------------------------ nginx

NGINX = """
server_name localhost;
location / {{ return 404; }}
include {contrib}/nginx/gate.conf;
{server}
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


def nginx(service, server, http=""):
    """nginx whose gate is SERVICE; SERVER and HTTP are what stands in those blocks beside what is always there."""
    upstream = f"upstream jetond {{ server 127.0.0.1:{service.port}; keepalive 32; }}\n"
    made = Nginx({"front": NGINX.format(contrib=CONTRIB, server=server)}, upstream + http)
    return Proxy(made.process, made.ports["front"])


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


def caddy(service, server, top=""):
    """Caddy whose gate is SERVICE; SERVER is what stands in the site, TOP beside it."""
    folder = new_folder("caddy")
    config = folder / "Caddyfile"

    def command(port):
        config.write_text(CADDY.format(folder=folder, port=port, contrib=CONTRIB, server=server, top=top))
        return ["/usr/bin/caddy", "run", "--config", config, "--adapter", "caddyfile"]

    return Proxy(*start_on_free_port(command, folder / "said", cwd=folder, env=environment(
        HOME=folder, XDG_DATA_HOME=folder, XDG_CONFIG_HOME=folder, JETON_GATE=f"127.0.0.1:{service.port}")))
