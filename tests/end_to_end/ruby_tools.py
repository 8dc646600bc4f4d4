# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""RubyGems and Bundler: `gem install` and `bundle install` from an index of files, `gem push` into it."""
from harness import environment, new_folder, run
from python_tools import with_user

SPECIFICATION = """\
Gem::Specification.new do |s|
  s.name, s.version, s.summary, s.authors = "{package}", "{version}", "s", ["a"]
  s.license, s.homepage, s.files = "MIT", "http://example.org", []
end
"""


class Gem:
    name = "RubyGems"
    # gem push prints the answer's body and no status: the gate's reason, where the front passes it on.
    words = {("install", 401): "401", ("install", 403): "403", ("publish", 401): "401|revoked",
             ("publish", 403): "not authorized to perform: codeartifact:PublishPackageVersion",
             ("publish", "none"): "401|no authorization token"}

    def _run(self, home, *words, program="/usr/bin/gem", **more):
        return run(program, *words, cwd=home, env=environment(HOME=home, GEM_HOME=home / "gems", **more))

    def install(self, url, token, package, version):
        home = new_folder("home")
        (home / ".gemrc").write_text(f":sources:\n- {with_user(url, token)}\n")
        result = self._run(home, "install", "--no-document", "--version", version, package)
        return result, (home / "gems" / "specifications" / f"{package}-{version}.gemspec").exists()

    def publish(self, url, token, package, version):
        home = new_folder("home")
        (home / "one.gemspec").write_text(SPECIFICATION.format(package=package, version=version))
        self._run(home, "build", "--quiet", "one.gemspec")
        return self._run(home, "push", "--host", url.rstrip("/"), f"{package}-{version}.gem",
                         GEM_HOST_API_KEY=f"Bearer {token}" if token else "none")


class Bundler(Gem):
    """Installs by Bundler; a gem is pushed by gem in any case."""
    name = "Bundler"
    words = {**Gem.words, ("install", 401): "Authentication is required|Bad username or password",
             ("install", 403): "Bad username or password"}

    def install(self, url, token, package, version):
        home = new_folder("home")
        (home / "Gemfile").write_text(f'source "{url}"\ngem "{package}", "{version}"\n')
        given = {"BUNDLE_127__0__0__1": f"aws:{token}"} if token else {}
        result = self._run(home, "install", program="/usr/bin/bundle", BUNDLE_PATH=home / "there",
                           BUNDLE_RETRY="0", BUNDLE_SILENCE_ROOT_WARNING="true", **given)
        return result, bool(list(home.glob(f"there/**/specifications/{package}-{version}.gemspec")))


TOOLS = [Gem(), Bundler()]
