package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SoundingKeysTest {
    private final SoundingKeys keys = new SoundingKeys();

    @Test
    void shouldBeSilentAtFirstAndWhenCleared() {
        assertSounds(Map.of());
        keys.begin(0, 5);
        keys.begin(127, Long.MAX_VALUE);
        keys.clear();
        assertSounds(Map.of());
    }

    @Property(tries = 200)
    void shouldKnowWhatSoundsAndSinceWhen(
            @ForAll @Size(max = 60) List<@IntRange(max = 127) Integer> pitches, @ForAll List<Boolean> begins) {
        keys.clear();
        Map<Integer, Long> sounding = new TreeMap<>();
        for (int i = 0; i < pitches.size(); i++) {
            int pitch = pitches.get(i);
            if (i >= begins.size() || begins.get(i)) {
                // Also before time 0, which nanoTime may be.
                keys.begin(pitch, i - 20L);
                sounding.put(pitch, i - 20L);
            } else {
                keys.end(pitch);
                sounding.remove(pitch);
            }
            assertSounds(sounding);
        }
    }

    private void assertSounds(Map<Integer, Long> sounding) {
        assertThat(keys.count()).isEqualTo(sounding.size());
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            Long onset = sounding.get(pitch);
            assertThat(keys.isSounding(pitch)).isEqualTo(onset != null);
            if (onset != null) {
                assertThat(keys.onsetNanos(pitch)).isEqualTo(onset);
            }
        }
        int oldest = sounding.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(-1);
        assertThat(keys.oldest()).isEqualTo(oldest);
    }
}
