# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""What stands behind the gate: registries, each at the root of a URL, that let everybody do everything."""
import json

import fronts
import npm_packages
from harness import environment, new_folder
from receiver import Receiver
from servers import Nginx, start_on_free_port

VERDACCIO = """\
storage: ./storage
auth: {{htpasswd: {{file: ./htpasswd}}}}
packages:
  '**': {{access: $all, publish: $all, unpublish: $all}}
{place}
web: {{enable: false}}
log: {{type: stdout, format: json, level: http}}
"""


class Verdaccio:
    """A registry of npm packages. It has to know where clients see it: at a URL, or below a path on whatever host they
    asked, where its front passes on the host."""

    def __init__(self, path, root=None):
        folder = new_folder("verdaccio")
        (folder / "config.yaml").write_text(VERDACCIO.format(place="" if root else f"url_prefix: {path}"))
        program = npm_packages.install("registries") / "node_modules" / "verdaccio" / "bin" / "verdaccio"
        _, port = start_on_free_port(
            lambda port: [npm_packages.node(), program, "--config", "config.yaml", "--listen", f"127.0.0.1:{port}"],
            folder / "log", cwd=folder, env=environment(NODE_NO_WARNINGS=1, VERDACCIO_PUBLIC_URL=root and root + path))
        self.url = f"http://127.0.0.1:{port}"


class Files:
    """Folders that nginx serves; what nginx cannot take (uploads by POST, a publish of cargo) a receiver puts there.

    cargo's index has to name the place of its files: that is where a client of this domain sees it.
    """

    def __init__(self, data):
        self.folder = new_folder("files")
        for name in ("pypi/simple", "maven", "cargo", "ruby/gems"):
            (self.folder / name).mkdir(parents=True)
        receiver = Receiver(self.folder).url
        place = f"http://$seen_host{fronts.prefix(data, 'cargo')}"
        config = json.dumps({"dl": f"{place}api/v1/crates", "api": place.rstrip("/"), "auth-required": True})
        # The host that the client asked, whether the front passes it on as such or by a header of its own.
        seen = "map $http_x_forwarded_host $seen_host { '' $http_host; default $http_x_forwarded_host; }"
        self.nginx = Nginx(http=seen, servers={
            "pypi": f"root {self.folder}/pypi; location / {{ autoindex on; }} location = / {{"
                    f" proxy_pass {receiver}/pypi; }}",
            "maven": f"root {self.folder}/maven; location / {{ dav_methods PUT DELETE; create_full_put_path on; }}",
            "cargo": f"root {self.folder}/cargo; location = /config.json {{ return 200 '{config}'; }}"
                     f" location = /api/v1/crates/new {{ proxy_pass {receiver}/cargo; }}",
            "ruby": f"root {self.folder}/ruby; location = /api/v1/gems {{ proxy_pass {receiver}/ruby; }}",
        })

    def url(self, kind):
        return self.nginx.url(kind)
