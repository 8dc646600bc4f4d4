# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""What stands before the gate's registries, set up as contrib/ says: nginx, Caddy, and jetond itself."""
import re

import proxies
from harness import check
from proxies import CONTRIB
from servers import Nginx

REPOSITORY = "team"


def _edited(text, changes):
    """The example with its places and names replaced by ours: every one must be there."""
    for old, new in changes.items():
        check(old in text, f"the example has no {old!r}")
        text = text.replace(old, new)
    return text


def prefix(data, kind):
    """Where clients see a registry, on whatever host."""
    return f"/{kind}/d/{data.domain}-{data.account}/{REPOSITORY}/"


class Front:
    """A way in to some registries: NAME is for the reader, ROOT where it listens."""

    challenges = ("Basic", "Bearer")

    def __init__(self, name, root, data):
        self.name, self.root, self._data = name, root, data

    def url(self, kind):
        return self.root + prefix(self._data, kind)


def nginx(service, registries, gated=True):
    """nginx as contrib/nginx has it: a location like its example's of npm for every registry {kind: URL}. Without
    the gate it is open to everybody, and the same otherwise."""
    folder = CONTRIB / "nginx"
    example = (folder / "repositories.conf").read_text()
    location = re.search(r"^    location /npm/.*?^    }\n", example, re.S | re.M)[0]
    log = re.search(r"^log_format .*?;\n", example, re.S | re.M)[0]
    locations = [_edited(location, {"/npm/d/my-domain-111122223333/npm-store/": prefix(service.data, kind),
                                    "http://127.0.0.1:4873": url, "/etc/nginx/jeton/": f"{folder}/"})
                 for kind, url in registries.items()]
    if gated:
        url = proxies.nginx(service, "\n".join(locations), log).url
    else:
        plain = [re.sub(r"\n[^\n]*(gate_location\.conf|\$jeton_)[^\n]*", "", one) for one in locations]
        url = Nginx({"front": "\n".join(plain)}).url("front")
    front = Front("nginx", url, service.data)
    front.challenges = ("Basic",)  # nginx before 1.23 passes on the first alone
    return front


def caddy(service, registries):
    """Caddy as contrib/caddy has it, likewise."""
    example = (CONTRIB / "caddy" / "Caddyfile").read_text()
    route = re.search(r"^\troute /npm/.*?^\t}\n", example, re.S | re.M)[0]
    routes = [_edited(route, {"/npm/d/my-domain-111122223333/npm-store": prefix(service.data, kind).rstrip("/"),
                              "127.0.0.1:4873": url.removeprefix("http://")}) for kind, url in registries.items()]
    return Front("Caddy", proxies.caddy(service, "".join(routes)).url, service.data)


def jetond(service):
    """jetond before its registries by --upstream."""
    return Front("jetond", service.url, service.data)
