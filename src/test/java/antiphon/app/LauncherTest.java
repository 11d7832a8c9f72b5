package antiphon.app;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts {@code bin/antiphon} as people do. Runs after packaging: the jar is there. */
@Tag("packaged")
class LauncherTest {
    private static final Path LAUNCHER = Path.of("bin/antiphon").toAbsolutePath();

    /** All that the script itself calls. */
    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "dirname",
            "find",
            "head",
            "id",
            "locale",
            "mkdir",
            "readlink",
            "rm",
            "rmdir",
            "sleep",
            "tail");

    @TempDir
    Path folder;

    @Test
    void shouldHelpFromAnyFolderAndThroughSymbolicLinks() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("a b"));
        Path link = Files.createSymbolicLink(odd.resolve("first"), LAUNCHER);
        Files.createSymbolicLink(odd.resolve("second"), link.getFileName());
        Ended help = run(odd, Map.of(), "./second", "--help");
        Files.delete(link);
        assertThat(help.output).startsWith("Usage: antiphon");
        assertThat(help.errors).isEmpty();
        assertThat(help.status).isZero();
    }

    @Test
    void shouldSayTheVersionThatTheBuildGave() throws Exception {
        assertThat(start("--version").output).matches("antiphon \\d+\\.\\d+\\.\\d+\\R");
    }

    @Test
    void shouldEndWithTwoOnBadUsageAndBringArgumentsThroughExactly() throws Exception {
        Ended ended = start("--no-such option, with * and $HOME and 'quotes'  ");
        assertThat(ended.status).isEqualTo(2);
        assertThat(ended.errors).contains("--no-such option, with * and $HOME and 'quotes'  ");
    }

    @Test
    void shouldStartInUnder700Milliseconds() throws Exception {
        start("--help");
        long best = Long.MAX_VALUE;
        // The best of three: other work on the machine is not the launcher's fault.
        for (int i = 0; i < 3; i++) {
            long startedNanos = System.nanoTime();
            start("--help");
            best = Math.min(best, System.nanoTime() - startedNanos);
        }
        assertThat(NANOSECONDS.toMillis(best)).isLessThan(700);
    }

    @ParameterizedTest
    @CsvSource({
        "'', .aot, --version",
        "not a cache, .aot, --version",
        "'', .jsa, run --backend none --until-ready",
        "not a cache, .jsa, run --backend none --until-ready"
    })
    void shouldStartWithoutAWordWhenTheCacheIsSpoilt(String content, String ending, String arguments) throws Exception {
        String[] words = arguments.split(" ", -1);
        start(words);
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            List<Path> caches =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            assertThat(caches).isNotEmpty();
            for (Path cache : caches) {
                Path kept = Files.copy(cache, folder.resolve("kept"), StandardCopyOption.REPLACE_EXISTING);
                Files.writeString(cache, content);
                Ended ended = start(words);
                Files.move(kept, cache, StandardCopyOption.REPLACE_EXISTING);
                Files.setLastModifiedTime(cache, FileTime.from(Instant.now()));
                assertThat(ended.errors).isEmpty();
                assertThat(ended.status).isZero();
            }
        }
    }

    /** Which takes some seconds after each build. */
    @Test
    void shouldEndWithZeroWhenToldToWhileItMakesItsCache() throws Exception {
        start("run", "--backend", "none", "--until-ready");
        Path cache;
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            cache = files.filter(file -> file.toString().endsWith(".jsa"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.setLastModifiedTime(cache, FileTime.fromMillis(0));
        Process process = new ProcessBuilder(LAUNCHER.toString(), "run", "--backend", "none").start();
        while (process.descendants()
                .noneMatch(child -> child.info().command().orElse("").endsWith("java"))) {
            Thread.onSpinWait();
        }
        process.destroy();
        assertThat(process.waitFor()).isZero();
        Files.setLastModifiedTime(cache, FileTime.from(Instant.now()));
        assertThat(start("run", "--backend", "none", "--until-ready").status).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"})
    void shouldStartWhenStandardStreamsAreClosed(String closed) throws Exception {
        String command = "exec '" + LAUNCHER + "' run --backend none --until-ready " + closed;
        Ended ended = run(folder, Map.of(), "bash", "-c", command);
        assertThat(ended.errors).isEmpty();
        assertThat(ended.status).isZero();
        assertThat(ended.output.isEmpty()).isEqualTo(closed.contains(" >&-") || closed.startsWith(">"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    /** The last two are on no system: Java takes ASCII then, as for C. */
    @ParameterizedTest
    @ValueSource(
            strings = {"LC_ALL=C", "LC_ALL=POSIX", "LC_ALL=", "LC_CTYPE=C", "LANG=xx_XX.UTF-8", "LC_TIME=xx_XX.UTF-8"})
    void shouldReadNamesInUtf8AndRunFromAnyFolderWhateverTheLocale(String locale) throws Exception {
        Path home = Files.createDirectories(folder.resolve("ä ö:ü/antiphon"));
        for (String part : List.of("bin", "config", "models", "target")) {
            Files.createSymbolicLink(home.resolve(part), Path.of(part).toAbsolutePath());
        }
        // Not a link: a launcher behind one finds the folder that the link leads to.
        Files.delete(home.resolve("bin"));
        Path launcher = Files.createDirectory(home.resolve("bin")).resolve("antiphon");
        Files.copy(LAUNCHER, launcher, StandardCopyOption.COPY_ATTRIBUTES);
        Path settings = Files.writeString(folder.resolve("übung.toml"), "play.seed = 7");
        Ended ended = run(
                folder,
                Map.of(),
                "env",
                "-u",
                "LANG",
                "-u",
                "LC_ALL",
                "-u",
                "LC_CTYPE",
                locale,
                launcher.toString(),
                "config",
                "check",
                settings.getFileName().toString());
        assertThat(ended.errors).isEmpty();
        assertThat(ended.output).isEqualTo("übung.toml: right\n");
    }

    @Test
    void shouldAddFlagsOfTheUserAfterItsOwn() throws Exception {
        Ended ended = run(folder, Map.of("ANTIPHON_JAVA_OPTS", "-XX:+PrintFlagsFinal  -Xmx64m"), launcher("--version"));
        assertThat(ended.output).containsPattern("MaxHeapSize += 67108864 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                    | -XX:+UseZGC      | lib/live/a.jar",
                "run --mode call     | -XX:+UseZGC      | lib/live/a.jar",
                "--seed 3            | -XX:+UseZGC      | lib/live/a.jar",
                "demo                | -XX:+UseZGC      | lib/live/a.jar",
                "rehearse x.mid      | -XX:+UseZGC      | lib/live/a.jar",
                "generate            | -XX:+UseSerialGC | lib/live/a.jar",
                "ports               | -XX:TieredStopAtLevel=1 | lib/live/a.jar",
                "run --help          | -XX:TieredStopAtLevel=1 | lib/live/a.jar",
                "train tiny -o m     | -XX:+UseParallelGC | lib/live/a.jar:HOME/target/lib/train/dl4j.jar",
            })
    void shouldGiveEachStartTheJvmAndTheClassPathThatSuitIt(String arguments, String flag, String libraries)
            throws Exception {
        Path home = built();
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/antiphon").toString()));
        command.addAll(arguments == null ? List.of() : List.of(arguments.split(" ")));
        Ended ended =
                run(folder, Map.of("ANTIPHON_JAVA_HOME", echoingJdk().toString()), command.toArray(String[]::new));
        assertThat(ended.errors).isEmpty();
        List<String> passed = ended.output.lines().toList();
        assertThat(passed).contains(flag, "-Dantiphon.home=" + home, "antiphon.app.Main");
        assertThat(passed.get(passed.indexOf("-cp") + 1))
                .isEqualTo((home + "/target/antiphon.jar:" + home + "/target/"
                        + libraries.replace("HOME", home.toString())));
    }

    @Test
    void shouldNameTheJdkItWasGivenWhenThatIsNone() throws Exception {
        Ended ended = run(folder, Map.of("ANTIPHON_JAVA_HOME", "/nowhere"), launcher("--version"));
        assertThat(ended.errors)
                .isEqualTo(
                        "antiphon: ANTIPHON_JAVA_HOME = /nowhere: no JDK 25; allowed: the home of a JDK 25 or newer.\n");
        assertThat(ended.status).isEqualTo(1);
    }

    @Test
    void shouldSayWhereItLookedAndWhatToDoWhenThereIsNoJdk() throws Exception {
        Path copy = installation();
        String script = Files.readString(LAUNCHER).replace("NEEDED_JAVA=25", "NEEDED_JAVA=999");
        Files.writeString(copy, script);
        Ended ended = run(folder, Map.of("JAVA_HOME", ""), copy.toString(), "--version");
        assertThat(ended.errors.lines())
                .singleElement()
                .asString()
                .contains("no JDK 999 or newer found in", "/usr/lib/jvm", "Get one: https://adoptium.net");
        assertThat(ended.status).isEqualTo(1);
    }

    @Test
    void shouldSayThatMavenIsMissingWhenItMustBuild() throws Exception {
        Path tools = toolsWithoutMaven();
        Ended ended =
                run(folder, Map.of("PATH", tools.toString()), installation().toString(), "--version");
        assertThat(ended.errors)
                .isEqualTo("antiphon: no Maven (mvn) on the PATH, needed to build; allowed: 3.8 or newer. "
                        + "Get it: apt install maven, or brew install maven.\n");
        assertThat(ended.status).isEqualTo(1);
    }

    @Test
    void shouldNotBuildAsAService() throws Exception {
        Map<String, String> environment = Map.of("ANTIPHON_BUILD", "no");
        Ended ended = run(folder, environment, installation().toString(), "--version");
        assertThat(ended.errors.lines())
                .singleElement()
                .asString()
                .contains("target/antiphon.jar: not there, and ANTIPHON_BUILD = no;", "Run: ");
        assertThat(ended.status).isEqualTo(1);
    }

    @Test
    void shouldBuildOneAfterTheOtherWhenTwoStartsFindNothingBuiltAndShowTheLogOfAFailure() throws Exception {
        Path tools = toolsWithoutMaven();
        // Counts its runs, and takes long enough for the other start to find the lock.
        script(tools.resolve("mvn"), "echo run >>runs; sleep 1; echo 'no such library'; exit 1");
        String launcher = installation().toString();
        Map<String, String> environment = Map.of("PATH", tools.toString());
        Process first = process(folder, environment, launcher, "--version").start();
        Process second = process(folder, environment, launcher, "--version").start();
        List<Ended> both = List.of(ended(first), ended(second));
        assertThat(both).allSatisfy(each -> {
            assertThat(each.status).isEqualTo(1);
            assertThat(each.errors).contains("no such library", "building failed; the end of the log is above");
        });
        assertThat(both).anySatisfy(each -> assertThat(each.errors).contains("waiting for another start"));
        assertThat(folder.resolve("copy/runs")).hasContent("run\nrun");
        assertThat(folder.resolve("copy/target/start.lock")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "999999999\n"})
    void shouldGoOnWhenAStartThatWasKilledLeftItsLock(String lock) throws Exception {
        String launcher = installation().toString();
        Path left = Files.createDirectories(folder.resolve("copy/target/start.lock.steal"));
        Files.writeString(left.resolveSibling("start.lock"), lock);
        Ended ended = run(folder, Map.of("PATH", toolsWithoutMaven().toString()), launcher, "--version");
        assertThat(ended.errors)
                .startsWith("antiphon: no Maven (mvn) on the PATH")
                .hasLineCount(1);
        assertThat(left).doesNotExist();
        assertThat(left.resolveSibling("start.lock")).doesNotExist();
    }

    @Test
    void shouldNotWaitForEverForAnotherStart() throws Exception {
        Path launcher = installation();
        String script = Files.readString(launcher).replace("MAX_WAIT_SECONDS=600", "MAX_WAIT_SECONDS=1");
        Files.writeString(launcher, script);
        long pid = ProcessHandle.current().pid();
        Path target = Files.createDirectories(folder.resolve("copy/target")).toRealPath();
        Path lock = Files.writeString(target.resolve("start.lock"), pid + "\n");
        Ended ended = run(folder, Map.of(), launcher.toString(), "--version");
        assertThat(ended.errors.lines())
                .containsExactly(
                        "antiphon: waiting for another start (process " + pid + ") that is building.",
                        "antiphon: " + lock + ": held by process " + pid
                                + " for 1 s; a build takes less. End that process.");
        assertThat(ended.status).isEqualTo(1);
        assertThat(lock).hasContent(pid + "");
    }

    @Test
    void shouldPassOnTheJvmArgumentsOfThePom() throws IOException {
        assertThat(LAUNCHER)
                .content()
                .contains(
                        "JVM_ARGS=\"" + Program.jvmArguments() + "\"",
                        "flags+=(" + String.join(" ", Program.LIVE_FLAGS) + ")",
                        "flags+=(" + String.join(" ", Program.SHORT_FLAGS) + ")");
    }

    /** A folder with the launcher and a pom, and nothing built. */
    private Path installation() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("copy/bin"));
        Files.writeString(folder.resolve("copy/pom.xml"), "<project/>");
        return Files.copy(LAUNCHER, bin.resolve("antiphon"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** An {@link #installation} that looks built, to be started by {@link #echoingJdk}. */
    private Path built() throws IOException {
        installation();
        Path home = folder.resolve("copy").toRealPath();
        Path lib = Files.createDirectories(home.resolve("target/lib"));
        Files.writeString(lib.resolve("live.classpath"), "lib/live/a.jar");
        Files.writeString(lib.resolve("train.classpath"), "lib/train/dl4j.jar");
        Path jar = Files.writeString(home.resolve("target/antiphon.jar"), "");
        Files.setLastModifiedTime(home.resolve("pom.xml"), FileTime.fromMillis(0));
        assertThat(Files.getLastModifiedTime(jar).toMillis()).isPositive();
        return home;
    }

    /** A JDK whose java prints its arguments, one a line. */
    private Path echoingJdk() throws IOException {
        Path jdk = folder.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        script(jdk.resolve("bin/java"), "printf '%s\\n' \"$@\"");
        script(jdk.resolve("bin/javac"), "exit 1");
        return jdk;
    }

    private Path toolsWithoutMaven() throws IOException {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Path found = Stream.of("/usr/bin", "/bin")
                    .map(place -> Path.of(place, tool))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            script(tools.resolve(tool), "exec " + found + " \"$@\"");
        }
        return tools;
    }

    private static void script(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + command + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static String[] launcher(String... arguments) {
        return Stream.concat(Stream.of(LAUNCHER.toString()), Stream.of(arguments))
                .toArray(String[]::new);
    }

    private Ended start(String... arguments) throws Exception {
        return run(folder, Map.of(), launcher(arguments));
    }

    private static Ended run(Path folder, Map<String, String> environment, String... command) throws Exception {
        return ended(process(folder, environment, command).start());
    }

    private static ProcessBuilder process(Path folder, Map<String, String> environment, String... command) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command))).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ANTIPHON_"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static Ended ended(Process process) throws Exception {
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, SECONDS)).isTrue();
        return new Ended(process.exitValue(), output, errors);
    }

    private record Ended(int status, String output, String errors) {}
}
