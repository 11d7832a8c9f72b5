package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import antiphon.music.Encoder;
import antiphon.music.Event;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Place;
import antiphon.music.Vocabulary;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PlacesTest {
    private static final long MILLI = 1_000_000L;

    /** Eighths at a tempo, the longer notes on the beats, each up to 6 ms early or late. */
    private static int[] steady(long beatNanos, int beats, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < beats; i++) {
            long nanos = (i + 1) * beatNanos;
            notes.add(note(nanos + random.nextLong(-6, 7) * MILLI, 48 + 3 * (i % 4), beatNanos / 2));
            if (i % 2 == 1) {
                notes.add(note(nanos + beatNanos / 2 + random.nextLong(-6, 7) * MILLI, 64, beatNanos / 3));
            }
        }
        return Encoder.encode(Performance.of(notes));
    }

    private static Note note(long nanos, int pitch, long durationNanos) {
        return new Note(Voice.HUMAN, nanos, durationNanos, pitch, 80);
    }

    private static Places begun() {
        Places places = new Places();
        places.hear(Event.PIECE_START, true);
        return places;
    }

    @Property(tries = 30)
    void shouldSayWhereInTheBeatASteadyTunesNotesFall(
            @ForAll @IntRange(min = 400, max = 900) int beatMillis, @ForAll long seed) {
        long beatNanos = beatMillis * MILLI;
        Places places = begun();
        int sure = 0;
        int onsets = 0;
        for (int event : steady(beatNanos, 24, seed)) {
            int place = places.hear(event, true);
            if (Event.isNoteOn(Event.kind(event)) && places.clockNanos() > 10 * beatNanos) {
                onsets++;
                if (Place.sure(place) > 0) {
                    sure++;
                    // The tracker may count half or twice the beats; every onset lies on a quarter of its beat.
                    double off = Math.IEEEremainder(4 * Place.landing(place, 0), 1) / 4;
                    assertThat(off * Place.periodNanos(place)).isCloseTo(0, within(45e6));
                }
            }
        }
        assertThat(sure).isGreaterThan(onsets / 2);
    }

    @Example
    void shouldMeasureTheTimeSinceTheLastOnset() {
        Places places = begun();

        places.hear(Event.of(Event.HUMAN_ON, 0, 60, 16), true);
        int off = places.hear(Event.of(Event.HUMAN_OFF, 10, 60, Vocabulary.NO_VELOCITY), true);
        int on = places.hear(Event.of(Event.HUMAN_ON, 5, 62, 16), true);

        assertThat(Place.field(off, 0)).isEqualTo(10);
        assertThat(Place.field(on, 0)).as("150 ms").isEqualTo(15);
    }

    @Example
    void shouldBeFreeAtFirstAndAgainWhenNothingWasHeardForLong() {
        Places places = begun();
        int place = 0;
        for (int event : steady(500 * MILLI, 20, 1)) {
            place = places.hear(event, true);
        }
        assertThat(Place.sure(place)).isPositive();
        int tick = Event.of(Event.TICK, Vocabulary.TICK_BIN, Vocabulary.NO_PITCH, Vocabulary.NO_VELOCITY);
        for (int i = 0; i < 3; i++) {
            place = places.hear(tick, true);
        }
        assertThat(Place.sure(place)).isZero();
        assertThat(Place.sure(places.hear(Event.PIECE_START, true))).isZero();
    }

    @Example
    void shouldHoldAPulseThatIsKnownFromElsewhereUntilSomethingIsListenedTo() {
        Places places = begun();
        places.hear(Event.of(Event.HUMAN_ON, 0, 60, 16), true);

        places.hold(-125e6, 500e6, 1, 2);
        int answer = places.hear(Event.of(Event.ANSWER_ON, 10, 62, 16), false);
        int human = places.hear(Event.of(Event.HUMAN_ON, 10, 64, 16), true);
        int[] tune = steady(500 * MILLI, 20, 1);
        for (int event : tune) {
            human = places.hear(event, true);
        }

        assertThat(Place.landing(answer, 0)).isCloseTo(0.45, within(0.002));
        assertThat(Place.sure(answer)).isEqualTo(Place.SUREST);
        assertThat(Place.landing(human, 0)).as("its own tracker's").isNotCloseTo(0.45, within(0.002));
    }

    @Property(tries = 30)
    void shouldGoOnFromACopyAsIfNothingHadBeen(@ForAll long seed) {
        Places places = begun();
        Places plain = begun();
        Places mark = new Places();
        SplittableRandom random = new SplittableRandom(seed);
        for (int event : steady(500 * MILLI, 24, seed)) {
            if (random.nextInt(4) == 0) {
                mark.copyFrom(places);
                if (random.nextBoolean()) {
                    places.hold(0, 400e6, 1, 3);
                }
                for (int i = 0; i < 5; i++) {
                    places.hear(Event.of(Event.ANSWER_ON, random.nextInt(81), 60, 16), false);
                }
                places.copyFrom(mark);
            }
            if (random.nextBoolean()) {
                places.look();
            }
            assertThat(places.hear(event, true)).isEqualTo(plain.hear(event, true));
        }
    }

    @Example
    void shouldAllocateNothing() {
        int[] events = steady(500 * MILLI, 40, 3);
        Places places = begun();
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int event : events) {
                        places.hear(event, true);
                    }
                }))
                .isZero();
    }
}
