package antiphon.improv.part;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScaleStepsTest {
    private static final int C_MAJOR = 0;
    private static final int A_MINOR = 21;

    private final ScaleSteps scale = new ScaleSteps();

    @Test
    void shouldMoveAndMirrorWithinTheKey() {
        scale.setKey(C_MAJOR);
        assertThat(scale.moved(60, 1)).isEqualTo(62);
        assertThat(scale.moved(64, 1)).isEqualTo(65);
        assertThat(scale.moved(60, -1)).isEqualTo(59);
        assertThat(scale.moved(66, 1)).as("a passing note stays one").isEqualTo(68);
        assertThat(scale.mirrored(67, scale.step(64))).as("around the third").isEqualTo(60);
        assertThat(scale.mirrored(60, scale.step(64))).isEqualTo(67);
    }

    @Test
    void shouldRaiseTheLeadingNoteOnlyWhereItLeads() {
        scale.setKey(A_MINOR);
        assertThat(scale.moved(68, -1)).as("G# to F#").isEqualTo(66);
        assertThat(scale.moved(68, 1)).as("not A#").isEqualTo(69);
        assertThat(scale.moved(68, 7)).isEqualTo(80);
    }

    @Test
    void shouldEndOnANearTonicOrAnotherNoteOfItsTriad() {
        scale.setKey(C_MAJOR);
        assertThat(scale.closing(59)).isEqualTo(60);
        assertThat(scale.closing(62)).isEqualTo(60);
        assertThat(scale.closing(64)).isEqualTo(60);
        assertThat(scale.closing(65)).isEqualTo(64);
        assertThat(scale.closing(67)).isEqualTo(67);
        assertThat(scale.closing(127)).isEqualTo(127);
        assertThat(scale.closing(0)).isZero();
    }

    @Property(tries = 300)
    void shouldComeBackFromWhereItWent(
            @ForAll @IntRange(min = 24, max = 100) int pitch,
            @ForAll @IntRange(max = 23) int key,
            @ForAll @IntRange(min = -7, max = 7) int steps) {
        scale.setKey(key);
        int diatonic = scale.pitch(scale.step(pitch));
        assertThat(pitch - diatonic).isBetween(0, 1);
        assertThat(scale.moved(scale.moved(diatonic, steps), -steps)).isEqualTo(diatonic);
        assertThat(scale.mirrored(scale.mirrored(diatonic, steps), steps)).isEqualTo(diatonic);
    }
}
