package antiphon.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelRouteTest {
    private static ChannelRoute route(String text) {
        return Objects.requireNonNull(ChannelRoute.parse(text), text);
    }

    @Test
    void shouldReadWhatPeopleWrite() {
        assertThat(route("all")).isEqualTo(ChannelRoute.ALL);
        assertThat(route("1")).isEqualTo(new ChannelRoute(ChannelRoute.ANY_INPUT, 0, 0, ChannelRoute.UNCHANGED));
        assertThat(route("1-8")).isEqualTo(new ChannelRoute(ChannelRoute.ANY_INPUT, 0, 7, ChannelRoute.UNCHANGED));
        assertThat(route("10>1")).isEqualTo(new ChannelRoute(ChannelRoute.ANY_INPUT, 9, 9, 0));
        assertThat(route("all > 16")).isEqualTo(new ChannelRoute(ChannelRoute.ANY_INPUT, 0, 15, 15));
        assertThat(route("in")).isEqualTo(new ChannelRoute(0, 0, 15, ChannelRoute.UNCHANGED));
        assertThat(route("in-2:all")).isEqualTo(new ChannelRoute(1, 0, 15, ChannelRoute.UNCHANGED));
        assertThat(route("in-16: 1-4>3")).isEqualTo(new ChannelRoute(15, 0, 3, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "17",
                "4-1",
                "1-17",
                "1>0",
                "1>17",
                ">3",
                "in-0",
                "in-17",
                "in-2:",
                "in:1:2",
                "out:1",
                "x",
                "1,2",
                "in>3",
                "-1",
                "1-",
                "99999999999"
            })
    void shouldTakeNothingElse(String text) {
        assertThat(ChannelRoute.parse(text)).isNull();
    }

    @Test
    void shouldTakeTheFirstThatFits() {
        List<ChannelRoute> routes = List.of(route("in-2:1>3"), route("1-2"), route("in:3>1"));
        assertThat(ChannelRoute.target(routes, 1, 0)).isEqualTo(2);
        assertThat(ChannelRoute.target(routes, 0, 0)).isZero();
        assertThat(ChannelRoute.target(routes, 0, 2)).isZero();
        assertThat(ChannelRoute.target(routes, 1, 2)).isEqualTo(ChannelRoute.NOWHERE);
    }
}
