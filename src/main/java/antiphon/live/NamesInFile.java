package antiphon.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * The names of connected ports in a {@link HeldNotesFile}, as lines of text with their length and CRC-32: whose names they
 * are, whom we listened to, and, by output, who was played on. Cold threads, one at a time.
 */
final class NamesInFile {
    static final int BYTES = 16_384;

    private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;
    private static final String BACKEND = "by";
    private static final String SOURCE = "in";
    private static final String RECEIVER = "out";

    private final ByteBuffer bytes;
    private final int place;

    /** What was written last. */
    private byte[] last = {};

    /** @param place where in the file they begin; they take {@value #BYTES} bytes */
    NamesInFile(ByteBuffer bytes, int place) {
        this.bytes = bytes;
        this.place = place;
    }

    /** Writes them if they have changed. */
    void write(String backend, Collection<String> sources, List<? extends Collection<String>> receivers) {
        StringBuilder text = new StringBuilder();
        line(text, BACKEND, backend);
        sources.forEach(name -> line(text, SOURCE, name));
        for (int output = 0; output < receivers.size(); output++) {
            String kind = receiver(output);
            receivers.get(output).forEach(name -> line(text, kind, name));
        }
        byte[] now = text.toString().getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(now, last)) {
            put(now);
        }
    }

    void clear() {
        put(new byte[0]);
    }

    private static String receiver(int output) {
        return output == 0 ? RECEIVER : RECEIVER + '-' + (output + 1);
    }

    private static void line(StringBuilder text, String kind, String name) {
        if (text.length() + name.length() < BYTES / 4) {
            text.append(kind).append('\t').append(name.replace('\n', ' ')).append('\n');
        }
    }

    private void put(byte[] text) {
        last = text;
        bytes.putInt(place, 0);
        bytes.put(place + HEAD_BYTES, text);
        bytes.putLong(place + Integer.BYTES, checksum(text));
        bytes.putInt(place, text.length);
    }

    /** Empty if it is not known. */
    String backend() {
        return named(BACKEND).stream().findFirst().orElse("");
    }

    List<String> sources() {
        return named(SOURCE);
    }

    /** By output, from the first one. */
    List<List<String>> receivers() {
        return IntStream.range(0, Wiring.MAX_OUTPUTS)
                .mapToObj(output -> named(receiver(output)))
                .toList();
    }

    private List<String> named(String kind) {
        return read().lines()
                .filter(line -> line.startsWith(kind + '\t'))
                .map(line -> line.substring(kind.length() + 1))
                .toList();
    }

    private String read() {
        int length = bytes.getInt(place);
        if (length < 0 || length > BYTES - HEAD_BYTES) {
            return "";
        }
        byte[] text = new byte[length];
        bytes.get(place + HEAD_BYTES, text);
        return checksum(text) == bytes.getLong(place + Integer.BYTES) ? new String(text, StandardCharsets.UTF_8) : "";
    }

    private static long checksum(byte[] text) {
        CRC32 sum = new CRC32();
        sum.update(text);
        return sum.getValue();
    }
}
