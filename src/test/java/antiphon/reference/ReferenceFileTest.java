package antiphon.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.corpus.Piece;
import antiphon.corpus.TestPieces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceFileTest {
    private static final String MAGIC = "antiphon counts 1\n";
    private static final List<Piece> PIECES =
            List.of(new Piece("a", TestPieces.random(1, 300)), new Piece("b", TestPieces.repetitive(2, 100)));
    private static final List<Piece> OTHERS = List.of(new Piece("c", TestPieces.random(3, 300)));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void shouldReadTheSameAsItHasWritten() throws IOException {
        Path path = folder.resolve("new/a.counts");
        ReferenceModels models = ReferenceModels.count(PIECES, "two pieces", 0);
        models.write(path);
        ReferenceModels read = ReferenceModels.read(path);

        assertThat(read.description()).isEqualTo("two pieces");
        assertThat(read.size()).isEqualTo(models.size()).isPositive();
        for (List<Piece> pieces : List.of(PIECES, OTHERS)) {
            assertThat(read.unigram(pieces)).isEqualTo(models.unigram(pieces));
            assertThat(read.fiveGram(pieces)).isEqualTo(models.fiveGram(pieces));
        }
        read.write(folder.resolve("b.counts"));
        assertThat(folder.resolve("b.counts")).hasSameBinaryContentAs(path);
    }

    @Test
    void shouldSayInALineWhatIsWrongWithADamagedFile() throws IOException {
        byte[] whole = whole();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length));
            assertRefused(cut);
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            assertRefused(changed);
        }
    }

    /** The check sum is right, what it sums up is not. */
    @Test
    void shouldNotBelieveWhatIsWellCompressed() throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 200; i++) {
            byte[] content = new byte[random.nextInt(2_000)];
            random.nextBytes(content);
            assertRefused(compressed(content));
        }
        // An empty description, an empty first context, no discounts, and two thousand million contexts.
        byte[] greedy = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, 7, 1};
        assertRefused(compressed(greedy));
    }

    @Test
    void shouldRefuseAFileThatGrowsWithoutEnd() throws IOException {
        assertRefused(compressed(new byte[(64 << 20) + 2]));
    }

    @Test
    void shouldSayWhereToGetCountsThatAreMissing() {
        Path missing = folder.resolve("missing.counts");
        assertThatThrownBy(() -> ReferenceModels.read(missing))
                .isInstanceOf(ReferenceException.class)
                .hasMessage(missing + ": no such file. Make one: antiphon reference CORPUS -o " + missing);
    }

    private byte[] whole() throws IOException {
        Path path = folder.resolve("whole.counts");
        ReferenceModels.count(PIECES, "two pieces", 0).write(path);
        return Files.readAllBytes(path);
    }

    private static byte[] compressed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MAGIC.getBytes(StandardCharsets.US_ASCII));
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private void assertRefused(byte[] bytes) throws IOException {
        Path path = Files.write(folder.resolve("damaged.counts"), bytes);
        assertThatThrownBy(() -> ReferenceModels.read(path))
                .isInstanceOf(ReferenceException.class)
                .hasMessageStartingWith(path + ": ")
                .hasMessageNotContaining("\n");
    }
}
