package antiphon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.StandardError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadBackWhatItWroteToTheLastBit() {
        ModelFile file = RandomModel.of(5, 8, 2, 3);
        Path path = folder.resolve("a.safetensors");
        file.write(path);
        ModelFile again = ModelFile.read(path);
        assertThat(again.metadata()).isEqualTo(file.metadata());
        assertThat(again.tensors().keySet()).isEqualTo(file.tensors().keySet());
        file.tensors().forEach((name, tensor) -> {
            assertThat(again.tensor(name).shape()).containsExactly(tensor.shape());
            assertThat(again.tensor(name).values()).containsExactly(tensor.values());
        });
    }

    @Test
    void shouldGiveTheSameBytesForTheSameModel() throws IOException {
        Path first = folder.resolve("a.safetensors");
        Path second = folder.resolve("b.safetensors");
        RandomModel.of(5, 8, 2, 3).write(first);
        RandomModel.of(5, 8, 2, 3).write(second);
        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
        assertThat(folder).isDirectoryNotContaining("glob:**/.antiphon-*");
    }

    @Test
    void shouldLayOutTheFileAsSafetensorsSays() throws IOException {
        Path path = folder.resolve("a.safetensors");
        new ModelFile(Map.of("x", Tensor.matrix(1, 2, new float[] {1.5f, -2})), Map.of("format", "1")).write(path);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong();
        byte[] header = new byte[length];
        bytes.get(header);
        assertThat(new String(header, StandardCharsets.UTF_8).strip())
                .isEqualTo("{\"__metadata__\":{\"checksum\":\"crc32:1160ecae\",\"format\":\"1\"},"
                        + "\"x\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}");
        assertThat(length % 8).isZero();
        assertThat(bytes.getFloat()).isEqualTo(1.5f);
        assertThat(bytes.getFloat()).isEqualTo(-2f);
        assertThat(bytes.remaining()).isZero();
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThatThrownBy(() -> ModelFile.read(folder.resolve("none.safetensors")))
                .isInstanceOf(ModelException.class)
                .hasMessageEndingWith("no such file. Train one (antiphon train), or name another.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[null]                  | [0,8]    | x does not fit in the file",
                "[2]                     | [null,8] | x does not fit in the file",
                "[2]                     | [0,null] | x does not fit in the file",
                "['two']                 | [0,8]    | x does not fit in the file",
                "[2.5]                   | [0,8]    | x does not fit in the file",
                "[-2]                    | [0,8]    | x does not fit in the file",
                "[-1,-2]                 | [0,8]    | x does not fit in the file",
                "[4294967298]            | [0,8]    | x does not fit in the file",
                "[1073741824,1073741824] | [0,0]    | x does not fit in the file",
                "[1073741824,1073741824,1073741824,1073741824] | [0,0] | x does not fit in the file",
                "[99999999999999999999]  | [0,8]    | x does not fit in the file",
                "[2]                     | [8,0]    | x does not fit in the file",
                "[2]                     | [4,12]   | x does not fit in the file",
                "2                       | [0,8]    | x has no shape or no place",
                "null                    | [0,8]    | x has no shape or no place",
                "[2]                     | null     | x has no shape or no place",
            })
    void shouldRefuseATensorThatIsNotWhatItsHeaderSays(String shape, String offsets, String what) throws IOException {
        Path path = write(
                "{\"x\":{\"dtype\":\"F32\",\"shape\":" + shape.replace('\'', '"') + ",\"data_offsets\":" + offsets
                        + "}}",
                new float[] {1, 2});
        assertThatThrownBy(() -> ModelFile.read(path))
                .isInstanceOf(ModelException.class)
                .hasMessage(path + ": not a whole safetensors file: " + what + ". Fetch or train it again.");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void shouldNameTheTensorThatHoldsNoNumber(float weight) throws IOException {
        Path path = write("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", new float[] {1, weight});
        assertThatThrownBy(() -> ModelFile.read(path))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("x contains " + weight + "; finite numbers allowed");
    }

    @ParameterizedTest
    @ValueSource(floats = {1_001, -1e30f, Float.MAX_VALUE})
    void shouldRefuseAWeightThatNoTrainingGivesButNotALargeNumberOfACheckpoint(float weight) throws IOException {
        String header = "{\"NAME\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        Path path = write(header.replace("NAME", "head.kind.b"), new float[] {1, weight});
        assertThatThrownBy(() -> ModelFile.read(path))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("head.kind.b contains " + weight + "; -1,000 to 1,000 allowed");
        write(header.replace("NAME", "adam.square"), new float[] {1, weight});
        assertThat(ModelFile.read(path).tensor("adam.square").values()).contains(weight);
    }

    @Test
    void shouldRefuseEverySingleFlippedBit() throws IOException {
        Path path = folder.resolve("a.safetensors");
        Map<String, Tensor> tensors = Map.of(
                "head.b", Tensor.vector(1, -2, 0), "lstm.w", Tensor.matrix(2, 2, new float[] {0.5f, 3, -1, 1e-20f}));
        new ModelFile(tensors, Map.of("format", "1", "seed", "17")).write(path);
        byte[] bytes = Files.readAllBytes(path);
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            requireRefused(path, bytes, bit);
        }
    }

    @Test
    void shouldRefuse220RandomFlippedBitsOfTheShippedModel() throws IOException {
        Path path = folder.resolve("shipped.safetensors");
        byte[] bytes = Files.readAllBytes(Path.of("models", "antiphon.safetensors"));
        Files.write(path, bytes);
        assertThatCode(() -> ModelFile.read(path)).doesNotThrowAnyException();
        Random random = new Random(17);
        for (int i = 0; i < 220; i++) {
            requireRefused(path, bytes, random.nextInt(bytes.length * Byte.SIZE));
        }
    }

    private static void requireRefused(Path path, byte[] bytes, int bit) throws IOException {
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        Files.write(path, bytes);
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        assertThatThrownBy(() -> ModelFile.read(path))
                .as("bit %d", bit)
                .isInstanceOf(ModelException.class)
                .message()
                .startsWith(path + ": ")
                .doesNotContain("\n");
    }

    @Test
    void shouldSayInALineThatAFileHasNoChecksumAndReadIt() throws IOException {
        Path path = write("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", new float[] {1, 2});
        try (StandardError errors = new StandardError()) {
            assertThat(ModelFile.read(path).tensor("x").values()).containsExactly(1, 2);
            assertThat(errors.lines()).singleElement().asString().contains(path + ": has no checksum");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"x\"", "{\"x\":null}", "{\"x\":1}", "17"})
    void shouldRefuseAHeaderThatDescribesNoTensors(String header) throws IOException {
        Path path = write(header, new float[0]);
        assertThatThrownBy(() -> ModelFile.read(path))
                .isInstanceOf(ModelException.class)
                .message()
                .startsWith(path + ": not a ")
                .doesNotContain("\n");
    }

    private Path write(String header, float[] values) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + text.length + values.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return Files.write(folder.resolve("made.safetensors"), bytes.array());
    }

    @Property(tries = 300)
    void shouldRefuseABrokenFileInOneLine(
            @ForAll @IntRange(max = 4_000) int place, @ForAll byte value, @ForAll @IntRange(max = 4_000) int cut)
            throws IOException {
        Path path = Files.createTempFile("antiphon", ".safetensors");
        try {
            RandomModel.of(2, 3, 1, 3).write(path);
            byte[] bytes = Files.readAllBytes(path);
            bytes[place % bytes.length] = value;
            Files.write(path, Arrays.copyOf(bytes, bytes.length - cut % bytes.length));
            ModelFile file = ModelFile.read(path);
            assertThatCode(() -> refusedInOneLine(file)).doesNotThrowAnyException();
        } catch (ModelException refused) {
            assertThat(refused.getMessage()).startsWith(path.toString()).doesNotContain("\n");
        } finally {
            Files.deleteIfExists(path);
        }
    }

    /** What could be read may still be no network of ours. */
    private static void refusedInOneLine(ModelFile file) {
        try {
            new StackedLstm(file);
        } catch (ModelException refused) {
            assertThat(refused.getMessage()).doesNotContain("\n");
        }
    }
}
