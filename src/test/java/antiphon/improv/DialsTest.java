package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.music.Message;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DialsTest {
    private static final Settings SETTINGS = new Settings(
            Mode.CONTINUE,
            0.5,
            0.6,
            0.07,
            new Settings.Turn(1, 2, 3, false),
            new Settings.Turn(4, 5, 6, false),
            7,
            8,
            new Settings.Beat(
                    9, Enter.BEAT, 90, 91, 60, Division.EIGHTHS, new Settings.Tap(61, 62), SendClock.PASS, 0.7),
            10,
            11,
            12,
            13,
            15,
            16,
            14,
            true,
            false,
            false,
            3,
            17,
            Settings.Steer.STANDARD,
            Settings.Together.STANDARD,
            Band.ALONE);

    /** Controls that have no third value. */
    private static final Set<Control> ONE = EnumSet.of(Control.ENTER, Control.SEND_CLOCK, Control.HARMONY_PLACE);

    private final Dials dials = new Dials(SETTINGS);

    /** What each control that is kept here was set to. */
    private Map<Control, Object> values() {
        Map<Control, Object> values = new EnumMap<>(Control.class);
        values.put(Control.MODE, dials.mode());
        values.put(Control.TEMPERATURE, dials.temperature());
        values.put(Control.TOP_P, dials.topP());
        values.put(Control.MIN_P, dials.minP());
        values.put(Control.MAX_POLYPHONY, dials.maxPolyphony());
        values.put(Control.MEMORY, dials.memory());
        values.put(Control.DENSITY, dials.density());
        values.put(Control.REGISTER, dials.registerSemitones());
        values.put(Control.GRID, dials.gridPercent());
        values.put(Control.ENTER, dials.enter());
        values.put(Control.BEATS_PER_BAR, dials.beatsPerBar());
        values.put(Control.TRADE_BARS, dials.tradeBars());
        values.put(Control.SWING, dials.swingPercent());
        values.put(Control.DIVISION, dials.division());
        values.put(Control.TAP_NOTE, dials.tapNote());
        values.put(Control.TAP_CONTROLLER, dials.tapController());
        values.put(Control.SEND_CLOCK, dials.sendClock());
        values.put(Control.TIME_TEMPERATURE, dials.timeTemperature());
        values.put(Control.CANDIDATES, dials.candidates());
        values.put(Control.MUTE, dials.mute());
        values.put(Control.CHANNEL, dials.channel());
        values.put(Control.CALL_REST, dials.callRestNanos());
        values.put(Control.CALL_LENGTH, dials.callLength());
        values.put(Control.CALL_MAX, dials.callMaxNanos());
        values.put(Control.CONTINUE_REST, dials.continueRestNanos());
        values.put(Control.CONTINUE_MAX, dials.continueMaxNanos());
        values.put(Control.PERIOD, dials.thruNanos());
        return values;
    }

    @Test
    void shouldBeginWithTheSettings() {
        Map<Control, Object> expected = new EnumMap<>(Control.class);
        expected.put(Control.MODE, Mode.CONTINUE);
        expected.put(Control.TEMPERATURE, 0.5);
        expected.put(Control.TOP_P, 0.6);
        expected.put(Control.MIN_P, 0.07);
        expected.put(Control.MAX_POLYPHONY, 10);
        expected.put(Control.MEMORY, true);
        expected.put(Control.DENSITY, 7.0);
        expected.put(Control.REGISTER, 8);
        expected.put(Control.GRID, 9);
        expected.put(Control.ENTER, Enter.BEAT);
        expected.put(Control.BEATS_PER_BAR, 90);
        expected.put(Control.TRADE_BARS, 91);
        expected.put(Control.SWING, 60);
        expected.put(Control.DIVISION, Division.EIGHTHS);
        expected.put(Control.TAP_NOTE, 61);
        expected.put(Control.TAP_CONTROLLER, 62);
        expected.put(Control.SEND_CLOCK, SendClock.PASS);
        expected.put(Control.TIME_TEMPERATURE, 0.7);
        expected.put(Control.CANDIDATES, 17);
        expected.put(Control.MUTE, false);
        expected.put(Control.CHANNEL, 14);
        expected.put(Control.CALL_REST, 1L);
        expected.put(Control.CALL_LENGTH, 2.0);
        expected.put(Control.CALL_MAX, 3L);
        expected.put(Control.CONTINUE_REST, 4L);
        expected.put(Control.CONTINUE_MAX, 6L);
        expected.put(Control.PERIOD, 15L);
        assertThat(values()).isEqualTo(expected);
        assertThat(dials.commitNanos()).isEqualTo(11);
        assertThat(dials.leadNanos()).isEqualTo(12);
        assertThat(dials.immediateNanos()).isEqualTo(13);
        assertThat(dials.thruNanos()).isEqualTo(15);
        assertThat(dials.offsetNanos()).isEqualTo(16);
    }

    @Test
    void shouldHearTheHumansNotesThroughTheSlowSynthesiserOnlyWithThru() {
        assertThat(dials.ownSoundNanos()).isEqualTo(15);
        dials.set(Control.THRU, 1);
        assertThat(dials.ownSoundNanos()).isEqualTo(15 + 16);
        dials.set(Control.THRU, 0);
        assertThat(dials.ownSoundNanos()).isEqualTo(15);
    }

    @Test
    void shouldHandOverEarlierWhenThePeriodIsRaised() {
        long milli = 1_000_000L;
        Settings timed = Settings.standard(Mode.CALL)
                .withTiming(4 * milli, 6 * milli, 3 * milli)
                .withOffset(50 * milli);
        Dials raised = new Dials(timed);
        raised.set(Control.PERIOD, 21 * milli);
        assertThat(raised.thruNanos()).isEqualTo(21 * milli);
        assertThat(raised.leadNanos()).isEqualTo((50 + 22) * milli);
        assertThat(raised.immediateNanos()).isEqualTo((50 + 42) * milli);
        assertThat(raised.commitNanos()).isGreaterThan(raised.leadNanos());
        raised.set(Control.PERIOD, 3 * milli);
        assertThat(raised.leadNanos()).isEqualTo(timed.leadNanos());
        assertThat(raised.immediateNanos()).isEqualTo(timed.immediateNanos());
        assertThat(raised.commitNanos()).isEqualTo(timed.commitNanos());
    }

    @Test
    void shouldHandOverEarlierForASlowerSynthesiser() {
        long milli = 1_000_000L;
        Settings prompt = Settings.standard(Mode.CALL).withTiming(4 * milli, 6 * milli, 3 * milli);
        for (long before : new long[] {0, 80 * milli}) {
            Settings slow = prompt.withOffset(50 * milli);
            Dials changed = new Dials(prompt.withOffset(before));
            changed.set(Control.OFFSET, 50 * milli);
            assertThat(changed.offsetNanos()).isEqualTo(slow.offsetNanos());
            assertThat(changed.leadNanos()).isEqualTo(slow.leadNanos());
            assertThat(changed.immediateNanos()).isEqualTo(slow.immediateNanos());
            assertThat(changed.commitNanos()).isEqualTo(slow.commitNanos());
            changed.set(Control.PERIOD, 3 * milli);
            assertThat(changed.commitNanos()).isEqualTo(slow.commitNanos());
        }
    }

    @Test
    void shouldBeMuteWhileTheLatencyIsMeasuredWhateverIsSet() {
        assertThat(dials.mute()).isFalse();
        dials.set(Control.CALIBRATE, 1);
        assertThat(dials.mute()).isTrue();
        dials.set(Control.MUTE, 0);
        assertThat(dials.mute()).isTrue();
        dials.set(Control.CALIBRATE, 0);
        assertThat(dials.mute()).isFalse();
    }

    @Test
    void shouldIgnoreDrumsAndOtherChannels() {
        Dials ears = new Dials(Settings.standard(Mode.CALL));
        assertThat(ears.ear().ignores(Message.noteOn(0, 60, 1))).isFalse();
        assertThat(ears.ear().ignores(Message.noteOn(Message.DRUM_CHANNEL, 60, 1)))
                .isTrue();
        ears.set(Control.HEAR_DRUMS, 1);
        assertThat(ears.ear().ignores(Message.noteOn(Message.DRUM_CHANNEL, 60, 1)))
                .isFalse();
        ears.set(Control.IN_CHANNEL, 3);
        assertThat(ears.ear().ignores(Message.noteOn(2, 60, 1))).isFalse();
        assertThat(ears.ear().ignores(Message.noteOn(0, 60, 1))).isTrue();
        assertThat(ears.ear().ignores(Message.noteOn(Message.DRUM_CHANNEL, 60, 1)))
                .isTrue();
        Dials beside = new Dials(Settings.standard(Mode.CALL));
        beside.follow(ears);
        assertThat(beside.ear().ignores(Message.noteOn(0, 60, 1))).isTrue();
    }

    @Test
    void shouldTakeOverEachControlAndNothingElse() {
        for (Control control : Control.values()) {
            if (control == Control.BOLDNESS || control == Control.CALIBRATE) {
                continue; // They change others too: see SteerDialsTest and below.
            }
            Map<Control, Object> expected = values();
            int whole = ONE.contains(control) ? 1 : 3;
            dials.set(control, control.isDecimal() ? Control.pack(0.25) : whole);
            if (expected.containsKey(control)) {
                expected.put(control, expectedOf(control));
            }
            assertThat(values()).as(control.name()).isEqualTo(expected);
        }
        dials.set(Control.MEMORY, 0);
        dials.set(Control.MUTE, 0);
        dials.set(Control.REGISTER, -24);
        dials.set(Control.CONTINUE_MAX, Long.MAX_VALUE);
        assertThat(dials.memory()).isFalse();
        assertThat(dials.mute()).isFalse();
        assertThat(dials.registerSemitones()).isEqualTo(-24);
        assertThat(dials.continueMaxNanos()).isEqualTo(Long.MAX_VALUE);
    }

    private static Object expectedOf(Control control) {
        return switch (control) {
            case MODE -> Mode.LISTEN;
            case MEMORY, MUTE -> true;
            case ENTER -> Enter.BAR;
            case SEND_CLOCK -> SendClock.OWN;
            case DIVISION -> Division.SIXTEENTHS;
            case MAX_POLYPHONY,
                    REGISTER,
                    GRID,
                    BEATS_PER_BAR,
                    TRADE_BARS,
                    SWING,
                    TAP_NOTE,
                    TAP_CONTROLLER,
                    CHANNEL,
                    CANDIDATES -> 3;
            default -> control.isDecimal() ? (Object) 0.25 : (Object) 3L;
        };
    }

    @Test
    void shouldAllocateNothing() {
        Control[] controls = Control.values();
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        dials.set(controls[i % controls.length], 1);
                    }
                }))
                .isZero();
    }
}
