package antiphon.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private static final long MILLI = 1_000_000L;

    /** Half a bin of velocity: two. */
    private static final int HALF_VELOCITY_BIN = 2;

    @Property(tries = 400)
    void shouldComeBackWithinHalfABin(@ForAll("performances") Performance played) {
        int[] events = Encoder.encode(played);
        Performance heard = Decoder.decode(events);

        assertThat(heard.notes()).hasSameSizeAs(played.notes());
        List<long[]> truth = moments(played);
        List<long[]> copy = moments(events);
        for (int i = 0; i < truth.size(); i++) {
            long toleranceNanos = copy.get(i)[4];
            assertThat(copy.get(i)[0]).as("kind of moment %d", i).isEqualTo(truth.get(i)[0]);
            assertThat(copy.get(i)[1]).as("pitch of moment %d", i).isEqualTo(truth.get(i)[1]);
            assertThat(Math.abs(copy.get(i)[2] - truth.get(i)[2]))
                    .as("velocity of moment %d", i)
                    .isLessThanOrEqualTo(HALF_VELOCITY_BIN);
            assertThat(Math.abs(copy.get(i)[3] - truth.get(i)[3]))
                    .as("time of moment %d", i)
                    .isLessThanOrEqualTo(toleranceNanos);
        }
    }

    @Property(tries = 400)
    void shouldPairEveryNoteAsPlayed(@ForAll("performances") Performance played) {
        int[] events = Encoder.encode(played);
        Performance heard = Decoder.decode(events);
        long widestNanos = 5 * MILLI;
        for (int event : events) {
            widestNanos = Math.max(widestNanos, (Vocabulary.widthNanos(Event.timeBin(event)) + 1) / 2);
        }
        for (int voice = 0; voice < Voice.COUNT; voice++) {
            for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
                List<Note> truth = ofKey(played, voice, pitch);
                List<Note> copy = ofKey(heard, voice, pitch);
                assertThat(copy).hasSameSizeAs(truth);
                for (int i = 0; i < truth.size(); i++) {
                    assertThat(Math.abs(copy.get(i).onsetNanos() - truth.get(i).onsetNanos()))
                            .isLessThanOrEqualTo(widestNanos);
                    assertThat(Math.abs(copy.get(i).offsetNanos() - truth.get(i).offsetNanos()))
                            .isLessThanOrEqualTo(widestNanos);
                }
            }
        }
        assertThat(heard.phraseEndsNanos()).hasSameSizeAs(played.phraseEndsNanos());
    }

    @Property
    void shouldLeaveWhatIsOnTheGridUnchanged(@ForAll("performances") Performance played) {
        Performance onGrid = Decoder.decode(Encoder.encode(played));
        Performance again = Decoder.decode(Encoder.encode(onGrid));
        assertThat(again).isEqualTo(onGrid);
    }

    @Test
    void shouldStrikeARepeatedKeyTwice() {
        Performance twice = Performance.of(List.of(note(0, 100, 60), note(100, 100, 60)));
        assertThat(Decoder.decode(Encoder.encode(twice)).notes())
                .extracting(note -> note.onsetNanos() / MILLI, note -> note.offsetNanos() / MILLI)
                .containsExactly(tuple(0L, 100L), tuple(100L, 200L));
    }

    @Test
    void shouldTickThroughASilenceAndStopCountingWhenTold() {
        List<Integer> events = new ArrayList<>();
        Encoder encoder = new Encoder(3);
        encoder.noteOn(Voice.HUMAN, 60, 64, 3_600_000 * MILLI, events::add);
        assertThat(events).hasSize(4);
        assertThat(events.subList(0, 3)).allMatch(event -> Event.kind(event) == Event.TICK);
        assertThat(Event.kind(events.get(3))).isEqualTo(Event.HUMAN_ON);
        assertThat(encoder.clockNanos()).isEqualTo(3_600_000 * MILLI);
    }

    @Property(tries = 200)
    void shouldGoOnWhereAnotherIs(@ForAll @LongRange(max = 30_000) long millis, @ForAll @IntRange(max = 4) int ticks) {
        Encoder encoder = new Encoder(3);
        Encoder copy = new Encoder(3);
        encoder.noteOn(Voice.HUMAN, 60, 64, 777 * MILLI, event -> {});
        // Some of the silence has been told already.
        encoder.silence((1_000 + 4_000L * ticks) * MILLI, event -> {});
        copy.copyFrom(encoder);
        List<Integer> events = new ArrayList<>();
        List<Integer> copied = new ArrayList<>();
        assertThat(copy.clockNanos()).isEqualTo(encoder.clockNanos());
        assertThat(copy.nextTickNanos()).isEqualTo(encoder.nextTickNanos());
        long nanos = (1_000 + 4_000L * ticks + millis) * MILLI;
        encoder.noteOff(Voice.HUMAN, 60, nanos, events::add);
        assertThat(copy.clockNanos()).as("of its own from then on").isLessThanOrEqualTo(nanos);
        copy.noteOff(Voice.HUMAN, 60, nanos, copied::add);
        assertThat(copied).isEqualTo(events);
        assertThat(copy.clockNanos()).isEqualTo(encoder.clockNanos());
    }

    @Provide
    Arbitrary<Performance> performances() {
        // Gaps of every size, so that chords, rests, ticks and bin edges all occur.
        Arbitrary<Long> gaps = Arbitraries.oneOf(
                Arbitraries.just(0L),
                Arbitraries.longs().between(0, 12 * MILLI),
                Arbitraries.longs().between(0, 400 * MILLI),
                Arbitraries.longs().between(0, 15_000 * MILLI));
        Arbitrary<Long> durations = Arbitraries.oneOf(
                Arbitraries.just(0L),
                Arbitraries.longs().between(0, 300 * MILLI),
                Arbitraries.longs().between(0, 9_000 * MILLI));
        Arbitrary<long[]> notes = Combinators.combine(
                        gaps,
                        durations,
                        Arbitraries.integers().between(58, 62),
                        Arbitraries.integers().between(1, 127),
                        Arbitraries.integers().between(0, 1))
                .as((gap, duration, pitch, velocity, voice) -> new long[] {gap, duration, pitch, velocity, voice});
        Arbitrary<List<long[]>> lists = notes.list().ofMinSize(0).ofMaxSize(60);
        return Combinators.combine(lists, gaps.list().ofMaxSize(4)).as(EncoderTest::perform);
    }

    private static Performance perform(List<long[]> parts, List<Long> phraseGaps) {
        List<Note> notes = new ArrayList<>();
        long onset = 0;
        for (long[] part : parts) {
            onset += part[0];
            notes.add(new Note((int) part[4], onset, part[1], (int) part[2], (int) part[3]));
        }
        List<Long> ends = new ArrayList<>();
        long end = 0;
        for (long gap : phraseGaps) {
            end += gap;
            ends.add(end);
        }
        return new Performance(notes, ends);
    }

    /** Kind, pitch, velocity and time of every moment of a performance, in MIDI's order. */
    private static List<long[]> moments(Performance performance) {
        List<long[]> result = new ArrayList<>();
        for (Moment moment : Moment.of(performance)) {
            Note note = moment.note();
            if (note == null) {
                result.add(new long[] {Event.PHRASE_END, Vocabulary.NO_PITCH, 0, moment.nanos()});
            } else if (moment.order() == Moment.ONSET) {
                result.add(new long[] {Event.onKind(note.voice()), note.pitch(), note.velocity(), moment.nanos()});
            } else {
                result.add(new long[] {Event.offKind(note.voice()), note.pitch(), 0, moment.nanos()});
            }
        }
        return result;
    }

    /**
     * The same from events, with what each may be off by: half of the widest bin of its own gap, ticks included; at
     * gap 0 it shares the error of the event before.
     */
    private static List<long[]> moments(int[] events) {
        List<long[]> result = new ArrayList<>();
        long clock = 0;
        long halfBinNanos = 5 * MILLI;
        for (int event : events) {
            int bin = Event.timeBin(event);
            clock += Vocabulary.timeNanos(bin);
            long half = (Vocabulary.widthNanos(bin) + 1) / 2;
            if (bin > 0) {
                halfBinNanos = half;
            }
            int kind = Event.kind(event);
            if (kind != Event.TICK) {
                long velocity = Event.isNoteOn(kind) ? Vocabulary.velocity(Event.velocityBin(event)) : 0;
                result.add(new long[] {kind, Event.pitch(event), velocity, clock, halfBinNanos});
            }
        }
        return result;
    }

    private static List<Note> ofKey(Performance performance, int voice, int pitch) {
        return performance.notes().stream()
                .filter(note -> note.voice() == voice && note.pitch() == pitch)
                .toList();
    }

    private static Note note(long onsetMillis, long durationMillis, int pitch) {
        return new Note(Voice.HUMAN, onsetMillis * MILLI, durationMillis * MILLI, pitch, 64);
    }
}
