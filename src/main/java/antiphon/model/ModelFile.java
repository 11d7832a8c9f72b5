package antiphon.model;

import antiphon.file.AtomicFile;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model as a file: named 32-bit float tensors and text metadata in the safetensors format (eight bytes of header
 * length, a JSON header, then the numbers, all little-endian; github.com/huggingface/safetensors). Any tool can read
 * or write it, and unlike Java serialisation it cannot run code.
 *
 * <p>What is written carries a {@link Checksum} in its metadata; a file whose checksum is wrong is refused. In memory the
 * metadata has none.
 *
 * @param tensors by name
 * @param metadata what the file says about itself, texts only
 */
public record ModelFile(Map<String, Tensor> tensors, Map<String, String> metadata) {
    private static final String METADATA = "__metadata__";
    private static final int MAX_HEADER_BYTES = 16 << 20;

    /** No trained weight comes near it (ours: 9), and with larger ones a half-precision or 8-bit network overflows. */
    private static final float MAX_WEIGHT = 1_000;

    /** What the names of a network's own tensors begin with; a checkpoint has others, with numbers of any size. */
    private static final List<String> WEIGHTS = List.of("embed.", "lstm.", "condition.", "head.", "place.");

    private static final Logger LOG = LoggerFactory.getLogger(ModelFile.class);

    public ModelFile {
        tensors = new TreeMap<>(tensors);
        metadata = new TreeMap<>(metadata);
    }

    /**
     * Reads a whole file. A length in it is accepted only if the file is that long.
     *
     * @throws ModelException one line, if the file is missing, cut short, damaged or not safetensors of F32
     */
    public static ModelFile read(Path path) {
        if (Files.isDirectory(path)) {
            throw new ModelException(path + ": a folder; a .safetensors file needed. Name the file.");
        }
        if (!Files.isRegularFile(path)) {
            throw new ModelException(path + ": no such file. Train one (antiphon train), or name another.");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw broken(path, channel.size() + " bytes; at most 2 GiB allowed");
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.remaining() < Long.BYTES) {
                throw broken(path, "only " + bytes.remaining() + " bytes");
            }
            long headerLength = bytes.getLong();
            if (headerLength < 2 || headerLength > Math.min(bytes.remaining(), MAX_HEADER_BYTES)) {
                throw new ModelException(path + ": not a safetensors file. Name one that antiphon train has written.");
            }
            byte[] header = new byte[(int) headerLength];
            bytes.get(header);
            ModelFile file = parse(path, text(header), bytes.slice());
            file.verify(path);
            return file;
        } catch (CharacterCodingException noText) {
            throw new ModelException(path + ": not a safetensors file: its header is no text.", noText);
        } catch (IOException failure) {
            throw new ModelException(path + ": cannot be read (" + failure.getMessage() + ").", failure);
        }
    }

    private static String text(byte[] header) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(header))
                .toString();
    }

    /** Compares the checksum and takes it out of the metadata. */
    private void verify(Path path) {
        String found = metadata.remove(Checksum.KEY);
        if (found == null && metadata.values().stream().noneMatch(Checksum::isOne)) {
            LOG.warn("{}: has no checksum, so damage would not be seen; it is used as it is.", path);
        } else if (found == null || !found.equals(Checksum.of(tensors, metadata))) {
            throw broken(path, "its checksum is wrong, it was changed after it was written");
        }
    }

    private static ModelFile parse(Path path, String header, ByteBuffer data) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        try {
            if (!header.strip().endsWith("}")) {
                throw broken(path, "something follows its header");
            }
            @Nullable
            Map<String, Object> described =
                    JSON.std.with(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS).mapFrom(header);
            if (described == null) {
                throw broken(path, "its header describes nothing");
            }
            for (Map.Entry<String, Object> entry : described.entrySet()) {
                if (!(entry.getValue() instanceof Map<?, ?> value)) {
                    throw broken(path, entry.getKey() + " is not described");
                }
                if (entry.getKey().equals(METADATA)) {
                    value.forEach((key, text) -> metadata.put(String.valueOf(key), String.valueOf(text)));
                } else {
                    tensors.put(entry.getKey(), tensor(path, entry.getKey(), value, data));
                }
            }
        } catch (IOException failure) {
            throw new ModelException(path + ": not a safetensors file: its header is not understood.", failure);
        }
        return new ModelFile(tensors, metadata);
    }

    private static Tensor tensor(Path path, String name, Map<?, ?> entry, ByteBuffer data) {
        if (!"F32".equals(entry.get("dtype"))) {
            throw broken(path, name + " is " + entry.get("dtype") + "; F32 allowed");
        }
        if (!(entry.get("shape") instanceof List<?> sizes)
                || !(entry.get("data_offsets") instanceof List<?> offsets)
                || offsets.size() != 2) {
            throw broken(path, name + " has no shape or no place");
        }
        int[] shape = shape(sizes);
        long count = count(shape, data.limit() / Float.BYTES);
        long begin = whole(offsets.get(0));
        long end = whole(offsets.get(1));
        boolean fits = count >= 0 && begin >= 0 && end <= data.limit() && count * Float.BYTES == end - begin;
        if (!fits) {
            throw broken(path, name + " does not fit in the file");
        }
        float[] values = new float[(int) count];
        data.slice((int) begin, (int) (end - begin))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        requireSane(path, name, values);
        return Tensor.of(shape, values);
    }

    /** A size that no file can have becomes -1. */
    private static int[] shape(List<?> sizes) {
        return sizes.stream()
                .mapToLong(ModelFile::whole)
                .mapToInt(size -> size == (int) size ? (int) size : -1)
                .toArray();
    }

    /** The number that JSON gave, or -1 for anything else: a fraction, a text, null, or too large for a long. */
    private static long whole(@Nullable Object number) {
        return number instanceof Integer || number instanceof Long ? ((Number) number).longValue() : -1;
    }

    /** How many values that shape has, or -1 for a negative size or more than {@code max}. */
    private static long count(int[] shape, long max) {
        long count = 1;
        for (int size : shape) {
            // Neither factor is above 2^31: the product cannot overflow.
            count = size < 0 ? -1 : count * size;
            if (count < 0 || count > max) {
                return -1;
            }
        }
        return count;
    }

    private static void requireSane(Path path, String name, float[] values) {
        boolean weights = WEIGHTS.stream().anyMatch(name::startsWith);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw broken(path, name + " contains " + value + "; finite numbers allowed");
            }
            if (weights && Math.abs(value) > MAX_WEIGHT) {
                throw broken(path, name + " contains " + value + "; -1,000 to 1,000 allowed");
            }
        }
    }

    private static ModelException broken(Path path, String what) {
        return new ModelException(path + ": not a whole safetensors file: " + what + ". Fetch or train it again.");
    }

    /** The tensor of this name; {@link ModelException} if the file has none. */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new ModelException("model: no tensor " + name + "; found " + tensors.keySet()
                    + ". The file was not written by antiphon train.");
        }
        return tensor;
    }

    /** Writes the file beside its place and then moves it there, so that a reader never sees half of it. */
    public void write(Path path) {
        try {
            AtomicFile.write(path, draft -> {
                Files.createDirectories(path.toAbsolutePath().getParent());
                writeTo(draft);
            });
        } catch (IOException failure) {
            throw new ModelException(AtomicFile.why(path, failure), failure);
        }
    }

    private void writeTo(Path path) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        Map<String, String> described = new TreeMap<>(metadata);
        described.put(Checksum.KEY, Checksum.of(tensors, metadata));
        header.put(METADATA, described);
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            long end = offset + (long) tensor.values().length * Float.BYTES;
            List<Integer> shape = new ArrayList<>();
            for (int size : tensor.shape()) {
                shape.add(size);
            }
            header.put(entry.getKey(), tensorHeader(shape, offset, end));
            offset = end;
        }
        StringBuilder text = new StringBuilder(JSON.std.asString(header));
        while (text.toString().getBytes(StandardCharsets.UTF_8).length % Long.BYTES != 0) {
            text.append(' ');
        }
        byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(little(Long.BYTES).putLong(json.length).flip());
            channel.write(ByteBuffer.wrap(json));
            for (Tensor tensor : tensors.values()) {
                ByteBuffer block = little(tensor.values().length * Float.BYTES);
                block.asFloatBuffer().put(tensor.values());
                channel.write(block);
            }
            channel.force(true);
        }
    }

    /** In a fixed order, so that the same model always gives the same bytes. */
    private static Map<String, Object> tensorHeader(List<Integer> shape, long begin, long end) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("dtype", "F32");
        header.put("shape", shape);
        header.put("data_offsets", List.of(begin, end));
        return header;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
