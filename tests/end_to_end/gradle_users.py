# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Gradle, as a person runs it whom jeton has let in: it resolves and publishes in one run, since each takes long."""
from let_in import REGISTRY, Tool

# By name, as login writes the properties and exec sets them.
BY_PROPERTIES = """url codeartifactUrl
    credentials { username codeartifactUsername; password codeartifactPassword }"""
# It publishes by its own transport, which ivy-publish uses: Debian's Gradle has none for maven-publish.
BUILD = """\
apply plugin: 'maven-publish'
apply plugin: 'ivy-publish'
def ours = {{ {repository} }}
repositories {{ maven ours; maven {{ url 'https://repository.example/' }} }}
configurations {{ wanted }}
dependencies {{ wanted 'com.example:hello-jeton:1.0' }}
task fetch {{ doLast {{
    copy {{ from configurations.wanted; into 'there' }}
    assert publishing.repositories.every {{ it.credentials.username == 'aws' && it.credentials.password }}
}} }}
publishing {{
    repositories {{ maven ours; ivy ours; ivy.layout 'maven' }}
    publications {{ one(IvyPublication) {{
        organisation 'com.example'; module 'published-jeton'; revision '1.0'; artifact file('some.txt')
    }} }}
}}
"""


class Gradle(Tool):
    name = login = "gradle"
    sourced = True
    source = "codeartifact"
    helped = True
    exec = ()
    env = True
    traced = ("exec", "helper")

    def install(self, place):
        repository = f"url '{REGISTRY.url('maven')}'" if place.way == "helper" else BY_PROPERTIES
        place.write("settings.gradle", "rootProject.name = 'user'\n")
        place.write("build.gradle", BUILD.format(repository=repository))
        place.write("some.txt", "text\n")
        # A daemon would keep the token in its log: exec and env see to it that there is none.
        single = () if place.way == "exec" else ("--no-daemon",)
        result = place.run("/usr/bin/gradle", "-q", *single, "--project-cache-dir", place.path / "c", "fetch", "publish",
                           "--refresh-dependencies")
        sent = REGISTRY.uploaded("maven", "published-jeton-1.0.txt")
        return result, place.has("there/hello-jeton-1.0.jar") and sent == b"text\n"


TOOLS = [Gradle()]
