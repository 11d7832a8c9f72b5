package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.config.Config;
import antiphon.config.ConfigReader;
import antiphon.config.Preset;
import antiphon.live.Rehearsal;
import antiphon.music.Message;
import antiphon.music.Note;
import antiphon.music.TimedMessages;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the shipped presets play to one call, by figures: chords in the left hand with a tune above, eight bars. */
@Timeout(300)
class PresetMusicTest {
    private static final long BEAT_NANOS = 500_000_000L;
    private static final int BARS = 4;
    private static final int[][] CHORDS = {{45, 52, 57}, {41, 48, 53}, {48, 52, 55}, {43, 50, 55}};
    private static final int[][] TUNE = {{76, 72, 74, 72}, {69, 72, 72, 69}, {67, 72, 76, 74}, {71, 74, 71, 67}};
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final TimedMessages CALL = call();

    /** By preset. */
    private static final Map<String, List<Note>> PLAYED = new LinkedHashMap<>();

    /** What can be heard of an answer. Pitches, velocities and durations are means. */
    private record Figures(
            int notes, double perSecond, double pitch, double velocity, double seconds, double together) {
        /** How many of them differ so much that everybody hears it. */
        int audiblyUnlike(Figures other) {
            int unlike = 0;
            unlike += isUnlike(perSecond, other.perSecond) ? 1 : 0;
            unlike += isUnlike(seconds, other.seconds) ? 1 : 0;
            unlike += isUnlike(notes, other.notes) ? 1 : 0;
            unlike += Math.abs(pitch - other.pitch) >= 5 ? 1 : 0;
            unlike += Math.abs(velocity - other.velocity) >= 12 ? 1 : 0;
            unlike += Math.abs(together - other.together) >= 0.3 ? 1 : 0;
            return unlike;
        }

        private static boolean isUnlike(double one, double other) {
            return Math.max(one, other) >= 1.4 * Math.min(one, other);
        }
    }

    private static TimedMessages call() {
        List<Note> call = new ArrayList<>();
        for (int bar = 0; bar < BARS; bar++) {
            long barNanos = 4 * BEAT_NANOS * bar;
            for (int pitch : CHORDS[bar]) {
                call.add(new Note(Voice.HUMAN, barNanos, 4 * BEAT_NANOS - 20_000_000L, pitch, 70));
            }
            for (int beat = 0; beat < 4; beat++) {
                long onset = barNanos + beat * BEAT_NANOS;
                call.add(new Note(Voice.HUMAN, onset, BEAT_NANOS - 30_000_000L, TUNE[bar][beat], 85));
            }
        }
        return TimedMessages.ofNotes(call, 0);
    }

    private static TimedMessages play(String preset) {
        Config config = ConfigReader.read(
                        Optional.empty(),
                        Map.of(),
                        Map.of("preset.start", preset, "play.seed", "5"),
                        Installation.presets())
                .config();
        Performer performer = Performer.of(config);
        return Rehearsal.play(performer.model(), performer.settings(), performer.seed(), CALL, 25 * SECOND_NANOS);
    }

    private static List<Note> notes(TimedMessages messages) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            int on = messages.message(i);
            if (Message.isNoteOn(on)) {
                int end = i + 1;
                while (!(Message.isNoteOff(messages.message(end))
                        && Message.data1(messages.message(end)) == Message.data1(on)
                        && Message.channel(messages.message(end)) == Message.channel(on))) {
                    end++;
                }
                long nanos = messages.nanos(end) - messages.nanos(i);
                notes.add(new Note(Voice.ANSWER, messages.nanos(i), nanos, Message.data1(on), Message.data2(on)));
            }
        }
        return notes;
    }

    private static Figures figures(List<Note> notes) {
        long playingNanos = 0;
        for (int i = 1; i < notes.size(); i++) {
            playingNanos += Math.min(
                    2 * SECOND_NANOS,
                    notes.get(i).onsetNanos() - notes.get(i - 1).onsetNanos());
        }
        double pitch = notes.stream().mapToInt(Note::pitch).average().orElse(0);
        double velocity = notes.stream().mapToInt(Note::velocity).average().orElse(0);
        double nanos = notes.stream().mapToLong(Note::durationNanos).average().orElse(0);
        long together = notes.stream()
                .filter(note -> note.onsetNanos() < 4 * BEAT_NANOS * BARS)
                .count();
        return new Figures(
                notes.size(),
                notes.size() / Math.max(1, playingNanos / (double) SECOND_NANOS),
                pitch,
                velocity,
                nanos / SECOND_NANOS,
                together / (double) notes.size());
    }

    @BeforeAll
    static void play() {
        for (Preset preset : Installation.presets().all().presets()) {
            PLAYED.put(preset.name(), notes(play(preset.name())));
        }
    }

    @Test
    void shouldPlaySoThatEverybodyHearsWhichItIs() {
        PLAYED.forEach((name, notes) -> PLAYED.forEach((other, others) -> {
            if (!name.equals(other)) {
                assertThat(figures(notes).audiblyUnlike(figures(others)))
                        .as("%s %s and %s %s", name, figures(notes), other, figures(others))
                        .isPositive();
            }
        }));
    }

    @Test
    void shouldDoWhatTheirLinesSay() {
        assertThat(figures(played("ballad")).notes())
                .isLessThan(figures(played("echo")).notes());
        assertThat(figures(played("soloist")).perSecond())
                .isGreaterThan(figures(played("echo")).perSecond() * 1.2);
        assertThat(played("soloist"))
                .allSatisfy(note -> assertThat(note.pitch()).isGreaterThanOrEqualTo(64));
        assertThat(figures(played("groove")).seconds()).isLessThan(0.15);
        assertThat(played("gentle")).allSatisfy(note -> assertThat(note.pitch()).isBetween(55, 79));
        assertThat(played("walking"))
                .allSatisfy(note -> assertThat(note.pitch()).isBetween(28, 55));
        assertThat(figures(played("left-hand")).together()).isGreaterThan(0.8);
        assertThat(played("thirds")).allSatisfy(note -> assertThat(onsets()).contains(note.onsetNanos()));
        assertThat(played("choir").size()).isGreaterThan(played("thirds").size() * 2);
    }

    private static List<Note> played(String preset) {
        return PLAYED.getOrDefault(preset, List.of());
    }

    private static List<Long> onsets() {
        return notes(CALL).stream().map(Note::onsetNanos).toList();
    }
}
