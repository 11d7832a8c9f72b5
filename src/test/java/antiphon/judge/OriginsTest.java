package antiphon.judge;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Origin;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private final Origins origins = new Origins();

    @Test
    void shouldCountWhereAnswersCameFrom() {
        assertThat(origins.text()).isEqualTo("none was chosen from several");
        origins.add(Origin.DRAWN);
        origins.add(Origin.SEQUENCE);
        origins.add(Origin.SEQUENCE);
        origins.add(Origin.SEQUENCE);
        assertThat(origins.total()).isEqualTo(4);
        assertThat(origins.shares()).containsEntry(Origin.SEQUENCE, 0.75).containsEntry(Origin.RHYTHM, 0.0);
        assertThat(origins.text())
                .startsWith("drawn 25 %, ")
                .contains("sequence 75 %")
                .endsWith("(of 4)");
    }
}
