# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""RubyGems and Bundler: `gem install` and `bundle install` from an index of files, `gem push` into it."""
from harness import environment, equal, new_folder, run
from python_tools import with_user

SPECIFICATION = """\
Gem::Specification.new do |s|
  s.name, s.version, s.summary, s.authors = "{package}", "{version}", "s", ["a"]
  s.license, s.homepage, s.files = "MIT", "http://example.org", []
end
"""

# The index that `gem generate_index` made until RubyGems 3.6 left that to a gem of its own: names and versions in
# three lists, and a description a gem, as Gem::SpecFetcher reads them.
INDEX = """\
require "rubygems/package"
specs = Dir["gems/*.gem"].sort.map { |file| Gem::Package.new(file).spec }
tuples = specs.map { |spec| [spec.name, spec.version, spec.original_platform] }
Dir.mkdir("quick") unless Dir.exist?("quick")
Dir.mkdir("quick/Marshal.4.8") unless Dir.exist?("quick/Marshal.4.8")
{ "specs" => tuples, "latest_specs" => tuples, "prerelease_specs" => [] }.each do |name, list|
  File.binwrite("#{name}.4.8.gz", Gem::Util.gzip(Marshal.dump(list)))
end
specs.each do |spec|
  File.binwrite("quick/Marshal.4.8/#{spec.full_name}.gemspec.rz", Gem.deflate(Marshal.dump(spec)))
end
"""


def index_gems(folder):
    """Makes the index of the files gems/*.gem in the folder, or makes it anew."""
    run("/usr/bin/ruby", "-e", INDEX, cwd=folder).ok()


def build_gem(folder):
    """A folder of files that is a gallery of one gem, hello-jeton 1.0."""
    (folder / "gems").mkdir()
    (folder / "one.gemspec").write_text(SPECIFICATION.format(package="hello-jeton", version="1.0"))
    built = run("/usr/bin/gem", "build", "one.gemspec", "--output", folder / "gems" / "hello-jeton-1.0.gem", cwd=folder)
    equal(built.code, 0, f"exit code of {built!r}")
    index_gems(folder)
    return folder


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
             ("install", 403): "Bad username or password|Access token could not be authenticated"}

    def install(self, url, token, package, version):
        home = new_folder("home")
        (home / "Gemfile").write_text(f'source "{url}"\ngem "{package}", "{version}"\n')
        given = {"BUNDLE_127__0__0__1": f"aws:{token}"} if token else {}
        result = self._run(home, "install", program="/usr/bin/bundle", BUNDLE_PATH=home / "there",
                           BUNDLE_RETRY="0", BUNDLE_SILENCE_ROOT_WARNING="true", **given)
        return result, bool(list(home.glob(f"there/**/specifications/{package}-{version}.gemspec")))


TOOLS = [Gem(), Bundler()]
