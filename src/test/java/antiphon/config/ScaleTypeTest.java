package antiphon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.music.Scale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ScaleTypeTest {
    private final ScaleType type = new ScaleType();

    @Property
    void shouldReadBackWhatItWrites(@ForAll Scale.Kind kind, @ForAll @IntRange(max = 11) int tonic) {
        Scale scale = new Scale(kind, tonic);
        assertThat(type.fromText(type.toText(scale))).isEqualTo(scale);
        assertThat(type.toToml(scale)).isEqualTo('"' + scale.text() + '"');
        assertThat(type.fromToml(scale.text())).isEqualTo(scale);
    }

    @Property
    void shouldTakeAnyTextWithoutFailing(@ForAll String text) {
        assertThat(type.mistake("play.scale", text, false)).startsWith("play.scale = ");
        Scale scale = type.fromText(text);
        assertThat(scale == null || type.fromText(type.toText(scale)) != null).isTrue();
    }

    @Example
    void shouldReadWhatPeopleWrite() {
        assertThat(type.fromText("c MAJOR")).isEqualTo(new Scale(Scale.Kind.MAJOR, 0));
        assertThat(type.fromText(" F#  blues ")).isEqualTo(new Scale(Scale.Kind.BLUES, 6));
        assertThat(type.fromText("Eb minor pentatonic")).isEqualTo(new Scale(Scale.Kind.MINOR_PENTATONIC, 3));
        assertThat(type.fromText("Cb major")).isEqualTo(new Scale(Scale.Kind.MAJOR, 11));
        assertThat(type.fromText("B# minor")).isEqualTo(new Scale(Scale.Kind.MINOR, 0));
        assertThat(type.fromText("A\u266D lydian")).isEqualTo(new Scale(Scale.Kind.LYDIAN, 8));
        assertThat(type.fromText("d natural minor")).isEqualTo(new Scale(Scale.Kind.MINOR, 2));
        assertThat(type.fromText("chromatic")).isEqualTo(new Scale(Scale.Kind.CHROMATIC, 0));
        assertThat(type.fromToml(3L)).isNull();
    }

    @Example
    void shouldSayWhatWasProbablyMeant() {
        assertThatThrownBy(() -> PlaySetting.SCALE.parse("C majr"))
                .hasMessage("play.scale = C majr; allowed: auto, chromatic, or a tonic and a scale, such as C major, F#"
                        + " blues, Eb minor pentatonic. Did you mean C major?");
        assertThat(type.mistake("x", "C", false)).endsWith("Did you mean C major?");
        assertThat(type.mistake("x", "g mixolidian", false)).endsWith("Did you mean G mixolydian?");
        assertThat(type.mistake("x", "H minor", false))
                .contains("Did you mean ")
                .contains(" minor?");
        assertThat(type.mistake("x", "autp", false)).endsWith("Did you mean auto?");
        assertThat(type.mistake("x", "nothing like it", false)).endsWith("Eb minor pentatonic.");
    }
}
