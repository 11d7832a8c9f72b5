package antiphon.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/antiphon} in an installed package, where there is neither a JDK nor anything to build. */
class PackagedLauncherTest {
    @TempDir
    Path folder;

    private Path home;

    private final Map<String, String> environment = new HashMap<>();

    /** As src/deb/build lays it out. */
    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(folder.resolve("usr/lib/antiphon")).toRealPath();
        Path launcher = Files.createDirectory(home.resolve("bin")).resolve("antiphon");
        Files.copy(Path.of("bin/antiphon"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(home.resolve("antiphon.jar"), "");
        Path lib = Files.createDirectory(home.resolve("lib"));
        Files.writeString(lib.resolve("live.classpath"), "lib/live/a.jar:lib/live/b.jar");
        Files.writeString(lib.resolve("train.classpath"), "lib/train/dl4j.jar");
        Path runtime = home.resolve("runtime");
        Files.createDirectories(runtime.resolve("bin"));
        Files.writeString(runtime.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        Path java = Files.writeString(runtime.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(folder.resolve("antiphon"), launcher);
    }

    @Test
    void shouldUseTheJavaOfItsPackageThatHasNoCompiler() throws Exception {
        assertThat(started("run"))
                .startsWith(home + "/runtime/bin/java")
                .contains("-XX:+UseZGC", "-Dantiphon.home=" + home)
                .containsSequence(
                        "-cp",
                        home + "/antiphon.jar:" + home + "/lib/live/a.jar:" + home + "/lib/live/b.jar",
                        "antiphon.app.Main",
                        "run");
    }

    @Test
    void shouldFindTheLibrariesForTraining() throws Exception {
        assertThat(started("train", "music")).anyMatch(word -> word.endsWith(":" + home + "/lib/train/dl4j.jar"));
    }

    @Test
    void shouldUseTheCachesThatWereMadeWhenItWasInstalled() throws Exception {
        Files.writeString(home.resolve("live-25.0.3.jsa"), "made by postinst");
        assertThat(started("run")).contains("-XX:SharedArchiveFile=" + home + "/live-25.0.3.jsa");
    }

    /** As the service's unit names it, where the program's folder is a link to one on another disk. */
    @Test
    void shouldKnowTheJavaOfItsPackageByAnotherName() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("elsewhere"), home);
        environment.put("ANTIPHON_JAVA_HOME", link.resolve("runtime").toString());
        assertThat(started("run")).startsWith(link + "/runtime/bin/java");
    }

    private List<String> started(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(folder.resolve("antiphon").toString()).directory(folder.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("ANTIPHON_"));
        builder.environment().put("JAVA_HOME", "/nowhere");
        builder.environment().putAll(environment);
        // Its program's folder cannot be written to, but for root, who runs some tests.
        builder.environment().put("ANTIPHON_BUILD", "no");
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed.lines().toList();
    }
}
