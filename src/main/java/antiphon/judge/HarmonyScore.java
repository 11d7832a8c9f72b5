package antiphon.judge;

import antiphon.corpus.ChordSong;
import antiphon.music.Note;
import antiphon.music.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How somebody plays with one song's tune. Notes where the song has no chord do not count. Shares no code with what the
 * improviser plays by. Pure.
 */
final class HarmonyScore {
    private static final int OCTAVE = 12;
    private static final int FIFTH = 7;

    /** Who begins so soon after a note of the tune begins with it. */
    private static final long TOGETHER_NANOS = 25_000_000L;

    private final ChordSong song;
    private final List<Note> notes;
    private final Map<HarmonyMeasure, Double> figures = new EnumMap<>(HarmonyMeasure.class);

    private HarmonyScore(ChordSong song, List<Note> notes) {
        this.song = song;
        this.notes = notes.stream()
                .filter(note -> song.at(note.onsetNanos()).isPresent())
                .toList();
    }

    /** The figures; NaN where there is nothing to measure. */
    static Map<HarmonyMeasure, Double> of(ChordSong song, List<Note> notes) {
        HarmonyScore score = new HarmonyScore(song, notes);
        score.measureNotes();
        score.measureMotion();
        score.measureSpans();
        return score.figures;
    }

    private void measureNotes() {
        int inChord = 0;
        int inKey = 0;
        int below = 0;
        double time = 0;
        double timeInChord = 0;
        for (Note note : notes) {
            ChordSong.Span span = song.at(note.onsetNanos()).orElseThrow();
            inChord += Scale.has(span.classes(), note.pitch()) ? 1 : 0;
            inKey += Scale.has(span.scale(), note.pitch()) ? 1 : 0;
            below += tuneAt(note.onsetNanos())
                            .filter(tune -> note.pitch() < tune.pitch())
                            .isPresent()
                    ? 1
                    : 0;
            time += note.durationNanos();
            timeInChord += inChordNanos(note);
        }
        put(HarmonyMeasure.IN_CHORD, inChord, notes.size());
        put(HarmonyMeasure.IN_KEY, inKey, notes.size());
        put(HarmonyMeasure.BELOW, below, notes.size());
        put(HarmonyMeasure.IN_CHORD_TIME, timeInChord, time);
        put(
                HarmonyMeasure.LOUDNESS,
                mean(notes.stream().mapToInt(Note::velocity).toArray()),
                mean(song.tune().stream().mapToInt(Note::velocity).toArray()));
        double pitch = mean(notes.stream().mapToInt(Note::pitch).toArray());
        double tune = mean(song.tune().stream().mapToInt(Note::pitch).toArray());
        figures.put(HarmonyMeasure.DISTANCE, Math.abs(pitch - tune));
    }

    /** How long a note is in the chord that stands. */
    private double inChordNanos(Note note) {
        double nanos = 0;
        for (ChordSong.Span span : song.chords()) {
            if (Scale.has(span.classes(), note.pitch())) {
                nanos += Math.max(
                        0,
                        Math.min(span.endNanos(), note.offsetNanos()) - Math.max(span.startNanos(), note.onsetNanos()));
            }
        }
        return nanos;
    }

    private void put(HarmonyMeasure measure, double part, double of) {
        figures.put(measure, of > 0 ? part / of : Double.NaN);
    }

    private static double mean(int[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** The tune's note that has begun last by a time, or with it. */
    private Optional<Note> tuneAt(long nanos) {
        Note last = null;
        for (Note note : song.tune()) {
            if (note.onsetNanos() > nanos + TOGETHER_NANOS) {
                break;
            }
            last = note;
        }
        return Optional.ofNullable(last);
    }

    /** The highest of the partner's notes that begin with each of the tune's; null where none does. */
    private List<Optional<Note>> together() {
        List<Optional<Note>> found = new ArrayList<>();
        int next = 0;
        for (Note tune : song.tune()) {
            while (next < notes.size() && notes.get(next).onsetNanos() < tune.onsetNanos() - TOGETHER_NANOS) {
                next++;
            }
            Note highest = null;
            for (int i = next;
                    i < notes.size() && notes.get(i).onsetNanos() <= tune.onsetNanos() + TOGETHER_NANOS;
                    i++) {
                highest = highest == null || notes.get(i).pitch() > highest.pitch() ? notes.get(i) : highest;
            }
            found.add(Optional.ofNullable(highest));
        }
        return found;
    }

    private void measureMotion() {
        List<Optional<Note>> voices = together();
        int steps = 0;
        int octaves = 0;
        int fifths = 0;
        double motion = 0;
        for (int i = 1; i < voices.size(); i++) {
            if (voices.get(i).isEmpty() || voices.get(i - 1).isEmpty()) {
                continue;
            }
            int before = voices.get(i - 1).orElseThrow().pitch();
            int now = voices.get(i).orElseThrow().pitch();
            int tuneBefore = song.tune().get(i - 1).pitch();
            int tuneNow = song.tune().get(i).pitch();
            steps++;
            motion += Math.abs(now - before);
            int interval = Math.floorMod(tuneNow - now, OCTAVE);
            boolean parallel = now - before == tuneNow - tuneBefore && now != before;
            octaves += parallel && interval == 0 ? 1 : 0;
            fifths += parallel && interval == FIFTH ? 1 : 0;
        }
        put(HarmonyMeasure.OCTAVES, octaves, steps);
        put(HarmonyMeasure.FIFTHS, fifths, steps);
        put(HarmonyMeasure.STEP, motion, steps);
    }

    private void measureSpans() {
        double both = 0;
        double tune = 0;
        int next = 0;
        for (Note note : song.tune()) {
            tune += note.durationNanos();
            while (next < notes.size() && notes.get(next).offsetNanos() < note.onsetNanos()) {
                next++;
            }
            long covered = note.onsetNanos();
            for (int i = next; i < notes.size() && notes.get(i).onsetNanos() < note.offsetNanos(); i++) {
                long from = Math.max(covered, notes.get(i).onsetNanos());
                long until = Math.min(note.offsetNanos(), notes.get(i).offsetNanos());
                both += Math.max(0, until - from);
                covered = Math.max(covered, until);
            }
        }
        put(HarmonyMeasure.OVERLAP, both, tune);
    }
}
