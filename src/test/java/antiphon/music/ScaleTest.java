package antiphon.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ScaleTest {
    private static final int SCALES = Scale.Kind.values().length * 12;

    @Example
    void shouldKeepTheNumbersThatJournalsCarry() {
        assertThat(Arrays.stream(Scale.Kind.values()).map(Scale.Kind::name))
                .containsExactly(
                        "AUTO",
                        "CHROMATIC",
                        "MAJOR",
                        "MINOR",
                        "HARMONIC_MINOR",
                        "MELODIC_MINOR",
                        "DORIAN",
                        "PHRYGIAN",
                        "LYDIAN",
                        "MIXOLYDIAN",
                        "LOCRIAN",
                        "MAJOR_PENTATONIC",
                        "MINOR_PENTATONIC",
                        "BLUES",
                        "WHOLE_TONE");
        assertThat(new Scale(Scale.Kind.MINOR, 9).number()).isEqualTo(3 * 12 + 9);
    }

    @Property
    void shouldBeFoundByItsNumber(@ForAll Scale.Kind kind, @ForAll @IntRange(min = -12, max = 24) int tonic) {
        Scale scale = new Scale(kind, tonic);
        assertThat(Scale.of(scale.number())).isEqualTo(scale);
        assertThat(scale.number()).isBetween(0, SCALES - 1);
    }

    @Property
    void shouldBeTheSameOnEveryTonic(@ForAll Scale.Kind kind, @ForAll @IntRange(max = 11) int tonic) {
        int onC = new Scale(kind, 0).classes();
        Scale scale = new Scale(kind, tonic);
        for (int pitch = 0; pitch < 128; pitch++) {
            boolean expected = !kind.hasTonic() || Scale.has(onC, pitch + 12 - tonic);
            assertThat(Scale.has(scale.classes(), pitch)).isEqualTo(expected);
        }
    }

    @Example
    void shouldHaveTheNotesThatMusiciansKnow() {
        assertThat(notes(new Scale(Scale.Kind.MAJOR, 2))).isEqualTo("1 2 4 6 7 9 11 ");
        assertThat(notes(new Scale(Scale.Kind.HARMONIC_MINOR, 9))).isEqualTo("0 2 4 5 8 9 11 ");
        assertThat(notes(new Scale(Scale.Kind.BLUES, 9))).isEqualTo("0 2 3 4 7 9 ");
        assertThat(notes(new Scale(Scale.Kind.DORIAN, 2))).isEqualTo(notes(new Scale(Scale.Kind.MAJOR, 0)));
        assertThat(notes(new Scale(Scale.Kind.LOCRIAN, 11))).isEqualTo(notes(new Scale(Scale.Kind.MAJOR, 0)));
        assertThat(notes(new Scale(Scale.Kind.MINOR_PENTATONIC, 9)))
                .isEqualTo(notes(new Scale(Scale.Kind.MAJOR_PENTATONIC, 0)));
        assertThat(notes(Scale.AUTO)).isEqualTo("0 1 2 3 4 5 6 7 8 9 10 11 ");
    }

    private static String notes(Scale scale) {
        StringBuilder notes = new StringBuilder();
        for (int pitch = 60; pitch < 72; pitch++) {
            notes.append(Scale.has(scale.classes(), pitch) ? pitch - 60 + " " : "");
        }
        return notes.toString();
    }

    @Example
    void shouldSayItsKeyAndTheNotesOfAKey() {
        assertThat(new Scale(Scale.Kind.LYDIAN, 5).key()).isEqualTo(5);
        assertThat(new Scale(Scale.Kind.BLUES, 5).key()).isEqualTo(17);
        assertThat(Scale.AUTO.key()).isEqualTo(-1);
        assertThat(Scale.AUTO.isNamed()).isFalse();
        assertThat(new Scale(Scale.Kind.CHROMATIC, 3).key()).isEqualTo(-1);
        assertThat(Scale.classesOf(-1)).isEqualTo(Scale.ALL_CLASSES);
        assertThat(Scale.classesOf(7)).isEqualTo(new Scale(Scale.Kind.MAJOR, 7).classes());
        assertThat(Scale.classesOf(12 + 9))
                .as("A minor with both sevenths")
                .isEqualTo(new Scale(Scale.Kind.MINOR, 9).classes() | 1 << 8);
    }

    @Example
    void shouldBeSpelledAsMusiciansDo() {
        assertThat(new Scale(Scale.Kind.MAJOR, 10).text()).isEqualTo("Bb major");
        assertThat(new Scale(Scale.Kind.MINOR, 1).text()).isEqualTo("C# minor");
        assertThat(new Scale(Scale.Kind.HARMONIC_MINOR, 8).text()).isEqualTo("G# harmonic minor");
        assertThat(Scale.AUTO.text()).isEqualTo("auto");
    }
}
