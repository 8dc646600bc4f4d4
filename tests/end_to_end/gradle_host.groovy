// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// A stand-in for Gradle 6 to 9, as far as an init script sees it: SCRIPT VERSION URL OTHER-URL. It calls the script's
// hooks in that version's order, with repositories of the URLs in every place in which a build may name one, and prints
// where each has got which credential. Sources: Gradle's DSL reference (Gradle, Settings, ProviderFactory, ExecOutput).
import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.control.customizers.ImportCustomizer
import org.gradle.api.artifacts.repositories.MavenArtifactRepository
import org.gradle.api.artifacts.repositories.PasswordCredentials

def (script, version, ours, others) = args
version = version as BigDecimal
def runs = 0

class Credentials implements PasswordCredentials { String username, password }

/** Repositories that may still come: `all` hears of them too. */
class Repositories {
    String place
    List items = [], heard = []
    void all(Closure each) { heard << each; items.each(each) }
    void add(repository) { items << repository; heard.each { it(repository) } }
    void maven(String url, Credentials credentials = new Credentials()) {
        add([getUrl: { new URI(url) }, getCredentials: { credentials }, credentials: { it.execute(credentials) }]
            as MavenArtifactRepository)
    }
    void print() { items.each { println "$place $it.url $it.credentials.username $it.credentials.password" } }
}

class Provider { def value; def get() { value } }
class Spec { List words; boolean ignoreExitValue; void commandLine(List list) { words = list } }

/** Lazy: the program runs once, when its result is wanted. */
class Providers {
    Closure counted
    def exec(Closure action) {
        def spec = new Spec()
        action(spec)
        counted()
        def done = new ProcessBuilder(spec.words).start()
        done.outputStream.close()
        def out = new StringBuilder(), errors = new StringBuilder()
        done.waitForProcessOutput(out, errors)
        if (done.exitValue() != 0 && !spec.ignoreExitValue)
            throw new RuntimeException('Process finished with non-zero exit value')
        def text = { value -> [asText: new Provider(value: value.toString())] }
        [result: new Provider(value: [exitValue: done.exitValue()]), standardOutput: text(out), standardError: text(errors)]
    }
}

class Plugins { void withId(String id, Closure each) { assert id == 'publishing'; each() } }
class Holder { Repositories repositories }
class OldSettings { Holder buildscript, pluginManagement }
class Settings extends OldSettings { Holder dependencyResolutionManagement; def providers }
class Project {
    Holder buildscript, publishing
    Repositories repositories
    def providers
    Plugins plugins = new Plugins()
}
class Root { Project project; void allprojects(Closure each) { each(project) } }
class OldGradle {
    Closure evaluated, projects, before, last
    Root rootProject
    void projectsEvaluated(Closure each) { last = each }
    void settingsEvaluated(Closure each) { evaluated = each }
    void allprojects(Closure each) { projects = each }
}
class Gradle extends OldGradle { void beforeSettings(Closure each) { before = each } }

def places = []
def holder = { String place ->
    places << new Repositories(place: place)
    new Holder(repositories: places[-1])
}
def providers = version >= 7.5 ? new Providers(counted: { runs++ }) : new Object()
def gradle = version >= 6.0 ? new Gradle() : new OldGradle()
def imports = new ImportCustomizer().addStarImports('org.gradle.api')
def shell = new GroovyShell(this.class.classLoader, new Binding(gradle: gradle),
                            new CompilerConfiguration().addCompilationCustomizers(imports))
shell.evaluate(new File(script))

def name = { it.repositories.maven(ours); it.repositories.maven(others) }
def settings = version >= 6.8 ? new Settings(providers: providers, dependencyResolutionManagement: holder('resolution'))
                              : new OldSettings()
settings.buildscript = holder('settings')
settings.pluginManagement = holder('plugins')
gradle.before?.call(settings)
name(settings.buildscript)
name(settings.pluginManagement)
if (version >= 6.8)
    name(settings.dependencyResolutionManagement)
// The plug-ins of the settings are resolved here.
places.each { it.print() }
gradle.evaluated?.call(settings)
def project = new Project(buildscript: holder('buildscript'), repositories: holder('project').repositories,
                          providers: providers, publishing: holder('publishing'))
gradle.projects(project)
name(project.buildscript)
name(project)
project.repositories.maven(ours, new Credentials(username: 'mine', password: 'own'))
name(project.publishing)
gradle.rootProject = new Root(project: project)
gradle.last()
places.findAll { it.place in ['buildscript', 'project', 'publishing'] }.each { it.print() }
println "runs by providers: $runs"
