package antiphon.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * What was recorded or kept, as the page asks for it. Takes are named by ids that say nothing, which only {@link #list} and
 * {@link #keep} give out, and which hold as long as the program runs. Cold threads, any number.
 */
public interface Takes {
    /**
     * One take.
     *
     * @param name of its files without an ending, such as {@code 2026-11-27_20-15-00}
     * @param created when it was begun, for people
     * @param recording it is still being written: it can be neither read nor deleted yet, and its figures are 0
     * @param damage what is wrong with its file; empty if nothing is
     */
    record Entry(
            String id,
            String name,
            String created,
            double seconds,
            int notesHuman,
            int notesAnswer,
            boolean recording,
            String damage) {}

    /**
     * A note, its pedal folded into its duration.
     *
     * @param human true if the human played it
     */
    record Played(boolean human, double millis, double durationMillis, int pitch, int velocity) {}

    /**
     * What can be heard and seen of a take.
     *
     * @param notes by onset, in milliseconds from its beginning on
     * @param beats where the beats are, likewise; none if there was no pulse
     */
    record Music(List<Played> notes, List<Double> beats) {}

    /** A file to hand out, of so many bytes; whoever takes it closes it. */
    record Download(String name, long bytes, InputStream content) {}

    /** The newest takes, the newest first. */
    List<Entry> list();

    /**
     * Keeps the last minutes as a take.
     *
     * @throws TakeException if there is nothing to keep, or it cannot be written
     */
    Entry keep();

    /**
     * Its notes; empty if there is no such take.
     *
     * @throws TakeException if it cannot be read
     */
    Optional<Music> music(String id);

    /**
     * A MIDI file with the human and the answer on a track each; empty if there is no such take.
     *
     * @throws TakeException if it cannot be read
     */
    Optional<Download> midi(String id);

    /**
     * The answer that was played last, as a MIDI file; empty if there was none.
     *
     * @throws TakeException if it cannot be read
     */
    Optional<Download> lastAnswer();

    /**
     * Its sound, as a WAV file; empty if there is no such take. One at a time.
     *
     * @throws TakeException if another is being made, it is too long, or it cannot be made
     * @throws IOException if what was made cannot be read
     */
    Optional<Download> wav(String id) throws IOException;

    /**
     * Deletes it with the MIDI file beside it.
     *
     * @return false if there is no such take
     * @throws TakeException if it is still being written, or cannot be deleted
     */
    boolean delete(String id);
}
