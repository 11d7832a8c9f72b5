package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DigestMapTest {
    /** Few different keys, so that they come again and collide; 0 is one of them. */
    @Property(tries = 100)
    void shouldKeepWhatAMapKeeps(@ForAll @Size(max = 300) List<@IntRange(max = 150) Integer> keys) {
        DigestMap digests = new DigestMap();
        Map<Long, Integer> expected = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            long key = ((long) keys.get(i) << 60) + keys.get(i) / 16;
            Integer before = expected.put(key, i);
            assertThat(digests.put(key, i)).isEqualTo(before == null ? DigestMap.ABSENT : before);
        }
    }
}
