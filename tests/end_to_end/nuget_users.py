# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""nuget, as a person runs it whom jeton has let in. Debian's speaks NuGet's second protocol, and sends the credential of
a source to whatever URL this has; which protocol is spoken there the registry says."""
import pathlib

from harness import new_folder, run
from let_in import DOMAIN, REGISTRY, Tool

NUGET = pathlib.Path("/usr/bin/nuget")
SPECIFICATION = """\
<?xml version="1.0"?>
<package><metadata><id>{id}</id><version>1.0.0</version><authors>a</authors><description>d</description></metadata>
<files><file src="{id}.nuspec" target="content"/></files></package>
"""
ATOM = "application/atom+xml"
SERVICE = '<?xml version="1.0" encoding="utf-8"?><service xmlns="http://www.w3.org/2007/app"><workspace/></service>'
NAMES = ('xmlns="http://www.w3.org/2005/Atom" xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" '
         'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"')
ENTRY = """\
<entry {names}><id>{root}/Packages(Id='{id}',Version='1.0.0')</id><title>{id}</title>
<updated>2020-01-01T00:00:00Z</updated><author><name>a</name></author>
<content type="application/zip" src="{root}/package"/>
<m:properties><d:Version>1.0.0</d:Version><d:Published m:type="Edm.DateTime">2020-01-01T00:00:00</d:Published>
</m:properties></entry>
"""
FEED = "<feed {names}><title>packages</title><id>{root}/Packages</id><updated>2020-01-01T00:00:00Z</updated>{entry}</feed>"


def pack(folder, id):
    (folder / f"{id}.nuspec").write_text(SPECIFICATION.format(id=id))
    run(NUGET, "pack", f"{id}.nuspec", cwd=folder)
    return folder / f"{id}.1.0.0.nupkg"


def fill():
    """A feed of one package at the URL that login writes."""
    path, root = REGISTRY.path("nuget") + "v3/index.json", REGISTRY.url("nuget") + "v3/index.json"
    entry = ENTRY.format(names=NAMES, root=root, id="HelloJeton")
    REGISTRY.paths[path] = (ATOM, SERVICE.encode())
    REGISTRY.paths[f"{path}/FindPackagesById()"] = (ATOM, FEED.format(names=NAMES, root=root, entry=entry).encode())
    REGISTRY.paths[f"{path}/Packages(Id=%27HelloJeton%27,Version=%271.0.0%27)"] = (ATOM, entry.encode())
    REGISTRY.paths[f"{path}/package"] = ("application/zip", pack(new_folder("nuget"), "HelloJeton").read_bytes())


class Nuget(Tool):
    name = login = "nuget"
    missing = None if NUGET.exists() else f"{NUGET} is not there"

    def install(self, place):
        result = place.run(NUGET, "install", "HelloJeton", "-Source", f"{DOMAIN}/repo", "-NonInteractive", "-NoCache",
                           "-OutputDirectory", place.path / "there")
        return result, place.has("there/HelloJeton.1.0.0/HelloJeton.1.0.0.nupkg")

    def publish(self, place):
        package = pack(place.path, "Published")
        # nuget wants some key, which a source with a credential does not need.
        result = place.run(NUGET, "push", package.name, "-Source", f"{DOMAIN}/repo", "-ApiKey", "any", "-NonInteractive")
        sent = REGISTRY.uploaded("nuget", "/")
        return result, sent is not None and package.read_bytes() in sent


TOOLS = [Nuget()]
