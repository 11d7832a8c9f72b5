package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Heard.Keys;
import antiphon.app.Program.Ended;
import antiphon.midi.jack.JackScript;
import antiphon.midi.jack.JackServer;
import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code antiphon ports} and {@code antiphon panic} on a JACK server, and what people get to read without one. */
@Tag("jack")
@Timeout(120)
class PortCommandsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldListAndSilenceThePortsOfOthers() throws Exception {
        try (JackServer server = JackServer.start(128);
                JackScript piano = server.instrument("Grand Piano", folder.resolve("heard.json"));
                JackScript player =
                        server.player(Phrases.hanging(folder), "Grand Piano:in-1", folder.resolve("played.json"))) {
            Ended ports = Program.in(folder).on(server).runToEnd("ports", "--json", "--backend", "jack");
            assertThat(ports.errors()).isEmpty();
            assertThat(JSON.std.mapFrom(ports.output()))
                    .containsEntry("backend", "jack")
                    .extractingByKey("ports")
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .contains(
                            Map.of("name", "Grand Piano:in-1", "in", false, "out", true),
                            Map.of("name", "player:out", "in", true, "out", false));
            player.go();
            Keys keys = new Keys();
            piano.awaitMessage(each -> keys.follow(each.message()).sounding() == 1);

            Ended panic = Program.in(folder).on(server).runToEnd("panic", "--backend", "jack", "--out", "piano");
            assertThat(panic.output()).isEqualTo("silenced Grand Piano:in-1");
            assertThat(panic.errors()).isEmpty();
            assertThat(panic.status()).isZero();
            piano.stop();
        }
        Heard heard = Heard.read(folder.resolve("heard.json"));
        assertThat(heard.sounding()).isZero();
        // Every key of every channel: who panics does not know what sounds.
        assertThat(heard.noteOffs().size()).isEqualTo(16 * 128);
    }

    @Test
    @SuppressWarnings("try") // The player and the piano need only be there.
    void shouldNameTheInputsThereAreWhenTheOneAskedForIsNotThere() throws Exception {
        try (JackServer server = JackServer.start(128);
                JackScript piano = server.instrument("Grand Piano", folder.resolve("heard.json"));
                JackScript player =
                        server.player(Phrases.hanging(folder), "Grand Piano:in-1", folder.resolve("played.json"))) {
            Ended run = Program.in(folder)
                    .on(server)
                    .runToEnd("run", "--backend", "jack", "--in", "NoSuchPort", "--no-wait");
            assertThat(run.errors().lines())
                    .singleElement()
                    .asString()
                    .startsWith("midi.in \"NoSuchPort\": no such input; found ")
                    .contains("\"player:out\"")
                    .doesNotContain("Grand Piano")
                    .endsWith(". Run: antiphon ports");
            assertThat(run.output()).isEmpty();
            assertThat(run.status()).isEqualTo(69);
        }
    }

    /** Status 0 comes only after its client was closed: a dead client would make the server stand still. */
    @Test
    void shouldLeaveTheServerWhenTheWatchingIsStoppedAndLeaveRunItsName() throws Exception {
        try (JackServer server = JackServer.start(128);
                Program watch = Program.in(folder).on(server).start("ports", "--watch", "--backend", "jack")) {
            assertThat(watch.line()).startsWith("jack");
            try (Program run = Program.in(folder).on(server).run("--seed", "1")) {
                Program.Ended listed = Program.in(folder).on(server).runToEnd("ports", "--backend", "jack");
                assertThat(listed.output()).contains("antiphon:in", "antiphon:out");
                run.stop();
                assertThat(run.end().output())
                        .as("what to connect")
                        .contains("nothing is connected to antiphon:in: jack_connect \"KEYBOARD\" \"antiphon:in\"")
                        .contains("--connect auto");
            }
            watch.stop();
            Ended watched = watch.end();
            assertThat(watched.status()).isZero();
            List<String> lists = List.of(watched.output().split("(?m)^jack"));
            assertThat(lists).as("the ports of run came and went").hasSizeGreaterThan(2);
            for (int i = 1; i < lists.size(); i++) {
                assertThat(lists.get(i)).as("only what has changed is printed").isNotEqualTo(lists.get(i - 1));
            }
        }
    }

    @Test
    void shouldRunUnderTheNameThatIsGiven() throws Exception {
        try (JackServer server = JackServer.start(128);
                Program run = Program.in(folder).on(server).run("--client", "duo", "--connect", "auto")) {
            Program.Ended listed = Program.in(folder).on(server).runToEnd("ports", "--backend", "jack");
            assertThat(listed.output()).contains("duo:in", "duo:out");
            run.stop();
            assertThat(run.end().complaints().stream().map(line -> line.replaceFirst("^.*WARN ", "")))
                    .as("what it waits for, each in one line")
                    .containsExactly(
                            "midi.in \"the first keyboard\": not there; found none. It is connected when it comes.",
                            "midi.out \"the first synthesiser\": not there; found none. It is connected when it comes.");
        }
    }

    @Test
    void shouldTakeTheFirstSynthesiserThatComesLater() throws Exception {
        Program.Place place = Program.in(folder);
        try (JackServer server = JackServer.start(128);
                Program run = place.on(server).run("--connect", "auto");
                JackScript synth = server.instrument("fluid", folder.resolve("heard.json"))) {
            while (place.runToEnd("status", "--json").output().contains("the first synthesiser")) {
                Thread.onSpinWait();
            }
            assertThat(server.runToEnd(List.of("jack_lsp", "-c", "fluid:in-1"))).contains("antiphon:out");
            run.stop();
            assertThat(run.end().errors()).contains("midi.out \"fluid:in-1\": connected.");
            synth.stop();
        }
    }

    @Test
    void shouldSayWhatToStartWhenThereIsNoServer() throws Exception {
        Ended run = Program.in(folder).runToEnd("run", "--backend", "jack");
        assertThat(run.errors().lines())
                .containsExactly("jack: no server answers; one must be running. Start one (jackd -d alsa, or PipeWire"
                        + " with pw-jack), or use --backend javasound.");
        assertThat(run.output()).isEmpty();
        assertThat(run.status()).isEqualTo(69);
    }

    @Test
    void shouldRefuseWrongSettingsBeforeItOpensAPort() throws Exception {
        Path config = Files.writeString(folder.resolve("mine.toml"), "[play]\ntop-p = 1.4\nmodus = \"call\"\n");
        Ended run = Program.in(folder).runToEnd("run", "--backend", "jack", "-c", config.toString());
        List<String> lines = run.errors().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith(config + ":2: play.top-p = 1.4; allowed: above 0, at most 1.");
        assertThat(lines.get(1)).startsWith(config + ":3: play.modus");
        assertThat(run.output()).isEmpty();
        assertThat(run.status()).isEqualTo(78);
    }
}
