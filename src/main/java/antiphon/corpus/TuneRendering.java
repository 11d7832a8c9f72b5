package antiphon.corpus;

import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Lead sheets played as people with little practice play them, to learn from: at many tempos, with uneven hands, half of
 * them in swing, with one of several simple accompaniments, louder on the beat and towards the middle of a phrase. A
 * phrase is marked every two, four or eight bars, so that calls and answers are cut there. The melody is the human's
 * voice, what accompanies it the answer's. Pure: a tune is always played in the same ways.
 */
final class TuneRendering {
    /** Ways in which each tune is played. */
    private static final int WAYS = 5;

    private static final double SLOWEST_QPM = 56;
    private static final double FASTEST_QPM = 190;
    private static final double LONG_BEAT_FASTER = 1.4;
    private static final double IN_SWING = 0.4;
    private static final double LEAST_SWING = 1.3;
    private static final double MOST_SWING = 2.4;
    private static final double EVEN_HANDS_NANOS = 3e6;
    private static final double UNEVEN_HANDS_NANOS = 14e6;
    private static final double LEAD_NANOS = 0.5e9;
    private static final int BASS = 36;
    private static final int CHORD = 50;
    private static final int[] BARS_OF_A_PHRASE = {2, 4, 4, 8};
    private static final double SAME = 1e-3;

    private final LeadSheet sheet;
    private final int way;
    private final SplittableRandom random;
    private final double quarterNanos;
    private final double swing;
    private final double spreadNanos;
    private final double level;
    private final double accent;
    private final int phraseBars;
    private final double legato;
    private final List<Note> notes = new ArrayList<>();

    private TuneRendering(LeadSheet sheet, int way) {
        this.sheet = sheet;
        this.way = way;
        random = new SplittableRandom(Long.parseLong(sheet.id()) * WAYS + way);
        double qpm = SLOWEST_QPM * Math.pow(FASTEST_QPM / SLOWEST_QPM, random.nextDouble());
        quarterNanos = 60e9 / (sheet.beatQuarters() > 1 ? qpm * LONG_BEAT_FASTER : qpm);
        boolean divides = sheet.beatQuarters() != 1.5;
        swing = divides && random.nextDouble() < IN_SWING ? random.nextDouble(LEAST_SWING, MOST_SWING) : 1;
        spreadNanos = random.nextDouble(EVEN_HANDS_NANOS, UNEVEN_HANDS_NANOS);
        level = random.nextDouble(56, 84);
        accent = random.nextDouble(2, 12);
        phraseBars = BARS_OF_A_PHRASE[random.nextInt(BARS_OF_A_PHRASE.length)];
        legato = random.nextDouble(0.7, 1.02);
    }

    static List<Source> sources(Path folder) {
        return LeadSheet.read(folder).stream().map(TuneRendering::source).toList();
    }

    private static Source source(LeadSheet sheet) {
        return told -> {
            List<Piece> pieces = new ArrayList<>();
            for (int way = 0; way < WAYS; way++) {
                pieces.add(new TuneRendering(sheet, way).play());
            }
            return pieces;
        };
    }

    private Piece play() {
        for (LeadSheet.Tone tone : sheet.notes()) {
            add(Voice.HUMAN, tone.onset(), tone.duration() * legato, tone.pitch(), level);
        }
        for (double bar = firstBar(); bar < sheet.endQuarters(); bar += sheet.barQuarters()) {
            accompany(bar);
        }
        List<Long> phrases = new ArrayList<>();
        double phrase = phraseBars * sheet.barQuarters();
        for (double at = sheet.startQuarters(); at < sheet.endQuarters(); at += phrase) {
            phrases.add(Math.max(0, nanos(at) - (long) (2 * spreadNanos)));
        }
        return new Piece(sheet.id() + "-" + (way + 1), Performance.of(notes), phrases, "tune " + sheet.id());
    }

    private double firstBar() {
        double start = sheet.startQuarters();
        double after = (sheet.barStart() - start) / sheet.barQuarters();
        return start + Math.max(0, after - Math.floor(after + SAME)) * sheet.barQuarters();
    }

    /** One bar: nothing, held chords, bass and chords, broken chords, or a bass that walks. */
    private void accompany(double bar) {
        double beat = sheet.beatQuarters();
        int beats = (int) Math.round(sheet.barQuarters() / beat);
        for (int i = 0; i < beats && bar + i * beat < sheet.endQuarters(); i++) {
            double at = bar + i * beat;
            LeadSheet.Chord chord = sheet.chordAt(at);
            if (chord == null || way == 0) {
                continue;
            }
            boolean isNew = i == 0 || Math.abs(chord.onset() - at) < SAME;
            switch (way) {
                case 1 -> held(chord, at, isNew, bar + sheet.barQuarters() - at);
                case 2 -> oomPah(chord, at, isNew, beat);
                case 3 -> broken(chord, at, beat);
                default -> walk(chord, at, i, beat);
            }
        }
    }

    private void held(LeadSheet.Chord chord, double at, boolean isNew, double quarters) {
        if (isNew) {
            double end = sheet.chords().stream()
                    .mapToDouble(LeadSheet.Chord::onset)
                    .filter(onset -> onset > at + SAME)
                    .findFirst()
                    .orElse(Double.MAX_VALUE);
            double length = Math.min(quarters, end - at);
            for (int tone : tones(chord)) {
                add(Voice.ANSWER, at, length * 0.95, CHORD + (chord.root() + tone) % 12, level - 12);
            }
        }
    }

    private void oomPah(LeadSheet.Chord chord, double at, boolean isNew, double beat) {
        if (isNew) {
            add(Voice.ANSWER, at, beat * 0.8, BASS + chord.root(), level - 6);
            return;
        }
        for (int tone : tones(chord)) {
            add(Voice.ANSWER, at, beat * 0.6, CHORD + (chord.root() + tone) % 12, level - 14);
        }
    }

    private void broken(LeadSheet.Chord chord, double at, double beat) {
        int parts = beat == 1.5 ? 3 : beat > 1 ? 4 : 2;
        int[] tones = tones(chord);
        int[] order = {0, 2, 1, 2};
        for (int part = 0; part < parts; part++) {
            int place = (int) Math.round((at - sheet.barStart()) / beat) * parts + part;
            int tone = tones[Math.floorMod(order[Math.floorMod(place, order.length)], tones.length)];
            add(
                    Voice.ANSWER,
                    at + part * beat / parts,
                    beat / parts * legato,
                    CHORD - 2 + chord.root() + tone,
                    level - 12);
        }
    }

    private void walk(LeadSheet.Chord chord, double at, int beatInBar, double beat) {
        int[] steps = {0, chord.third(), chord.fifth(), chord.third() + 2};
        add(Voice.ANSWER, at, beat * 0.9, BASS + chord.root() + steps[beatInBar % steps.length], level - 4);
    }

    private static int[] tones(LeadSheet.Chord chord) {
        return chord.seventh() == 12
                ? new int[] {0, chord.third(), chord.fifth()}
                : new int[] {0, chord.third(), chord.fifth(), chord.seventh()};
    }

    private void add(int voice, double onset, double quarters, int pitch, double loudness) {
        double unevenNanos = spreadNanos * random.nextGaussian();
        double inPhrase = (onset - sheet.startQuarters()) / (phraseBars * sheet.barQuarters());
        double swell = 5 * Math.sin(Math.PI * (inPhrase - Math.floor(inPhrase)));
        double stress = sheet.isBarStart(onset) ? accent : isOnBeat(onset) ? accent / 2 : 0;
        double velocity = loudness + swell + stress + 3 * random.nextGaussian();
        notes.add(new Note(
                voice,
                Math.max(0, nanos(onset) + Math.round(unevenNanos)),
                Math.max(30_000_000L, Math.round(quarters * quarterNanos)),
                Math.clamp(pitch, 21, 108),
                Math.clamp(Math.round(velocity), 20, 120)));
    }

    private boolean isOnBeat(double quarters) {
        return Math.abs(Math.IEEEremainder(quarters - sheet.barStart(), sheet.beatQuarters())) < SAME;
    }

    /** Swing makes the first half of each quarter longer. */
    private long nanos(double quarters) {
        double whole = Math.floor(quarters + SAME);
        double part = Math.max(0, quarters - whole);
        double first = swing / (swing + 1);
        double swung = part < 0.5 ? part * 2 * first : first + (part - 0.5) * 2 * (1 - first);
        return Math.round((whole + swung - sheet.startQuarters()) * quarterNanos + LEAD_NANOS);
    }
}
