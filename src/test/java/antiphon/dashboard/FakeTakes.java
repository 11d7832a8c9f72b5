package antiphon.dashboard;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes that are in no file. */
final class FakeTakes implements Takes {
    /** The one that is there at the beginning. */
    static final String ID = "0123456789abcdef";

    private static final byte[] BYTES = "music".getBytes(StandardCharsets.UTF_8);

    final List<Entry> all = new ArrayList<>();

    /** What every request is refused with; empty: none is. */
    String trouble = "";

    FakeTakes() {
        reset();
    }

    /** Only the one of the beginning is there again. */
    void reset() {
        all.clear();
        all.add(entry(ID));
    }

    private static Entry entry(String id) {
        return new Entry(id, "2026-11-27_20-15-00", "2026-11-27 20:15:00", 12.5, 3, 4, false, "");
    }

    private static Download download(String name) {
        return new Download(name, BYTES.length, new ByteArrayInputStream(BYTES));
    }

    private <T> Optional<T> found(String id, T value) {
        if (!trouble.isEmpty()) {
            throw new TakeException(trouble);
        }
        return all.stream().anyMatch(entry -> entry.id().equals(id)) ? Optional.of(value) : Optional.empty();
    }

    @Override
    public List<Entry> list() {
        return List.copyOf(all);
    }

    @Override
    public Entry keep() {
        if (!trouble.isEmpty()) {
            throw new TakeException(trouble);
        }
        all.add(entry("kept"));
        return all.getLast();
    }

    @Override
    public Optional<Music> music(String id) {
        return found(id, new Music(List.of(new Played(true, 0, 400, 60, 80)), List.of(0.0, 500.0)));
    }

    @Override
    public Optional<Download> midi(String id) {
        return found(id, download("antiphon-take.mid"));
    }

    @Override
    public Optional<Download> lastAnswer() {
        return found(ID, download("antiphon-answer.mid"));
    }

    @Override
    public Optional<Download> wav(String id) {
        return found(id, download("antiphon-take.wav"));
    }

    @Override
    public boolean delete(String id) {
        return found(id, id).isPresent() && all.removeIf(entry -> entry.id().equals(id));
    }
}
