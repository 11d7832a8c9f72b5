package antiphon.app;

import antiphon.midi.file.MidiFileWriter;
import antiphon.music.Message;
import antiphon.music.Note;
import antiphon.music.TimedMessages;
import antiphon.music.Voice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the player of our tests plays, on {@link #CHANNEL}. */
final class Phrases {
    /** Neither the first, which everything defaults to, nor the answer's. */
    static final int CHANNEL = 2;

    /** Channel 2 to people. */
    static final int ANSWER_CHANNEL = 1;

    private static final long MILLI = 1_000_000L;
    private static final int[][] CHORDS = {{48, 55, 64}, {45, 52, 60}, {41, 48, 57}, {43, 50, 59}};
    private static final int[] MELODY = {72, 74, 76, 79, 76, 72, 69, 72, 77, 76, 74, 72, 71, 74, 79, 83};

    private Phrases() {}

    /** Four chords under a melody: 28 notes in 3.5 s, at times that fit no grid and no JACK cycle. */
    static Path full(Path folder) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < MELODY.length; i++) {
            long onset = (i * 217L + i % 5 * 3L) * MILLI;
            notes.add(new Note(Voice.HUMAN, onset, 180 * MILLI, MELODY[i], 64 + i * 3));
            for (int pitch : i % 4 == 0 ? CHORDS[i / 4] : new int[0]) {
                notes.add(new Note(Voice.HUMAN, onset, 800 * MILLI, pitch, 50 + i));
            }
        }
        return write(folder.resolve("full.mid"), TimedMessages.ofNotes(notes, CHANNEL));
    }

    /** Six notes in 1 s. */
    static Path brief(Path folder) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            notes.add(new Note(Voice.HUMAN, i * 170L * MILLI, 150 * MILLI, MELODY[i], 90));
        }
        return write(folder.resolve("brief.mid"), TimedMessages.ofNotes(notes, CHANNEL));
    }

    /** One note of 50 ms: with it the player breaks in on an answer. */
    static Path single(Path folder) {
        List<Note> note = List.of(new Note(Voice.HUMAN, 0, 50 * MILLI, 96, 100));
        return write(folder.resolve("single.mid"), TimedMessages.ofNotes(note, CHANNEL));
    }

    /** 300 single notes in 13 s, at times that fit no grid and no JACK cycle: each leaves one to answer it in. */
    static Path line(Path folder) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            long onset = i * 43_210_987L;
            notes.add(new Note(Voice.HUMAN, onset, 31 * MILLI, MELODY[i % MELODY.length] + i % 3, 64 + i % 60));
        }
        return write(folder.resolve("line.mid"), TimedMessages.ofNotes(notes, CHANNEL));
    }

    /** Half a minute of phrases of ten notes, with rests of half a second in which it can answer. */
    static Path longLine(Path folder) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            long onset = (i * 103L + i / 10 * 523L + i % 7 * 5L) * MILLI;
            notes.add(new Note(Voice.HUMAN, onset, 97 * MILLI, MELODY[i % MELODY.length] - i % 5, 64 + i % 60));
        }
        return write(folder.resolve("long-line.mid"), TimedMessages.ofNotes(notes, CHANNEL));
    }

    /** A note that is never ended; written by hand, because our own writer ends what it begins. */
    static Path hanging(Path folder) throws IOException {
        byte[] events = {0, (byte) (Message.NOTE_ON | CHANNEL), 61, 100, 0, (byte) 0xFF, 0x2F, 0};
        ByteBuffer file = ByteBuffer.allocate(22 + events.length);
        file.put("MThd".getBytes(StandardCharsets.US_ASCII)).putInt(6).putShort((short) 0);
        file.putShort((short) 1).putShort((short) 960);
        file.put("MTrk".getBytes(StandardCharsets.US_ASCII))
                .putInt(events.length)
                .put(events);
        return Files.write(folder.resolve("hanging.mid"), file.array());
    }

    private static Path write(Path file, TimedMessages messages) {
        MidiFileWriter.write(file, List.of(new MidiFileWriter.Track("human", messages)));
        return file;
    }
}
