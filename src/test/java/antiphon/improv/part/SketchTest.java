package antiphon.improv.part;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.SoundingKeys;
import antiphon.improv.listen.NoteList;
import antiphon.improv.listen.Tonality;
import antiphon.music.Scale;
import org.junit.jupiter.api.Test;

class SketchTest {
    private final Sketch sketch = new Sketch();
    private final SoundingKeys keys = new SoundingKeys();

    @Test
    void shouldGiveItsNotesLaterAndKnowWhatEndsFirst() {
        sketch.clear();
        sketch.add(60, 60, 20, 1_000, 900);
        sketch.add(64, 64, 20, 1_000, 500);
        sketch.place(5_000);
        assertThat(sketch.onsetNanos()).isEqualTo(6_000);
        keys.begin(60, 6_000);
        sketch.began(60, 6_000);
        keys.begin(64, 6_010);
        sketch.began(64, 6_010);
        assertThat(sketch.hasNext()).isFalse();
        assertThat(sketch.nextToEnd(keys)).isEqualTo(64);
        assertThat(sketch.endNanos(64)).isEqualTo(6_510);
        keys.end(64);
        assertThat(sketch.nextToEnd(keys)).isEqualTo(60);
        sketch.restart();
        assertThat(sketch.hasNext()).isTrue();
        assertThat(sketch.isPlaced()).isFalse();
    }

    @Test
    void shouldPlayTheNearestOfTheTriadForAnOpenPitchThatCloses() {
        sketch.clear();
        sketch.setKey(0);
        sketch.add(Sketch.OPEN, 60, 20, 0, 100);
        sketch.add(Sketch.OPEN_IN_TRIAD, 60, 20, 200, 100);
        assertThat(sketch.played(62)).isEqualTo(62);
        sketch.skip();
        assertThat(sketch.played(62)).isEqualTo(60);
    }

    @Test
    void shouldTakeNoMoreThanThereIsRoomFor() {
        sketch.clear();
        int added = 0;
        while (sketch.add(60, 60, 20, added, 1)) {
            added++;
        }
        assertThat(added).isGreaterThan(NoteList.CAPACITY);
        assertThat(sketch.size()).isEqualTo(added);
    }

    @Test
    void shouldKeepWithinWhatIsAllowed() {
        Tonality tonality = new Tonality();
        tonality.setScale(new Scale(Scale.Kind.MAJOR_PENTATONIC, 0), true, 0);
        tonality.update();
        sketch.clear();
        sketch.add(65, 66, 20, 0, 100);
        sketch.add(Sketch.OPEN, 71, 20, 200, 100);
        sketch.keepWithin(tonality.bounds());
        assertThat(sketch.pitch(0)).isEqualTo(64);
        assertThat(sketch.nearPitch()).isEqualTo(67);
        assertThat(sketch.pitch(1)).isEqualTo(Sketch.OPEN);
        tonality.setRange(70, 60);
        tonality.update();
        sketch.keepWithin(tonality.bounds());
        assertThat(sketch.size()).isZero();
    }
}
