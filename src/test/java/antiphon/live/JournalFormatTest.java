package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.live.JournalFormat.Entry;
import antiphon.model.CacheWeights;
import antiphon.model.LstmState;
import antiphon.model.NeuralCache;
import antiphon.model.RandomModel;
import antiphon.model.RememberedNotes;
import antiphon.model.StackedLstm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;

class JournalFormatTest {
    private static final JournalHeader HEADER = header(JournalHeader.SCHEMA);

    private final Path file;

    JournalFormatTest() throws IOException {
        file = Files.createTempFile("format", Take.SUFFIX);
    }

    @AfterProperty
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    static JournalHeader header(int schema) {
        return new JournalHeader(
                schema,
                "1.2",
                "2026-11-25 10:00:00",
                new JournalHeader.Network("models/a \"b\".safetensors", "0123", "f16"),
                true,
                Long.MAX_VALUE,
                Settings.standard(Mode.HARMONY),
                List.of("antiphon:in", "ä\n"),
                true,
                true);
    }

    @Provide
    Arbitrary<List<Entry>> entries() {
        Arbitrary<Entry> plain = Combinators.combine(
                        Arbitraries.integers().between(1, 120),
                        Arbitraries.integers().between(0, 15),
                        Arbitraries.integers(),
                        Arbitraries.longs(),
                        Arbitraries.longs())
                .as((what, input, message, nanos, value) -> new Entry(what, input, message, nanos, value, ""));
        Arbitrary<Entry> text = Combinators.combine(
                        Arbitraries.strings().ofMaxLength(40).filter(JournalFormatTest::isText), Arbitraries.integers())
                .as((words, number) -> new Entry(JournalFormat.TEXT, 0, 0, number, 0, words));
        return Arbitraries.frequencyOf(Tuple.of(5, plain), Tuple.of(1, text))
                .list()
                .ofMaxSize(20);
    }

    /** Half of a surrogate pair is none. */
    private static boolean isText(String words) {
        return words.equals(new String(words.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    /** Each entry as its own bytes. */
    private static List<byte[]> bytes(List<Entry> entries) {
        List<byte[]> all = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.what() == JournalFormat.TEXT) {
                all.add(JournalFormat.text(entry.text(), (int) entry.nanos()));
            } else {
                ByteBuffer record = ByteBuffer.allocate(JournalFormat.RECORD_BYTES);
                JournalFormat.put(record, entry.what(), entry.input(), entry.message(), entry.nanos(), entry.value());
                all.add(record.array());
            }
        }
        return all;
    }

    private static byte[] journal(List<Entry> entries) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(JournalFormat.header(HEADER, null));
        bytes(entries).forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** What is said of a text's own place is not compared: its length and check sum. */
    private static Entry comparable(Entry entry) {
        return entry.what() == JournalFormat.TEXT
                ? new Entry(JournalFormat.TEXT, 0, 0, entry.nanos(), 0, entry.text())
                : entry;
    }

    private List<Entry> read(byte[] journal) throws IOException {
        Files.write(file, journal);
        return JournalFormat.read(file).entries().stream()
                .map(JournalFormatTest::comparable)
                .toList();
    }

    @Property(tries = 200)
    void shouldReadWhatItWrote(@ForAll("entries") List<Entry> entries) throws IOException {
        assertThat(read(journal(entries))).isEqualTo(entries);
        assertThat(JournalFormat.read(file).header()).isEqualTo(HEADER);
    }

    @Property(tries = 200)
    void shouldBeGoodUpToTheLastWholeRecordWhereverItIsCut(
            @ForAll("entries") List<Entry> entries, @ForAll long anywhere) throws IOException {
        byte[] whole = journal(entries);
        int headerBytes = JournalFormat.header(HEADER, null).length;
        int cut = headerBytes + Math.floorMod(anywhere, whole.length - headerBytes + 1);
        int kept = 0;
        int end = headerBytes;
        for (byte[] each : bytes(entries)) {
            end += each.length;
            kept += end <= cut ? 1 : 0;
        }
        assertThat(read(Arrays.copyOf(whole, cut))).isEqualTo(entries.subList(0, kept));
    }

    @Property(tries = 200)
    void shouldEndWhereABitIsWrong(@ForAll("entries") List<Entry> entries, @ForAll long anywhere) throws IOException {
        byte[] whole = journal(entries);
        int headerBytes = JournalFormat.header(HEADER, null).length;
        if (whole.length == headerBytes) {
            return;
        }
        int bit = (int) Math.floorMod(anywhere, 8L * (whole.length - headerBytes));
        int at = headerBytes + bit / 8;
        whole[at] ^= (byte) (1 << bit % 8);
        int before = 0;
        int end = headerBytes;
        for (byte[] each : bytes(entries)) {
            end += each.length;
            before += end <= at ? 1 : 0;
        }
        assertThat(read(whole)).isEqualTo(entries.subList(0, before));
    }

    @Example
    void shouldSayInOneLineWhatIsWrong() throws IOException {
        refuses("", ": not a journal of antiphon; a file ending .journal needed, as run --record DIR writes it.");
        refuses("MThd\n", ": not a journal of antiphon; a file ending .journal needed, as run --record DIR writes it.");
        refuses(
                "antiphon-journal {}",
                ": not a journal of antiphon; a file ending .journal needed, as run --record" + " DIR writes it.");
        String other = new String(JournalFormat.header(header(9), null), StandardCharsets.UTF_8);
        refuses(other, ": schema 9; this build reads 1. Use the version that wrote it: 1.2.");
        Files.delete(file);
        assertThatThrownBy(() -> JournalFormat.read(file))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(": no such file; a file ending .journal needed. Check the name.")
                .hasMessageNotContaining("\n");
    }

    @Property(tries = 200)
    void shouldSayInOneLineThatAHeaderIsDamaged(@ForAll long anywhere) throws IOException {
        String whole = new String(JournalFormat.header(HEADER, null), StandardCharsets.UTF_8);
        int begin = whole.indexOf('{') + 1;
        int cut = begin + Math.floorMod(anywhere, whole.length() - 2 - begin);
        Files.writeString(file, whole.substring(0, cut) + "\n");
        assertThatThrownBy(() -> JournalFormat.read(file))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageNotContaining("\n");
    }

    @Example
    void shouldRefuseInOneLineWhatIsTooLongForAJournal() throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(3_000_000_000L);
        }
        assertThatThrownBy(() -> JournalFormat.read(file))
                .isInstanceOf(JournalException.class)
                .hasMessage(file + ": 3000000000 bytes; at most 268435456 allowed. Check the name.");
    }

    @Example
    void shouldSayInOneLineThatAHeaderLacksSomething() throws IOException {
        for (String json : List.of("{}", "{\"schema\":1}", "[]", "null", "1", "{\"schema\":1,\"settings\":{}}")) {
            Files.writeString(file, "antiphon-journal " + json + "\n");
            assertThatThrownBy(() -> JournalFormat.read(file))
                    .as(json)
                    .isInstanceOf(JournalException.class)
                    .hasMessageStartingWith(file + ": ")
                    .hasMessageNotContaining("\n");
        }
    }

    private void refuses(String text, String why) throws IOException {
        Files.writeString(file, text);
        assertThatThrownBy(() -> JournalFormat.read(file))
                .isInstanceOf(JournalException.class)
                .hasMessage(file + why);
    }

    /** Written before anybody could steer: then nothing is steered. */
    @Example
    void shouldReadAHeaderOfBeforeThereWasSteering() throws IOException {
        String json = HEADER.json();
        int from = json.indexOf(",\"steer\":");
        int to = json.indexOf("}}", from);
        assertThat(from).isPositive();
        String old = json.substring(0, from) + json.substring(to + 1);
        assertThat(JournalHeader.parse(old)).isEqualTo(HEADER);
    }

    @Example
    void shouldCarryWhatWasRememberedOfEarlierSessions() throws IOException {
        StackedLstm network = new StackedLstm(RandomModel.of(16, 24, 2, 5));
        NeuralCache cache = new NeuralCache(network, CacheWeights.of(new double[CacheWeights.COUNT]), 16);
        LstmState state = network.newState();
        for (int pitch = 60; pitch < 70; pitch++) {
            cache.hear(state, 25, pitch, 16, true);
            network.step(state, 1, 25, pitch, 16);
        }
        RememberedNotes notes = cache.remembered("a".repeat(64));
        Entry entry = new Entry(Tap.BEGUN, 0, 0, 5, 0, "");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(JournalFormat.header(HEADER, notes));
        bytes(List.of(entry)).forEach(all::writeBytes);
        assertThat(read(all.toByteArray())).containsExactly(entry);
        RememberedNotes read = JournalFormat.read(file).memory();
        assertThat(read == null ? null : read.bytes()).isEqualTo(notes.bytes());
        // If that is damaged, nothing that follows can be believed.
        byte[] damaged = all.toByteArray();
        damaged[JournalFormat.header(HEADER, null).length + 200] ^= 1;
        assertThat(read(damaged)).isEmpty();
        assertThat(JournalFormat.read(file).memory()).isNull();
        assertThat(JournalFormat.read(file).whole()).isFalse();
    }
}
