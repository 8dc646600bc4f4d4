# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""gem and Bundler, as a person runs them whom jeton has let in."""
from harness import new_folder, run
from let_in import REGISTRY, Tool
from ruby_tools import SPECIFICATION, build_gem


def fill():
    """An index of one gem, as the registry shows it."""
    REGISTRY.add_files(REGISTRY.path("ruby"), build_gem(new_folder("gems")))


def push(place, *command):
    """Makes a gem and pushes it by the command; the result, and whether it has come."""
    place.write("published.gemspec", SPECIFICATION.format(package="published", version="1.0"))
    run("/usr/bin/gem", "build", "--quiet", "published.gemspec", cwd=place.path)
    result = place.run(*command, "published-1.0.gem")
    sent = REGISTRY.uploaded("ruby", "/repo/api/v1/gems")
    return result, sent == (place.path / "published-1.0.gem").read_bytes()


class Gem(Tool):
    name = login = "gem"
    exec = ()

    def install(self, place):
        result = place.run("/usr/bin/gem", "install", "hello-jeton", "--no-document", "--install-dir", place.path / "there")
        return result, place.has("there/gems/hello-jeton-1.0")

    def publish(self, place):
        # login has given the key a name; the environment says all.
        where = ("--key", self.source, "--host", REGISTRY.url("ruby").rstrip("/")) if place.way == "login" else ()
        return push(place, "/usr/bin/gem", "push", *where)


class Bundler(Tool):
    """It has a variable for hosts without a port alone: test_exec tries that."""
    name = login = "bundler"

    def install(self, place):
        place.write("Gemfile", f"source '{REGISTRY.url('ruby')}'\ngem 'hello-jeton'\n")
        result = place.run("/usr/bin/bundle", "install", BUNDLE_PATH=place.path / "there", BUNDLE_RETRY=0,
                           BUNDLE_SILENCE_ROOT_WARNING=1)
        return result, place.has("there/**/gems/hello-jeton-1.0")


class Release(Tool):
    """What Bundler's own tasks do with a gem that is released."""
    name = "bundle exec gem push"
    exec = ()
    env = True

    def publish(self, place):
        place.write("Gemfile", f"source '{REGISTRY.url('ruby')}'\n")
        return push(place, "/usr/bin/bundle", "exec", "gem", "push")


TOOLS = [Gem(), Bundler(), Release()]
