# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""cargo, as a person runs it whom jeton has let in."""
import itertools
import shutil

import cargo_tools
from let_in import REGISTRY, Tool


VERSIONS = itertools.count(1)  # one is published once


class Cargo(Tool):
    name = login = "cargo"
    sourced = True
    helped = True
    exec = ()
    env = True

    def __init__(self):
        self.program, self.missing = cargo_tools.find()

    def _run(self, place, *words):
        return place.run(self.program, *words, path=str(self.program.parent), CARGO_NET_RETRY=0)

    def install(self, place):
        kept = place.home.path / ".cargo" / "registry"
        shutil.rmtree(kept, ignore_errors=True)
        cargo_tools.write_project(place.path, "user", "1.0.0", cargo_tools.needs("hello-jeton", "1.0.0", self.source))
        return self._run(place, "fetch"), bool(list(kept.glob("cache/*/hello-jeton-1.0.0.crate")))

    def publish(self, place):
        cargo_tools.write_project(place.path, "published-jeton", f"1.0.{next(VERSIONS)}")
        result = self._run(place, *cargo_tools.publish_words(self.source))
        sent = REGISTRY.uploaded("cargo", "api/v1/crates/new")
        return result, sent is not None and b'"name":"published-jeton"' in sent


TOOLS = [Cargo()]
