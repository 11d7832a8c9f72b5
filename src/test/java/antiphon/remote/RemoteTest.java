package antiphon.remote;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.config.ControllerMap;
import antiphon.live.Commands;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Controllers, program changes and keys that steer a session with its real threads. */
@Timeout(60)
class RemoteTest {
    @TempDir
    private Path folder = Path.of("");

    private Path file() {
        return folder.resolve("state/controllers.toml");
    }

    private SteeredSession open() {
        return new SteeredSession(file(), ControllerMap.empty(), Commands.NONE, Remote.Switches.none());
    }

    @Test
    void shouldLearnTheNextControllerThatMovesAndKeepIt() throws IOException {
        try (SteeredSession steered = open()) {
            steered.play(SteeredSession.controller(2, 21, 5));
            assertThat(steered.remote.carryOut("learn play.boldness"))
                    .isEqualTo("learning play.boldness: move the controller now.");
            assertThat(steered.controllers.learning()).isEqualTo("play.boldness");
            // What moved before counts no more, and a pedal is music.
            steered.play(SteeredSession.controller(2, 64, 127), SteeredSession.controller(2, 64, 0));
            steered.play(SteeredSession.controller(2, 22, 9));
            SteeredSession.await(() -> steered.controllers.learning().isEmpty());
            assertThat(steered.remote.carryOut("controllers")).isEqualTo("play.boldness: controller 22 on channel 3");
            int copied = steered.copied().size();
            steered.play(SteeredSession.controller(2, 22, 127));
            SteeredSession.await(() -> steered.value("play.boldness").equals("100"));
            assertThat(steered.copied()).hasSize(copied);
            // The same number on another channel is another controller.
            steered.play(SteeredSession.controller(3, 22, 0));
            assertThat(steered.copied()).hasSize(copied + 1);
            assertThat(steered.value("play.boldness")).isEqualTo("100");
        }
        assertThat(Files.readString(file())).endsWith("\n\"play.boldness\" = [3, 22]\n");
        ControllerMap kept = ControllerMap.read(file());
        try (SteeredSession again = new SteeredSession(file(), kept, Commands.NONE, Remote.Switches.none())) {
            again.play(SteeredSession.controller(2, 22, 0));
            SteeredSession.await(() -> again.value("play.boldness").equals("0"));
            assertThat(again.copied()).isEmpty();
            assertThat(again.remote.carryOut("unlearn play.boldness")).isEqualTo("play.boldness: no controller.");
            again.play(SteeredSession.controller(2, 22, 64));
            assertThat(again.copied()).hasSize(1);
            assertThat(again.value("play.boldness")).isEqualTo("0");
        }
    }

    @Test
    void shouldTakeAControllerFromTheSettingThatItMovedBefore() {
        try (SteeredSession steered = open()) {
            assertThat(steered.remote.carryOut("bind play.grid 1 21"))
                    .isEqualTo("play.grid: controller 21 on channel 1");
            steered.remote.carryOut("learn play.density");
            steered.play(SteeredSession.controller(0, 21, 127));
            SteeredSession.await(() -> steered.value("play.density").equals("4"));
            assertThat(steered.remote.carryOut("controllers")).isEqualTo("play.density: controller 21 on channel 1");
            assertThat(steered.value("play.grid")).isEqualTo("80");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "learn play.boldnes | refused: play.boldnes: no such setting; did you mean play.boldness?",
                "learn model.file | refused: model.file: no controller can move it; allowed: settings that can change while"
                        + " playing, but not model.file.",
                "learn record.dir | refused: record.dir: no controller can move it; allowed: settings that can change while"
                        + " playing, but not model.file.",
                "bind play.grid 17 21 | refused: controller 21 of channel 17; allowed: 1 to 119 but the pedals (64, 66, 69) and"
                        + " the bank (32), on channels 1 to 16.",
                "bind play.grid 1 64 | refused: controller 64 of channel 1; allowed: 1 to 119 but the pedals (64, 66, 69) and"
                        + " the bank (32), on channels 1 to 16.",
                "bind play.grid | refused: bind needs a setting, a channel (1 to 16) and the number of a controller.",
                "controllers | no controller is bound to a setting.",
            })
    void shouldSayWhatIsAllowed(String order, String answer) {
        try (SteeredSession steered = open()) {
            assertThat(steered.remote.carryOut(order)).isEqualTo(answer);
        }
        assertThat(file()).doesNotExist();
    }

    @Test
    void shouldChoosePresetsByKeysAndProgramChangesThatAreNoMusic() {
        Commands commands = Commands.NONE.withKeys(24, 2).withPrograms(9, 2);
        Remote.Switches switches = new Remote.Switches(List.of("echo", "ballad"), 24, 9);
        try (SteeredSession steered = new SteeredSession(file(), ControllerMap.empty(), commands, switches)) {
            steered.play(
                    Message.noteOn(0, 25, 80),
                    Message.noteOff(0, 25),
                    Message.of(0xC0, 9, 0),
                    Message.noteOn(0, 26, 80),
                    Message.noteOff(0, 26),
                    Message.of(0xC0, 11, 0));
            SteeredSession.await(() -> steered.orders.size() == 2);
            assertThat(steered.orders).containsExactly("preset ballad", "preset echo");
            assertThat(steered.copied())
                    .containsExactly(Message.noteOn(0, 26, 80), Message.noteOff(0, 26), Message.of(0xC0, 11, 0));
        }
    }

    @Test
    void shouldStillEndWhatACopyHasBegunBeforeTheControllerWasBound() {
        try (SteeredSession steered = open()) {
            steered.play(SteeredSession.controller(0, 1, 90));
            steered.remote.carryOut("bind play.boldness 1 1");
            steered.play(SteeredSession.controller(0, 1, 0), SteeredSession.controller(0, 1, 70));
            SteeredSession.await(() -> steered.value("play.boldness").equals("55"));
            assertThat(steered.copied())
                    .containsExactly(SteeredSession.controller(0, 1, 90), SteeredSession.controller(0, 1, 0));
        }
    }
}
