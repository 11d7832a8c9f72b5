package antiphon.corpus;

import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lead sheets of OpenEWLD, played exactly as they stand, to judge by: the melody, and with it a bass note on the
 * first beat of each bar and the chord on the others.
 */
final class LeadSheets {
    /** Quarters a minute, one tune after the other; half as fast again where the beat is longer than a quarter. */
    private static final double[] TEMPOS_QPM = {72, 88, 104, 120, 138, 160};

    private static final double LONG_BEAT_FASTER = 1.5;
    private static final int BASS = 36;
    private static final int CHORD = 48;
    private static final int UNSET_VELOCITY = 64;
    private static final double ACCOMPANIMENT_QUARTERS = 0.8;
    private static final double LEAD_NANOS = 1e9;

    private final LeadSheet sheet;
    private final double quarterNanos;

    private LeadSheets(LeadSheet sheet, double qpm) {
        this.sheet = sheet;
        quarterNanos = 60e9 / (sheet.beatQuarters() > 1 ? qpm * LONG_BEAT_FASTER : qpm);
    }

    static List<BeatPiece> read(Path folder, int size) {
        List<BeatPiece> pieces = new ArrayList<>();
        for (LeadSheet sheet : EvenSample.of(LeadSheet.read(folder), size)) {
            pieces.add(new LeadSheets(sheet, TEMPOS_QPM[pieces.size() % TEMPOS_QPM.length]).play());
        }
        return pieces;
    }

    private BeatPiece play() {
        List<Note> notes = new ArrayList<>();
        for (LeadSheet.Tone tone : sheet.notes()) {
            notes.add(note(Voice.HUMAN, tone.onset(), tone.duration(), tone.pitch()));
        }
        List<Long> beats = new ArrayList<>();
        for (double at = sheet.startQuarters(); at < sheet.endQuarters(); at += sheet.beatQuarters()) {
            beats.add(nanos(at));
            accompany(at, notes);
        }
        return new BeatPiece(sheet.id(), Touch.given(Performance.of(notes)).notes(), beats);
    }

    private void accompany(double at, List<Note> notes) {
        LeadSheet.Chord chord = sheet.chordAt(at);
        if (chord == null) {
            return;
        }
        if (sheet.isBarStart(at)) {
            notes.add(note(Voice.ANSWER, at, ACCOMPANIMENT_QUARTERS, BASS + chord.root()));
            return;
        }
        for (int interval : new int[] {0, chord.third(), 7}) {
            int pitch = CHORD + (chord.root() + interval) % 12;
            notes.add(note(Voice.ANSWER, at, ACCOMPANIMENT_QUARTERS, pitch));
        }
    }

    private Note note(int voice, double onsetQuarters, double quarters, int pitch) {
        return new Note(voice, nanos(onsetQuarters), Math.round(quarters * quarterNanos), pitch, UNSET_VELOCITY);
    }

    private long nanos(double quarters) {
        return Math.round((quarters - sheet.startQuarters()) * quarterNanos + LEAD_NANOS);
    }
}
