package antiphon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the program to the rules of its design, and each rule to biting: every one is also run on a small class that
 * breaks it, compiled on the spot into the package it speaks of.
 */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter().importPath(Path.of("target/classes"));

    /** Kept open: opening a hundred jars for every small class takes longer than compiling it. */
    private static final StandardJavaFileManager FILES = compiler().getStandardFileManager(null, null, null);

    @TempDir
    Path folder;

    @AfterAll
    static void close() throws IOException {
        FILES.close();
    }

    static Stream<ArchRule> rules() {
        return Stream.of(
                        List.of(
                                ArchitectureRules.everyClassIsInAKnownPackage(),
                                ArchitectureRules.packagesAreFreeOfCycles(),
                                ArchitectureRules.classesOfAPackageAreFreeOfCycles(),
                                ArchitectureRules.onlyAppEndsTheProgramOrPrints(),
                                ArchitectureRules.noWallClockOnTheMusicalPath(),
                                ArchitectureRules.noClockAtAllInPureMusic(),
                                ArchitectureRules.noJavaSerialisation(),
                                ArchitectureRules.hotPathIsBare()),
                        ArchitectureRules.theTableIsLaw(),
                        ArchitectureRules.librariesHaveTheirOwners())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldHoldInTheProgram(ArchRule rule) {
        assertThat(OURS).isNotEmpty();
        rule.check(OURS);
    }

    @Test
    void shouldFindNothingInTheSources() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String root : List.of("src/main/java", "src/test/java", "src/jmh/java")) {
            if (Files.isDirectory(Path.of(root))) {
                try (Stream<Path> found = Files.walk(Path.of(root))) {
                    found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                }
            }
        }
        assertThat(files).isNotEmpty();
        assertThat(SourceRules.breaches(FILES.getJavaFileObjectsFromPaths(files)))
                .isEmpty();
    }

    @Test
    void shouldFindAPackageInfoThatSaysNullMarkedInEveryPackage() throws IOException {
        try (Stream<Path> packages = Files.walk(Path.of("src/main/java/antiphon"))) {
            assertThat(packages.filter(Files::isDirectory)).isNotEmpty().allSatisfy(each -> assertThat(
                            each.resolve("package-info.java"))
                    .content()
                    .contains("/**", "@NullMarked"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package antiphon.model; class Bad { antiphon.music.Note note; }",
                "package antiphon.music; class Bad { antiphon.model.Bad2 other; }",
                "package antiphon.improv; class Bad { antiphon.midi.PortInfo port; }",
                "package antiphon.midi; class Bad { antiphon.config.Config config; }",
                "package antiphon.live; class Bad { antiphon.config.Config config; }",
                "package antiphon.train; class Bad { antiphon.config.Config config; }",
                "package antiphon.train; class Bad { antiphon.judge.Judge judge; }",
                "package antiphon.corpus; class Bad { antiphon.train.Trainer trainer; }",
                "package antiphon.reference; class Bad { antiphon.train.Trainer trainer; }",
                "package antiphon.judge; class Bad { antiphon.config.Config config; }",
                "package antiphon.config; class Bad { antiphon.midi.PortInfo port; }",
                "package antiphon.dashboard; class Bad { antiphon.midi.PortInfo port; }",
                "package antiphon.live; class Bad { antiphon.dashboard.Dashboard page; }",
                "package antiphon.remote; class Bad { antiphon.dashboard.Dashboard page; }",
                "package antiphon.bench; class Bad { antiphon.app.Main main; }",
                "package antiphon.midi; class Bad { antiphon.midi.file.MidiFile file; }",
                "package antiphon.midi.file; class Bad { antiphon.midi.jack.JackBackend backend; }",
                "package antiphon.midi.jack; class Bad { antiphon.host.SystemThreads threads; }",
                "package antiphon.train; class Bad { antiphon.midi.jack.JackBackend backend; }",
                "package antiphon.host; class Bad { antiphon.file.AtomicFile file; }",
                "package antiphon.midi.elsewhere; class Bad {}",
                "package antiphon.elsewhere; class Bad {}",
            })
    void shouldBiteWhenAPackageUsesWhatTheTableDoesNotAllow(String source) throws IOException {
        assertBroken(source, "package antiphon.model; public class Bad2 {}");
    }

    @Test
    void shouldBiteOnACycleOfPackages() throws IOException {
        JavaClasses cycle = compiled(
                "package antiphon.midi; public class A { antiphon.midi.file.B b; }",
                "package antiphon.midi.file; public class B { antiphon.midi.A a; }");
        assertThatThrownBy(() -> ArchitectureRules.packagesAreFreeOfCycles().check(cycle))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "B b;",
                "B[] all;",
                "java.util.List<B> all;",
                "B f() { return null; }",
                "void f(B b) {}",
                "void f() { new B(); }",
                "Object f() { return B.class; }",
                "static class Inner { Runnable f = () -> new B(); }",
                "abstract static class Inner implements java.util.function.Supplier<B> {}",
            })
    void shouldBiteOnACycleInsideAPackage(String use) throws IOException {
        assertBroken(
                "package antiphon.midi; class A { " + use + " }",
                "package antiphon.midi; class B { static class Inner { C c; } }",
                "package antiphon.midi; class C { A a; }");
    }

    @Test
    void shouldNameTheClassesOfACycleInsideAPackage() throws IOException {
        JavaClasses cycle = compiled(
                "package antiphon.midi; class A { B b; C c; }",
                "package antiphon.midi; class B { static class Inner { C c; } }",
                "package antiphon.midi; class C { B b; }");
        assertThatThrownBy(() ->
                        ArchitectureRules.classesOfAPackageAreFreeOfCycles().check(cycle))
                .hasMessageContaining("antiphon.midi: B -> C -> B")
                .hasMessageNotContaining("A ->");
    }

    @Test
    void shouldCountOneDirectionInsideAPackageAndWhatStandsInAnnotationsAsNoCycle() throws IOException {
        assertKept(
                "package antiphon.midi; class Names { @interface Of { Class<?>[] value(); } }",
                "package antiphon.midi; @Names.Of(B.class) class A { static class Inner { A a; } }",
                "package antiphon.midi; class B { A a; @Names.Of({A.class, B.class}) void f() {} }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package antiphon.live; class Bad { javax.sound.midi.MidiDevice device; }",
                "package antiphon.app; class Bad { uk.co.xfactorylibrarians.coremidi4j.CoreMidiException e; }",
                "package antiphon.live; class Bad { java.lang.foreign.Arena arena; }",
                "package antiphon.improv; class Bad { com.lmax.disruptor.WaitStrategy strategy; }",
                "package antiphon.model; class Bad { org.nd4j.linalg.api.ndarray.INDArray array; }",
                "package antiphon.app; class Bad { org.deeplearning4j.nn.api.Model model; }",
                "package antiphon.judge; class Bad { org.nd4j.linalg.api.ndarray.INDArray array; }",
                "package antiphon.train; class Bad { picocli.CommandLine line; }",
                "package antiphon.config; class Bad { picocli.CommandLine line; }",
                "package antiphon.app; class Bad { org.tomlj.Toml toml; }",
                "package antiphon.app; class Bad { io.helidon.webserver.WebServer server; }",
                "package antiphon.status; class Bad { java.net.http.HttpClient client; }",
                "package antiphon.midi; class Bad { org.tomlj.TomlTable table; }",
                "package antiphon.dashboard; class Bad { java.nio.channels.DatagramChannel channel; }",
                "package antiphon.dashboard; class Bad { io.prometheus.metrics.model.snapshots.Labels labels; }",
                "package antiphon.app; class Bad { javax.jmdns.JmDNS network; }",
                "package antiphon.midi.file; class Bad { javax.sound.midi.MidiEvent event; }",
                "package antiphon.midi.audio; class Bad { uk.co.xfactorylibrarians.coremidi4j.CoreMidiException e; }",
                "package antiphon.midi.device; class Bad { java.lang.foreign.Arena arena; }",
                "package antiphon.live; class Bad { void f() { System.exit(1); } }",
                "package antiphon.train; class Bad { void f() { System.out.println(1); } }",
                "package antiphon.midi; class Bad { void f() { System.err.println(1); } }",
            })
    void shouldBiteWhenALibraryIsSeenOutsideItsPackage(String source) throws IOException {
        assertBroken(source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package antiphon.midi; class Bad { long f() { return System.currentTimeMillis(); } }",
                "package antiphon.live; class Bad { java.util.function.LongSupplier f = System::currentTimeMillis; }",
                "package antiphon.live; class Bad { Object f() { return java.time.Instant.now(); } }",
                "package antiphon.music; class Bad { Object f() { return new java.util.Date(); } }",
                "package antiphon.improv; class Bad { long f() { return System.nanoTime(); } }",
                "package antiphon.music; class Bad implements java.io.Serializable {}",
                "package antiphon.train; class Bad { java.io.ObjectInputStream in; }",
            })
    void shouldBiteOnWallClocksAndSerialisation(String source) throws IOException {
        assertBroken(source);
    }

    @Test
    void shouldLetExceptionsBeSerialisableAsTheirParentsAre() throws IOException {
        assertKept(
                "package antiphon.midi; class Lost extends RuntimeException { static final long serialVersionUID = 1; }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object f() { return new Object(); }",
                "Object f(int x) { return x; }",
                "java.util.function.Supplier<Object> f() { return Object::new; }",
                "void f(org.slf4j.Logger log) { log.info(null); }",
                "long f(java.util.List<String> list) { return list.stream().count(); }",
                "void f(long[] values) { java.util.Arrays.sort(values); }",
                "void f(java.util.concurrent.locks.Lock lock) { lock.lock(); }",
                "void f() throws Exception { Thread.sleep(1); }",
                "void f() { java.util.concurrent.locks.LockSupport.parkNanos(1); }",
                "Object f(java.util.concurrent.BlockingQueue<?> queue) { return queue.poll(); }",
            })
    void shouldBiteOnCostlyCallsInHotCode(String method) throws IOException {
        String onMethod = "package antiphon.live; class Bad { @antiphon.HotPath " + method + " }";
        String onType = "package antiphon.live; @antiphon.HotPath class Bad { " + method + " }";
        assertBroken(onMethod);
        assertBroken(onType);
    }

    @Test
    void shouldLetHotTypesAllocateInTheirConstructorsAndParkInOnePlace() throws IOException {
        assertKept("package antiphon.live; @antiphon.HotPath class Parking { final Object o = new Object();"
                + " void f() { java.util.concurrent.locks.LockSupport.parkNanos(1); } }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package antiphon.live; class A { @HotPath int[] f() { return new int[1]; } }",
                "package antiphon.live; @HotPath class A { Runnable f(int x) { return () -> g(x); } }",
                "package antiphon.live; @HotPath class A { Runnable f() { return this::g; } }",
                "package antiphon.live; @HotPath class A { String f(int x) { return \"x\" + x; } }",
                "package antiphon.midi; @HotPath class A { void f() { synchronized (this) { g(); } } }",
                "package antiphon.live; class A { void f() { synchronized (this) { g(); } } }",
                "package antiphon.music; class A { synchronized void f() {} }",
                "package antiphon.model; class ModelManager {}",
                "package antiphon.music; class TimeProperties { @Property void shouldHold() {} }",
            })
    void shouldBiteOnWhatOnlyTheSourceShows(String source) {
        assertThat(SourceRules.breaches(List.of(new Source(source)))).hasSize(1);
    }

    @Test
    void shouldAllow400LinesInAFileAnd40InAMethodAndNotOneMore() {
        String method = "class A {\n@Deprecated\nvoid f() {" + "\n".repeat(38) + "}\n";
        assertThat(SourceRules.breaches(List.of(new Source(method + "}")))).isEmpty();
        assertThat(SourceRules.breaches(List.of(new Source(method.replace("{\n}", "{\n\n}") + "}"))))
                .isEmpty();
        assertThat(SourceRules.breaches(List.of(new Source(method.replace("\n}\n", "\n\n}\n") + "}"))))
                .singleElement()
                .asString()
                .contains("f has 41 lines");
        String file = "class A {" + "\n".repeat(399) + "}\n";
        assertThat(SourceRules.breaches(List.of(new Source(file)))).isEmpty();
        assertThat(SourceRules.breaches(List.of(new Source("\n" + file))))
                .singleElement()
                .asString()
                .contains("401 lines");
    }

    @Test
    void shouldLetColdCodeAllocateAndConstructorsOfHotTypes() {
        String source = "package antiphon.midi; @HotPath class A { int[] x; A() { x = new int[1]; }"
                + " static class Cold { synchronized int[] f() { return new int[1]; } } }";
        assertThat(SourceRules.breaches(List.of(new Source(source)))).isEmpty();
    }

    private void assertBroken(String... sources) throws IOException {
        JavaClasses classes = compiled(sources);
        assertThat(rules().filter(rule -> rule.evaluate(classes).hasViolation()))
                .hasSize(1);
    }

    private void assertKept(String... sources) throws IOException {
        JavaClasses classes = compiled(sources);
        assertThatCode(() -> rules().forEach(rule -> rule.check(classes))).doesNotThrowAnyException();
    }

    /** Compiles against the program and imports only what was compiled. */
    private JavaClasses compiled(String... sources) throws IOException {
        Path output = Files.createTempDirectory(folder, "classes");
        List<Source> files = Stream.of(sources).map(Source::new).toList();
        FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
        List<String> options = List.of("-proc:none", "-nowarn");
        assertThat(compiler().getTask(null, FILES, null, options, null, files).call())
                .as("compiles")
                .isTrue();
        return new ClassFileImporter().importPath(output);
    }

    private static JavaCompiler compiler() {
        return ToolProvider.getSystemJavaCompiler();
    }

    /** A source file that is only text. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("memory:///" + name(text) + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        private static String name(String text) {
            return text.replaceFirst("(?s).*?class (\\w+).*", "$1");
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
