package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.music.Scale;
import org.junit.jupiter.api.Test;

class SteerDialsTest {
    private static final Settings.Steer STEER =
            new Settings.Steer(new Scale(Scale.Kind.BLUES, 6), true, 0.7, 40, 90, 123, 50, true);

    private final SteerDials dials = new SteerDials(STEER);

    @Test
    void shouldBeginWithTheSettings() {
        assertThat(dials.scale()).isEqualTo(STEER.scale());
        assertThat(dials.keyLock()).isTrue();
        assertThat(dials.keyBias()).isEqualTo(0.7);
        assertThat(dials.lowest()).isEqualTo(40);
        assertThat(dials.highest()).isEqualTo(90);
        assertThat(dials.maxNoteNanos()).isEqualTo(123);
        assertThat(dials.boldness()).isEqualTo(50);
    }

    @Test
    void shouldTakeOverEachControl() {
        dials.set(Control.SCALE, new Scale(Scale.Kind.DORIAN, 2).number());
        dials.set(Control.KEY_LOCK, 0);
        dials.set(Control.KEY_BIAS, Control.pack(0.25));
        dials.set(Control.LOWEST, 1);
        dials.set(Control.HIGHEST, 2);
        dials.set(Control.MAX_NOTE, 0);
        dials.set(Control.BOLDNESS, 3);
        assertThat(dials.scale()).isEqualTo(new Scale(Scale.Kind.DORIAN, 2));
        assertThat(dials.keyLock()).isFalse();
        assertThat(dials.keyBias()).isEqualTo(0.25);
        assertThat(dials.lowest()).isEqualTo(1);
        assertThat(dials.highest()).isEqualTo(2);
        assertThat(dials.maxNoteNanos()).as("no limit").isEqualTo(Long.MAX_VALUE);
        assertThat(dials.boldness()).isEqualTo(3);
    }

    /** As the help of play.boldness says. */
    @Test
    void shouldSpreadFromTheMiddleWhichChangesNothing() {
        assertThat(dials.warmth()).isEqualTo(1.0);
        assertThat(dials.memoryShare()).isEqualTo(1.0);
        assertThat(dials.spread(0.85)).isEqualTo(0.85);
        assertThat(dials.developedShare()).isEqualTo(0.5);
        assertThat(dials.closeness()).isZero();
        dials.set(Control.BOLDNESS, 100);
        assertThat(dials.warmth()).isCloseTo(1.25, within(1e-12));
        assertThat(dials.memoryShare()).isCloseTo(0.25, within(1e-12));
        assertThat(dials.spread(1.1)).isCloseTo(1.21, within(1e-12));
        assertThat(dials.developedShare()).isZero();
        assertThat(dials.closeness()).isEqualTo(-1.0);
        dials.set(Control.BOLDNESS, 0);
        assertThat(dials.developedShare()).isEqualTo(1.0);
        assertThat(dials.closeness()).isEqualTo(1.0);
        assertThat(dials.warmth()).isCloseTo(0.8, within(1e-12));
        assertThat(dials.memoryShare()).isCloseTo(4, within(1e-12));
        assertThat(dials.spread(1.1)).isEqualTo(1.0);
    }

    @Test
    void shouldMakeAllTemperaturesHigherOrLower() {
        Dials all = new Dials(Settings.standard(Mode.CALL));
        all.set(Control.TEMPERATURE, Control.pack(1));
        all.set(Control.BOLDNESS, 100);
        assertThat(all.temperature()).isCloseTo(1.25, within(1e-12));
        assertThat(all.timeTemperature()).isCloseTo(1.25, within(1e-12));
        all.set(Control.TIME_TEMPERATURE, Control.pack(0.8));
        assertThat(all.timeTemperature()).isCloseTo(1, within(1e-12));
    }
}
