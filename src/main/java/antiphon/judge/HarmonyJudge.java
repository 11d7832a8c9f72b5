package antiphon.judge;

import antiphon.corpus.ChordSong;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.live.Rehearsal;
import antiphon.model.StackedLstm;
import antiphon.music.Note;
import antiphon.music.Scale;
import antiphon.music.TimedMessages;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Judges how the improviser plays with a tune: plays the tunes of songs whose chords are known to the live engine, without
 * and with the songs' accompaniment as the left hand, and measures what it plays at the same time. One thread; some
 * seconds a song.
 */
public final class HarmonyJudge {
    private static final int CHANNEL = 0;
    private static final long MAX_AFTER_END_NANOS = 4_000_000_000L;

    /** The left hand is what lies so far below the tune's lowest note, so that the two do not strike the same keys. */
    private static final int APART = 3;

    private final StackedLstm network;
    private final Settings settings;
    private final List<ChordSong> songs;
    private final Consumer<String> progress;

    /**
     * Makes a judge.
     *
     * @param settings those of the partner; its mode decides what it plays
     * @param progress takes a line for people, often
     */
    public HarmonyJudge(StackedLstm network, Settings settings, List<ChordSong> songs, Consumer<String> progress) {
        this.network = network;
        this.settings = settings;
        this.songs = songs.stream().filter(song -> !song.tune().isEmpty()).toList();
        this.progress = progress;
        if (this.songs.isEmpty()) {
            throw new JudgeException("harmony: none of " + songs.size()
                    + " songs has a tune; at least one needed. Fetch" + " the data again.");
        }
    }

    /** Judges. */
    public HarmonyReport judge() {
        String mode = Mode.of(settings.mode().number()).name().toLowerCase(Locale.ROOT);
        List<HarmonyRow> rows = new ArrayList<>();
        rows.add(row(mode + " to the tune", song -> played(song, song.tune())));
        rows.add(row(mode + " to both hands", song -> played(song, bothHands(song))));
        rows.add(row("the tune itself", ChordSong::tune));
        rows.add(row("a third below, in key", HarmonyJudge::thirdBelow));
        rows.add(row("the arranger's 2nd line", ChordSong::secondLine));
        rows.add(row("the arranger's piano", ChordSong::piano));
        return new HarmonyReport(rows, songs.size());
    }

    private HarmonyRow row(String name, Function<ChordSong, List<Note>> player) {
        List<Map<HarmonyMeasure, Double>> figures = new ArrayList<>();
        for (ChordSong song : songs) {
            List<Note> notes = player.apply(song);
            figures.add(notes.isEmpty() ? nothing() : HarmonyScore.of(song, notes));
            progress.accept(name + ": " + figures.size() + " of " + songs.size());
        }
        return HarmonyRow.of(name, figures);
    }

    /** Who plays nothing is not judged. */
    private static Map<HarmonyMeasure, Double> nothing() {
        Map<HarmonyMeasure, Double> figures = new EnumMap<>(HarmonyMeasure.class);
        for (HarmonyMeasure measure : HarmonyMeasure.values()) {
            figures.put(measure, Double.NaN);
        }
        return figures;
    }

    private List<Note> played(ChordSong song, List<Note> heard) {
        // A seed of its own for each song.
        long seed = Stage.seed(1, Integer.parseInt("0" + song.name().replaceAll("\\D", "")));
        return Stage.notes(
                Rehearsal.play(network, settings, seed, TimedMessages.ofNotes(heard, CHANNEL), MAX_AFTER_END_NANOS));
    }

    private static List<Note> bothHands(ChordSong song) {
        int lowest = song.tune().stream().mapToInt(Note::pitch).min().orElse(0);
        List<Note> hands = new ArrayList<>(song.tune());
        song.piano().stream().filter(note -> note.pitch() <= lowest - APART).forEach(hands::add);
        return hands;
    }

    private static List<Note> thirdBelow(ChordSong song) {
        List<Note> voice = new ArrayList<>();
        for (Note note : song.tune()) {
            song.at(note.onsetNanos())
                    .ifPresent(span -> voice.add(new Note(
                            note.voice(),
                            note.onsetNanos(),
                            note.durationNanos(),
                            stepsBelow(note.pitch(), span.scale()),
                            note.velocity())));
        }
        return voice;
    }

    /** Two steps of the scale down; without both sevenths of a minor key, which would be three. */
    private static int stepsBelow(int pitch, int scale) {
        for (int third : new int[] {3, 4, 5}) {
            if (pitch >= third && Scale.has(scale, pitch - third)) {
                return pitch - third;
            }
        }
        return pitch - 3;
    }
}
