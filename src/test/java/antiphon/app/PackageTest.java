package antiphon.app;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What {@code src/deb/build} makes a package of. Runs after packaging: it looks at the jars. The package itself is tried by
 * {@code src/bench/deb.sh}.
 */
@Tag("packaged")
class PackageTest {
    private static final Path DEB = Path.of("src/deb");

    private static final Set<String> ALLOWED = Set.of(
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "CDDL-1.1 OR GPL-2.0-with-classpath-exception",
            "EPL-1.0",
            "GPL-2.0-or-later",
            "GPL-2.0-with-classpath-exception",
            "MIT");

    /** Libraries of which only one of several licences is taken. */
    private static final Pattern CHOICE = Pattern.compile("javacpp|openblas");

    /** What NOTICE calls the libraries that every start uses. */
    private static final Map<String, String> IN_NOTICE = Map.ofEntries(
            Map.entry("disruptor", "LMAX Disruptor"),
            Map.entry("agrona", "Agrona"),
            Map.entry("jline-", "JLine"),
            Map.entry("coremidi4j", "CoreMidi4J"),
            Map.entry("jmdns", "JmDNS"),
            Map.entry("HdrHistogram", "HdrHistogram"),
            Map.entry("jackson-", "Jackson jr"),
            Map.entry("helidon", "Helidon"),
            Map.entry("prometheus-", "Prometheus"),
            Map.entry("picocli", "picocli"),
            Map.entry("tomlj", "tomlj"),
            Map.entry("antlr4-runtime", "ANTLR 4"),
            Map.entry("slf4j-", "SLF4J"),
            Map.entry("jspecify", "JSpecify"),
            Map.entry("commons-", "Apache Commons"),
            Map.entry("xz", "XZ for Java"));

    private static final Pattern LICENSED =
            Pattern.compile("^ +((?:\\([^()]+\\) )+).*\\(([^:]+):([^:]+):([^ ]+) - .*\\)$");

    @Test
    void shouldShipNothingWithoutALicenceAndNoneThatIsNotAllowed() throws IOException {
        Map<String, Set<String>> licences = licences();
        assertThat(licences.values()).allSatisfy(each -> assertThat(ALLOWED).containsAll(each));
        assertThat(Stream.of("live", "train").flatMap(PackageTest::jars))
                .hasSizeGreaterThan(80)
                .allMatch(jar -> licences.keySet().stream().anyMatch(jar::startsWith));
    }

    /** A library may be taken by any one of its licences; those of the GPL are not among ours. */
    @Test
    void shouldShipNothingByTheGplAlone() throws IOException {
        licences().forEach((library, licences) -> {
            if (licences.stream().anyMatch(each -> each.startsWith("GPL"))) {
                assertThat(licences).contains("Apache-2.0");
                assertThat(library).containsPattern(CHOICE);
            }
        });
    }

    @Test
    void shouldNameEachLibraryOfEveryStartInTheNoticeWithItsLicence() throws IOException {
        List<String> notice = Files.readAllLines(Path.of("NOTICE"));
        Map<String, Set<String>> licences = licences();
        assertThat(jars("live")).allSatisfy(jar -> {
            String name = IN_NOTICE.entrySet().stream()
                    .filter(each -> jar.startsWith(each.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow();
            Set<String> its = licences.entrySet().stream()
                    .filter(each -> jar.startsWith(each.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow();
            assertThat(notice)
                    .anyMatch(line -> line.contains(name) && its.stream().anyMatch(line::contains));
        });
    }

    /** As {@code jlink} is told; a module that only libraries for training need too. */
    @Test
    void shouldLinkEveryModuleThatTheProgramNeeds() throws IOException {
        StringWriter printed = new StringWriter();
        String libraries = Stream.of("live", "train")
                .flatMap(PackageTest::files)
                .map(Path::toString)
                .reduce("target/antiphon.jar", (all, jar) -> all + ":" + jar);
        int status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(printed),
                        new PrintWriter(printed),
                        "--multi-release",
                        "25",
                        "--ignore-missing-deps",
                        "--print-module-deps",
                        "-cp",
                        libraries,
                        "target/antiphon.jar");
        assertThat(status).as(printed.toString()).isZero();
        String build = Files.readString(DEB.resolve("build"));
        Matcher modules = Pattern.compile("(?m)^readonly MODULES=(\\S+)$").matcher(build);
        assertThat(modules.find()).isTrue();
        assertThat(closure(modules.group(1)))
                .containsAll(List.of(printed.toString().strip().split(",")));
    }

    @Test
    void shouldHaveADesktopEntryWithItsIcon() throws IOException {
        List<String> lines = Files.readAllLines(DEB.resolve("antiphon.desktop"));
        assertThat(lines).first().isEqualTo("[Desktop Entry]");
        Map<String, String> entry =
                lines.stream().skip(1).map(line -> line.split("=", 2)).collect(toMap(each -> each[0], each -> each[1]));
        assertThat(entry)
                .containsEntry("Type", "Application")
                .containsEntry("Exec", "antiphon")
                .containsEntry("Icon", "antiphon")
                .containsKeys("Name", "Comment", "Terminal", "Categories");
        assertThat(entry.get("Categories")).matches("AudioVideo;Audio;([A-Za-z]+;)*");
        assertThat(DEB.resolve("antiphon.svg")).content().contains("viewBox=\"0 0 128 128\"");
        BufferedImage icon =
                Objects.requireNonNull(ImageIO.read(DEB.resolve("antiphon.png").toFile()));
        assertThat(icon.getWidth()).isEqualTo(48);
        assertThat(icon.getHeight()).isEqualTo(48);
    }

    private static Set<String> closure(String modules) {
        Set<String> roots = Arrays.stream(modules.split(",")).collect(toSet());
        return Configuration.empty().resolve(ModuleFinder.ofSystem(), ModuleFinder.of(), roots).modules().stream()
                .map(each -> each.reference())
                .map(ModuleReference::descriptor)
                .map(each -> each.name())
                .collect(toSet());
    }

    /** By the beginning of the jar's name, library and version. */
    private static Map<String, Set<String>> licences() throws IOException {
        return Files.readAllLines(Path.of("target/licences.txt")).stream()
                .filter(line -> line.startsWith("     ("))
                .map(PackageTest::licensed)
                .collect(toMap(each -> each.group(3) + "-" + each.group(4), PackageTest::licencesOf, (a, b) -> a));
    }

    private static Matcher licensed(String line) {
        Matcher licensed = LICENSED.matcher(line);
        assertThat(licensed.matches()).as(line).isTrue();
        return licensed;
    }

    private static Set<String> licencesOf(Matcher licensed) {
        return Arrays.stream(licensed.group(1).strip().split("\\)? ?\\("))
                .map(each -> each.replace(")", ""))
                .filter(each -> !each.isEmpty())
                .collect(toSet());
    }

    private static Stream<String> jars(String list) {
        return files(list).map(file -> file.getFileName().toString());
    }

    private static Stream<Path> files(String list) {
        try {
            String names = Files.readString(Path.of("target/lib/" + list + ".classpath"));
            return Arrays.stream(names.strip().split(":")).map(Path.of("target")::resolve);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
