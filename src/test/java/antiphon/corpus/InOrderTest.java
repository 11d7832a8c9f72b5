package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InOrderTest {
    @Test
    void shouldHandOverInOrderAndBeginFewAheadOfWhatIsTaken() throws IOException {
        List<Integer> taken = new ArrayList<>();
        AtomicInteger begun = new AtomicInteger();

        try (InOrder three = new InOrder(3)) {
            three.run(
                    500,
                    number -> {
                        begun.incrementAndGet();
                        return 2 * number;
                    },
                    (number, given) -> {
                        assertThat(given).isEqualTo(2 * number);
                        assertThat(begun.get()).isLessThanOrEqualTo(taken.size() + 24);
                        taken.add(number);
                    });
        }

        assertThat(taken).isEqualTo(IntStream.range(0, 500).boxed().toList());
    }

    @Test
    void shouldDoJobsAtTheSameTime() throws IOException {
        CyclicBarrier both = new CyclicBarrier(2);
        List<Integer> taken = new ArrayList<>();

        try (InOrder two = new InOrder(2)) {
            two.run(
                    6,
                    number -> {
                        try {
                            return both.await();
                        } catch (Exception broken) {
                            throw new IOException(broken);
                        }
                    },
                    (number, given) -> taken.add(number));
        }

        assertThat(taken).hasSize(6);
    }

    @Test
    void shouldEndWithWhatAJobThrowsAndGoOnAfterwards() throws IOException {
        List<Integer> taken = new ArrayList<>();

        try (InOrder two = new InOrder(2)) {
            assertThatThrownBy(() -> two.run(50, InOrderTest::failingAtSeven, (number, given) -> taken.add(number)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("seven");
            assertThat(taken).containsExactly(0, 1, 2, 3, 4, 5, 6);
            two.run(2, number -> number, (number, given) -> two.run(1, inner -> 9, (inner, nine) -> taken.add(nine)));
        }

        assertThat(taken).endsWith(6, 9, 9);
    }

    private static int failingAtSeven(int number) throws IOException {
        if (number == 7) {
            throw new IOException("seven");
        }
        return number;
    }
}
