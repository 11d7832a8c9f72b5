package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.music.Scale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PitchBoundsTest {
    private final PitchBounds bounds = new PitchBounds();

    @Example
    void shouldAllowAllAtFirst() {
        for (int pitch = 0; pitch < 128; pitch++) {
            assertThat(bounds.allows(pitch)).isTrue();
            assertThat(bounds.nearest(pitch)).isEqualTo(pitch);
        }
    }

    @Property
    void shouldGiveAPitchThatIsAllowedWhereThereIsOne(
            @ForAll @IntRange(max = Scale.ALL_CLASSES) int classes,
            @ForAll @IntRange(max = 127) int lowest,
            @ForAll @IntRange(max = 127) int highest) {
        bounds.set(classes, lowest, highest);
        boolean any = false;
        for (int pitch = 0; pitch < 128; pitch++) {
            boolean allowed = pitch >= lowest && pitch <= highest && Scale.has(classes, pitch);
            assertThat(bounds.allows(pitch)).isEqualTo(allowed);
            any |= allowed;
        }
        for (int pitch = 0; pitch < 128; pitch++) {
            int nearest = bounds.nearest(pitch);
            assertThat(nearest >= 0 && bounds.allows(nearest)).isEqualTo(any);
            if (bounds.allows(pitch)) {
                assertThat(nearest).isEqualTo(pitch);
            }
        }
    }

    @Example
    void shouldMoveToTheNextNoteOfTheScaleAndByOctavesIntoTheRange() {
        bounds.set(new Scale(Scale.Kind.MAJOR, 0).classes(), 0, 127);
        assertThat(bounds.nearest(61)).as("of two the lower").isEqualTo(60);
        bounds.set(new Scale(Scale.Kind.MAJOR_PENTATONIC, 0).classes(), 0, 127);
        assertThat(bounds.nearest(65)).isEqualTo(64);
        assertThat(bounds.nearest(66)).isEqualTo(67);
        bounds.set(Scale.ALL_CLASSES, 48, 72);
        assertThat(bounds.nearest(30)).isEqualTo(54);
        assertThat(bounds.nearest(85)).isEqualTo(61);
        bounds.set(Scale.ALL_CLASSES, 60, 63);
        assertThat(bounds.nearest(90)).isEqualTo(63);
    }

    @Example
    void shouldAllocateNothing() {
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        bounds.set(i & Scale.ALL_CLASSES, i % 100, 60 + i % 60);
                        bounds.nearest(i % 128);
                    }
                }))
                .isZero();
    }
}
