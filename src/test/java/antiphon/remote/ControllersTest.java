package antiphon.remote;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.config.ControllerMap;
import antiphon.live.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllersTest {
    @TempDir
    private Path folder = Path.of("");

    /** Who sees that it is learned moves it at once: that must not be copied as music. */
    @Test
    void shouldMakeAControllerAnOrderBeforeItCountsAsLearned() {
        List<String> learning = new ArrayList<>();
        List<Controllers> made = new ArrayList<>();
        made.add(new Controllers(
                folder.resolve("controllers.toml"),
                ControllerMap.empty(),
                Commands.NONE,
                orders -> made.forEach(each -> learning.add(each.learning()))));
        made.getFirst().learn("play.boldness");
        made.getFirst().moved(3, 22);
        assertThat(learning).containsExactly("play.boldness");
        assertThat(made.getFirst().learning()).isEmpty();
    }
}
