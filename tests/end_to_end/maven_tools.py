# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Maven: `deploy:deploy-file` and `dependency:resolve`, by the plugins that Debian has; nothing is downloaded."""
import os
import pathlib
import shutil
import threading

from harness import environment, new_folder, run

DEBIAN = pathlib.Path("/usr/share/maven-repo")
PLUGINS = "org.apache.maven.plugins"
GROUP = "org.example"
JAR = b"PK\5\6" + 18 * b"\0"

SETTINGS = """\
<settings>
  <localRepository>{local}</localRepository>
  <mirrors><mirror><id>debian</id><mirrorOf>central</mirrorOf><url>file://{debian}</url></mirror></mirrors>
  <servers><server><id>team</id><username>aws</username><password>${{env.TOKEN}}</password></server></servers>
</settings>
"""
PROJECT = """\
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.example</groupId><artifactId>user</artifactId><version>1</version><packaging>pom</packaging>
  <repositories><repository><id>team</id><url>{url}</url></repository></repositories>
  <dependencies>
    <dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version></dependency>
  </dependencies>
</project>
"""


def plugin(name, goal):
    """The goal of the version that Debian has: the one with a jar."""
    (jar,) = (DEBIAN / PLUGINS.replace(".", "/") / f"maven-{name}-plugin").glob("[0-9]*/*.jar")
    return f"{PLUGINS}:maven-{name}-plugin:{jar.parent.name}:{goal}"


OPTIONS = ("--batch-mode", "--quiet", "-Dstyle.color=never")


def deploy_words(folder, id, url, package, version):
    """What deploys a jar of nothing to a repository, whose credential the settings have for the id."""
    (folder / "some.jar").write_bytes(JAR)
    return (plugin("deploy", "deploy-file"), f"-DrepositoryId={id}", f"-Durl={url}", f"-Dfile={folder / 'some.jar'}",
            f"-DgroupId={GROUP}", f"-DartifactId={package}", f"-Dversion={version}")


class Maven:
    name = "Maven"
    words = {(action, status): word for action in ("install", "publish")
             for status, word in ((401, "status: 401 Unauthorized"), (403, "status: 403 Forbidden"),
                                  ("none", "status: 401 Unauthorized"))}

    def __init__(self):
        self._lock = threading.Lock()
        self._plugins = None

    def local(self, folder):
        """A local repository that has the plugins and nothing of the registry's, by links to one that is made once."""
        with self._lock:
            if self._plugins is None:
                self._plugins = new_folder("plugins")
                for name in ("deploy", "dependency"):
                    self._run(None, plugin(name, "help"), folder=self._plugins, local=self._plugins / "local")
        shutil.copytree(self._plugins / "local", folder / "local", copy_function=os.link)
        return folder / "local"

    def _run(self, token, *words, folder, local=None):
        (folder / "settings.xml").write_text(SETTINGS.format(local=local or self.local(folder), debian=DEBIAN))
        return run("/usr/bin/mvn", *OPTIONS, "--settings", folder / "settings.xml", *words, cwd=folder,
                   env=environment(HOME=folder, TOKEN=token or None, MAVEN_OPTS="-XX:TieredStopAtLevel=1 -Xshare:auto"))

    def install(self, url, token, package, version):
        project = new_folder("project")
        local = self.local(project)
        (project / "pom.xml").write_text(PROJECT.format(url=url, group=GROUP, artifact=package, version=version))
        there = local / GROUP.replace(".", "/") / package
        result = self._run(token, plugin("dependency", "resolve"), folder=project, local=local)
        return result, (there / version / f"{package}-{version}.jar").exists()

    def publish(self, url, token, package, version):
        folder = new_folder("jar")
        return self._run(token, *deploy_words(folder, "team", url, package, version), folder=folder)


TOOLS = [Maven()]
