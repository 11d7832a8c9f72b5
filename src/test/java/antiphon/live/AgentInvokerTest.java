package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentInvokerTest {
    private final List<String> calls = new ArrayList<>();
    private final Scripted first = new Scripted("first");
    private final Scripted second = new Scripted("second");
    private final AgentInvoker both = new AgentInvoker(first, second);

    @Test
    void shouldBeginAndWorkInTheOrderInWhichTheyPassThingsOn() {
        both.begin();
        both.doWork();
        both.doWork();
        assertThat(calls)
                .containsExactly(
                        "begin first", "begin second", "work first", "work second", "work first", "work second");
        assertThat(both.name()).isEqualTo("first");
    }

    @Test
    void shouldAskToBeCalledWhenTheFirstOfThemMustBe() {
        assertThat(both.doWork()).isEqualTo(Long.MAX_VALUE);
        first.deadlineNanos = 50;
        assertThat(both.doWork()).isEqualTo(50);
        second.deadlineNanos = 40;
        assertThat(both.doWork()).isEqualTo(40);
        first.deadlineNanos = -7;
        assertThat(both.doWork()).isEqualTo(-7);
    }

    @Test
    void shouldHaveWorkIfOneOfThemHas() {
        assertThat(both.hasWork()).isFalse();
        second.waits = true;
        assertThat(both.hasWork()).isTrue();
        second.waits = false;
        first.waits = true;
        assertThat(both.hasWork()).isTrue();
    }

    private final class Scripted implements Agent {
        private final String name;
        long deadlineNanos = Long.MAX_VALUE;
        boolean waits;

        Scripted(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void begin() {
            calls.add("begin " + name);
        }

        @Override
        public long doWork() {
            calls.add("work " + name);
            return deadlineNanos;
        }

        @Override
        public boolean hasWork() {
            return waits;
        }
    }
}
