package antiphon.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The checksum of a {@link ModelFile}: a CRC-32, which finds every flipped bit and costs 2 ms for our model. It is over
 * what the file means, not over its bytes, so that a tool may lay the file out anew: each tensor by name (the name and a
 * zero byte, the number of its sizes and the sizes as 32-bit numbers, its values), then each text of the metadata by
 * name (name, zero byte, text, zero byte) but for the checksum; all little-endian and UTF-8. {@code src/torch/network.py}
 * computes the same. It guards against damage, not against people.
 */
final class Checksum {
    /** Its name in the metadata. */
    static final String KEY = "checksum";

    private static final String PREFIX = "crc32:";

    private Checksum() {}

    /** True if this text is a checksum, whatever name it has: then a file has one, under a name that is damaged. */
    static boolean isOne(String text) {
        return text.startsWith(PREFIX);
    }

    /** @param metadata without the checksum */
    static String of(Map<String, Tensor> tensors, Map<String, String> metadata) {
        CRC32 sum = new CRC32();
        sorted(tensors).forEach((name, tensor) -> {
            addText(sum, name);
            int[] shape = tensor.shape();
            addNumbers(sum, shape);
            ByteBuffer values = little(tensor.values().length * Float.BYTES);
            values.asFloatBuffer().put(tensor.values());
            sum.update(values);
        });
        sorted(metadata).forEach((name, text) -> {
            addText(sum, name);
            addText(sum, text);
        });
        return PREFIX + String.format(Locale.ROOT, "%08x", sum.getValue());
    }

    private static <T> SortedMap<String, T> sorted(Map<String, T> map) {
        return new TreeMap<>(map);
    }

    private static void addText(CRC32 sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        sum.update(0);
    }

    private static void addNumbers(CRC32 sum, int[] numbers) {
        ByteBuffer bytes = little((numbers.length + 1) * Integer.BYTES);
        bytes.putInt(numbers.length);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        sum.update(bytes.flip());
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
