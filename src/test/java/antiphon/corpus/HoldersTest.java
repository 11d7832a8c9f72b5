package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HoldersTest {
    private static List<Integer> of(Holders holders, long hash) {
        List<Integer> pieces = new ArrayList<>();
        holders.forEach(hash, pieces::add);
        return pieces.reversed();
    }

    /** Few different hashes, so that many pieces have the same. */
    @Property(tries = 200)
    void shouldTellOfEveryPieceThatHasAHash(@ForAll @Size(max = 300) List<@IntRange(max = 60) Integer> hashes) {
        Holders holders = new Holders();
        Map<Long, List<Integer>> expected = new HashMap<>();
        for (int piece = 0; piece < hashes.size(); piece++) {
            long hash = Long.MIN_VALUE + hashes.get(piece);
            holders.add(hash, piece);
            expected.computeIfAbsent(hash, key -> new ArrayList<>()).add(piece);
        }
        for (long hash = Long.MIN_VALUE; hash < Long.MIN_VALUE + 70; hash++) {
            assertThat(of(holders, hash)).isEqualTo(expected.getOrDefault(hash, List.of()));
        }
    }

    /** Sets of boxed numbers took more than 200 bytes a hash: a million pieces would have needed 8 GB. */
    @Example
    void shouldTakeFewBytesAHashWhileItGrows() {
        int count = 200_000;
        long bytes = Allocation.bytesOfWarmRun(() -> {
            Holders holders = new Holders();
            for (int i = 0; i < count; i++) {
                holders.add(i * 0xD1B54A32D192ED03L, i / 64);
            }
        });
        // All that it grew through, of which a third is in use at the end.
        assertThat(bytes / count).isLessThan(80);
    }

    /** The smallest hashes of a long piece lie close together. */
    @Example
    void shouldBeAsFastWithHashesThatLieCloseTogether() {
        Holders holders = new Holders();
        int count = 1_000_000;
        for (int i = 0; i < count; i++) {
            holders.add(Long.MIN_VALUE + i, i);
        }
        assertThat(of(holders, Long.MIN_VALUE + count / 2)).containsExactly(count / 2);
        assertThat(of(holders, Long.MIN_VALUE + count)).isEmpty();
    }
}
