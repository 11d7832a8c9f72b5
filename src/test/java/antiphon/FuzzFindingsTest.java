package antiphon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import antiphon.config.SettingsFuzz;
import antiphon.corpus.ArchiveFuzz;
import antiphon.corpus.NotesCsvFuzz;
import antiphon.dashboard.ApiFuzz;
import antiphon.midi.SysexAssemblerFuzz;
import antiphon.midi.file.MidiFileFuzz;
import antiphon.midi.rtp.SessionFuzz;
import antiphon.model.ModelFileFuzz;
import antiphon.remote.OscFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What fuzzing ({@code src/bench/fuzz.sh}) found, what it begins with, and some mutants of both, through every target: none may
 * break it again.
 */
@Timeout(120)
class FuzzFindingsTest {
    private static final Path KEPT = Path.of("src/test/resources/fuzz");
    private static final int MUTANTS = 40;

    private interface Target {
        void take(byte[] bytes) throws Exception;
    }

    private static final Map<Class<?>, Target> TARGETS = Map.of(
            MidiFileFuzz.class, MidiFileFuzz::fuzzerTestOneInput,
            SysexAssemblerFuzz.class, SysexAssemblerFuzz::fuzzerTestOneInput,
            SessionFuzz.class, SessionFuzz::fuzzerTestOneInput,
            OscFuzz.class, OscFuzz::fuzzerTestOneInput,
            SettingsFuzz.class, SettingsFuzz::fuzzerTestOneInput,
            ModelFileFuzz.class, ModelFileFuzz::fuzzerTestOneInput,
            NotesCsvFuzz.class, NotesCsvFuzz::fuzzerTestOneInput,
            ArchiveFuzz.class, ArchiveFuzz::fuzzerTestOneInput,
            ApiFuzz.class, ApiFuzz::fuzzerTestOneInput);

    private static List<Path> kept(Class<?> target) throws IOException {
        try (Stream<Path> files = Files.list(KEPT.resolve(target.getSimpleName()))) {
            return files.sorted().toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldTakeWhatWasFound() {
        return TARGETS.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey().getSimpleName(), () -> {
                    for (Path file : kept(each.getKey())) {
                        byte[] bytes = Files.readAllBytes(file);
                        requireTaken(each.getValue(), bytes, file.toString());
                        SplittableRandom random = new SplittableRandom(5);
                        for (int i = 0; i < MUTANTS; i++) {
                            requireTaken(each.getValue(), mutant(bytes, random), "mutant " + i + " of " + file);
                        }
                    }
                }));
    }

    private static void requireTaken(Target target, byte[] bytes, String what) {
        assertThatCode(() -> target.take(bytes))
                .as(() -> what + ": " + HexFormat.of().formatHex(bytes))
                .doesNotThrowAnyException();
    }

    /** Up to four bytes changed, and sometimes cut off. */
    private static byte[] mutant(byte[] bytes, SplittableRandom random) {
        byte[] changed = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length);
        for (int i = random.nextInt(1, 5); i > 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        return changed;
    }

    @Test
    void shouldKnowEveryTarget() throws IOException {
        try (Stream<Path> folders = Files.list(KEPT)) {
            assertThat(folders.map(folder -> String.valueOf(folder.getFileName())))
                    .containsExactlyInAnyOrderElementsOf(
                            TARGETS.keySet().stream().map(Class::getSimpleName).toList());
        }
    }
}
