package antiphon.live;

import antiphon.improv.Control;
import antiphon.improv.Settings;
import antiphon.midi.MidiException;
import antiphon.midi.file.MidiFileWriter;
import antiphon.midi.file.Timeline;
import antiphon.music.Message;
import antiphon.music.TimedMessages;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One recorded session, read from its journal: what the human played and what was answered, from the first note on, or
 * from the beat before it if there was a pulse. Immutable.
 *
 * @param file the journal
 * @param created when it was begun, for people
 * @param human what was heard, of all inputs
 * @param answer what was sent, at the times at which it was due
 * @param tempos of the beats, which are quarters and the first of which is at 0; none if there was no pulse
 * @param beatsPerBar as the session began with
 */
public record Take(
        Path file,
        String created,
        TimedMessages human,
        TimedMessages answer,
        List<Timeline.Tempo> tempos,
        int beatsPerBar) {
    /** What journals' names end with. */
    public static final String SUFFIX = ".journal";

    private static final long NANOS_PER_MICRO = 1_000;

    /**
     * Reads a journal.
     *
     * @throws JournalException if the file is not a journal
     */
    public static Take read(Path file) {
        JournalFormat.Contents contents = JournalFormat.read(file);
        // A file has times of its own: a clock that was followed is no part of the music.
        List<JournalFormat.Entry> entries = withoutClicks(contents.entries()).stream()
                .filter(entry -> entry.what() != Tap.HEARD || !Message.isClock(entry.message()))
                .toList();
        long firstNanos = firstNanos(entries);
        int known = contents.header().settings().beat().beatsPerBar();
        // Old journals do not say it.
        int beatsPerBar = known > 0 ? known : Settings.Beat.STANDARD.beatsPerBar();
        TakeTempo.Found beats = TakeTempo.of(contents.entries(), beatsPerBar, firstNanos, lastNanos(entries));
        long zeroNanos = beats.zeroNanos();
        return new Take(
                file,
                contents.header().created(),
                human(entries, zeroNanos),
                answer(entries, zeroNanos),
                beats.tempos(),
                beatsPerBar);
    }

    /** All journals in a folder, in the order of their names, which is the order in which they were recorded. */
    public static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    /** Where the take's MIDI file lies: beside the journal. */
    public static Path midiFile(Path journal) {
        String name = journal.getFileName().toString();
        return journal.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + ".mid");
    }

    /**
     * Writes the MIDI files of journals that have none yet: of sessions that ended by a crash. A journal that a running
     * program still writes is skipped.
     *
     * @param ours the journal that this process writes, or null: to look at it would give up the lock on it
     * @param trouble takes a line for each journal that cannot be read or finished
     * @return the files written
     */
    public static List<Path> finishAll(Path folder, @Nullable Path ours, Consumer<String> trouble) {
        List<Path> finished = new ArrayList<>();
        for (Path journal : in(folder)) {
            boolean open = journal.equals(ours) || Files.exists(midiFile(journal)) || isBeingWritten(journal);
            try {
                if (!open) {
                    finished.add(read(journal).writeMidi(midiFile(journal)));
                }
            } catch (JournalException | MidiException failure) {
                trouble.accept(String.valueOf(failure.getMessage()));
            }
        }
        return finished;
    }

    /**
     * True if a program still writes it, or it cannot be written to. Never ask this of a journal that this process writes
     * itself: that would give up the lock on it.
     */
    public static boolean isBeingWritten(Path journal) {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return true;
        } catch (IOException unreadable) {
            return true;
        }
    }

    /** Writes a standard MIDI file with the tracks human and answer, and the tempos if there was a pulse. */
    public Path writeMidi(Path target) {
        MidiFileWriter.write(target, tracks(), timeline());
        return target;
    }

    /** Its tempos, or the standard one if there was no pulse. */
    public Timeline timeline() {
        return tempos.isEmpty() ? Timeline.STANDARD : Timeline.ofBars(beatsPerBar, tempos);
    }

    /** What was answered last, without what was played before it, from its first note or the beat before it on. */
    public Take lastAnswer() {
        TimedMessages last = LastAnswer.of(human, answer);
        long firstNanos = last.size() == 0 ? 0 : last.nanos(0);
        long zeroNanos = tempos.isEmpty() ? firstNanos : beatBefore(firstNanos);
        TimedMessages.Recorder moved = new TimedMessages.Recorder();
        last.sendAll(moved, -zeroNanos);
        List<Timeline.Tempo> later = new ArrayList<>();
        for (Timeline.Tempo tempo : tempos) {
            if (tempo.nanos() <= zeroNanos) {
                later.clear();
            }
            later.add(new Timeline.Tempo(Math.max(0, tempo.nanos() - zeroNanos), tempo.microsPerQuarter()));
        }
        return new Take(file, created, new TimedMessages.Recorder().messages(), moved.messages(), later, beatsPerBar);
    }

    private long beatBefore(long nanos) {
        return beats(nanos).getLast();
    }

    /** When the beats are, up to a time; none if there was no pulse. */
    public List<Long> beats(long untilNanos) {
        List<Long> beats = new ArrayList<>();
        for (int i = 0; i < tempos.size(); i++) {
            long periodNanos = tempos.get(i).microsPerQuarter() * NANOS_PER_MICRO;
            long endNanos = i + 1 < tempos.size() ? tempos.get(i + 1).nanos() - periodNanos / 2 : Long.MAX_VALUE;
            for (long beat = tempos.get(i).nanos(); beat < endNanos && beat <= untilNanos; beat += periodNanos) {
                beats.add(beat);
            }
        }
        return beats;
    }

    /** The tracks human and answer. */
    public List<MidiFileWriter.Track> tracks() {
        return List.of(new MidiFileWriter.Track("human", human), new MidiFileWriter.Track("answer", answer));
    }

    /** How long it is, from the first note or the beat before it on. */
    public long endNanos() {
        return Math.max(human.endNanos(), answer.endNanos());
    }

    /** Nothing else is played while the latency is measured. */
    private static List<JournalFormat.Entry> withoutClicks(List<JournalFormat.Entry> entries) {
        List<JournalFormat.Entry> music = new ArrayList<>();
        boolean clicks = false;
        for (JournalFormat.Entry entry : entries) {
            if (entry.what() == Tap.CONTROL && entry.message() == Control.CALIBRATE.number()) {
                clicks = entry.value() != 0;
            }
            if (!clicks || entry.what() != Tap.SENT || !Message.isNoteOn(entry.message())) {
                music.add(entry);
            }
        }
        return music;
    }

    private static long firstNanos(List<JournalFormat.Entry> entries) {
        long first = Long.MAX_VALUE;
        for (JournalFormat.Entry entry : entries) {
            if (entry.what() == Tap.HEARD) {
                first = Math.min(first, entry.nanos());
            } else if (entry.what() == Tap.SENT) {
                first = Math.min(first, entry.value());
            }
        }
        return first;
    }

    private static long lastNanos(List<JournalFormat.Entry> entries) {
        long last = Long.MIN_VALUE;
        for (JournalFormat.Entry entry : entries) {
            if (entry.what() == Tap.HEARD) {
                last = Math.max(last, entry.nanos());
            } else if (entry.what() == Tap.SENT) {
                last = Math.max(last, entry.value());
            }
        }
        return last;
    }

    /** @param first the time that is 0 in the take */
    private static TimedMessages human(List<JournalFormat.Entry> entries, long first) {
        TakeTrack track = new TakeTrack();
        for (JournalFormat.Entry entry : entries) {
            if (entry.what() == Tap.HEARD) {
                track.add(entry.input(), entry.message(), entry.nanos() - first);
            } else if (entry.what() == Tap.INPUT_LOST) {
                track.end(entry.input(), entry.nanos() - first);
            }
        }
        return track.finish();
    }

    private static TimedMessages answer(List<JournalFormat.Entry> entries, long first) {
        TakeTrack track = new TakeTrack();
        for (JournalFormat.Entry entry : entries) {
            boolean panic = entry.what() == Tap.CONTROL && entry.message() == Control.PANIC.number();
            if (entry.what() == Tap.SENT) {
                track.add(0, entry.message(), entry.value() - first);
            } else if (entry.what() == Tap.RECOVERED || panic) {
                track.end(0, entry.nanos() - first);
            }
        }
        return track.finish();
    }

    /** Collects one track, and ends notes that were not ended. */
    private static final class TakeTrack {
        private final TimedMessages.Recorder recorder = new TimedMessages.Recorder();
        private final int[][] sounding = new int[LivePath.Setup.MAX_INPUTS][Message.CHANNELS * Message.PITCHES];
        private final long[][] onsetNanos = new long[LivePath.Setup.MAX_INPUTS][Message.CHANNELS * Message.PITCHES];
        private long lastNanos;

        void add(int input, int message, long nanos) {
            lastNanos = Math.max(lastNanos, nanos);
            recorder.send(message, Math.max(0, nanos));
            if (Message.isNoteOn(message)) {
                sounding[input][Message.key(message)]++;
                onsetNanos[input][Message.key(message)] = Math.max(0, nanos);
            } else if (Message.isNoteOff(message)) {
                int key = Message.key(message);
                sounding[input][key] = Math.max(0, sounding[input][key] - 1);
            }
        }

        /** Ends all that sounds of an input, but none before it begins: an answer is sent a little ahead. */
        void end(int input, long nanos) {
            for (int key = 0; key < sounding[input].length; key++) {
                for (; sounding[input][key] > 0; sounding[input][key]--) {
                    recorder.send(
                            Message.noteOff(key / Message.PITCHES, key % Message.PITCHES),
                            Math.max(nanos, onsetNanos[input][key]));
                }
            }
        }

        TimedMessages finish() {
            for (int input = 0; input < sounding.length; input++) {
                end(input, lastNanos);
            }
            return recorder.messages();
        }
    }
}
