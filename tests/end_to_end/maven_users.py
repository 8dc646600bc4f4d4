# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Maven, as a person runs it whom jeton has let in."""
import maven_tools
from let_in import REGISTRY, Tool

SETTINGS = """\
<settings>
  <mirrors><mirror><id>{id}</id><mirrorOf>*</mirrorOf><url>{url}</url></mirror></mirrors>
  <servers><server><id>{id}</id><username>aws</username><password>${{env.CODEARTIFACT_AUTH_TOKEN}}</password></server>
  </servers>
</settings>
"""


class Maven(Tool):
    name = login = "maven"
    exec = ()
    env = True
    traced = ("exec",)
    plugins = maven_tools.Maven()

    def prepare(self, place):
        settings = place.home.path / ".m2" / "settings.xml"
        settings.parent.mkdir()
        settings.write_text(SETTINGS.format(id=self.source, url=REGISTRY.url("maven")))

    def _run(self, place, *words):
        local = place.path / "local"
        if not local.exists():
            self.plugins.local(place.path)
            for file in local.rglob("_remote.repositories"):
                file.unlink()  # so the plugins are there whatever mirror there is
        return place.run("/usr/bin/mvn", *maven_tools.OPTIONS, f"-Dmaven.repo.local={local}", *words)

    def install(self, place):
        place.write("pom.xml", maven_tools.PROJECT.format(url=REGISTRY.url("maven"), group="com.example",
                                                          artifact="hello-jeton", version="1.0"))
        result = self._run(place, maven_tools.plugin("dependency", "resolve"))
        return result, place.has("local/com/example/hello-jeton/1.0/hello-jeton-1.0.jar")

    def publish(self, place):
        result = self._run(place, *maven_tools.deploy_words(place.path, self.source, REGISTRY.url("maven"), "published", "1.0"))
        return result, REGISTRY.uploaded("maven", "published-1.0.jar") == maven_tools.JAR


TOOLS = [Maven()]
