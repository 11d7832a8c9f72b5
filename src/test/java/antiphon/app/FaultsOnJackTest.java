package antiphon.app;

import static antiphon.app.Phrases.ANSWER_CHANNEL;
import static antiphon.app.Phrases.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.jack.JackScript;
import antiphon.midi.jack.JackScript.Timed;
import antiphon.midi.jack.JackServer;
import antiphon.model.RandomModel;
import antiphon.music.Message;
import antiphon.status.Status;
import antiphon.status.StatusReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong around {@code antiphon run} on a stage: a cable, a device that sends nonsense, a disk, a network that is
 * too large. {@code -Dantiphon.faults.times=20} makes it as long as src/docs/reliability.md says.
 */
@Tag("jack")
@Timeout(240)
class FaultsOnJackTest {
    private static final int TIMES = Integer.getInteger("antiphon.faults.times", 1);
    private static final int RATE = 48_000;
    private static final int SENSING = Message.of(Message.ACTIVE_SENSING, 0, 0);
    private static final int EVENTS_PER_SECOND = 10_000;
    private static final int LOWEST = 48;
    private static final int ROUNDS = 10;

    /** 12 times as many weights as ours. */
    private static final int LARGE = 1_800;

    @TempDir
    private Path folder = Path.of("");

    private Status status() throws Exception {
        return Status.parse(StatusReader.read(folder.resolve("state/antiphon/antiphon.sock")));
    }

    /** What comes again and again looks like an echo, and the program would ask by notes of its own whether it is one. */
    private Program.Place place(JackServer server) {
        return Program.in(folder).on(server).with("ANTIPHON_MIDI_IN_BREAK_LOOPS", "false");
    }

    /** Plays messages into a program that copies them, and returns what came out. */
    private Heard play(JackServer server, Path messages) throws Exception {
        Path heard = folder.resolve("heard.json");
        try (JackScript recorder = server.recorder("antiphon:out", heard);
                JackScript player = server.player(messages, "antiphon:in", folder.resolve("played.json"))) {
            player.go();
            player.awaitDone();
            recorder.stop();
        }
        return Heard.read(heard);
    }

    private List<Timed> played() throws Exception {
        return JackScript.read(folder.resolve("played.json"));
    }

    @Test
    void shouldEndWhatAKeyboardHoldsWhoseActiveSensingStops() throws Exception {
        Path messages = JackScript.write(
                folder.resolve("sensing.json"),
                List.of(
                        Map.entry(0.0, SENSING),
                        Map.entry(0.1, Message.noteOn(CHANNEL, 60, 80)),
                        Map.entry(0.28, SENSING),
                        // Somebody pulls the cable, and puts it in again.
                        Map.entry(1.6, SENSING),
                        Map.entry(1.7, SENSING)));
        try (JackServer server = JackServer.start(128);
                Program antiphon = Program.in(folder).on(server).run("--thru", "--mode", "listen")) {
            Heard heard = play(server, messages);
            List<Timed> sensing =
                    played().stream().filter(each -> each.message() == SENSING).toList();
            Heard ends = heard.channel(CHANNEL).noteOffs();
            assertThat(ends.size()).isEqualTo(1);
            assertThat(ends.firstFrame() - sensing.get(1).frame())
                    .as("frames without a message before the note was ended")
                    .isBetween(
                            RATE * 4L / 10,
                            sensing.get(2).frame() - sensing.get(1).frame());
            antiphon.stop();
            assertThat(antiphon.end().complaints())
                    .singleElement()
                    .asString()
                    .contains("midi.in \"antiphon:in\": its active sensing has stopped");
        }
    }

    /** Wheels, pressure and knobs as fast as a broken one sends them, with notes between them; and a full disk. */
    @Test
    void shouldCopyAFloodWholeAndLoseNoEndWhileTheDiskIsFull() throws Exception {
        Path messages = flood(3 * TIMES);
        Path takes = Files.createDirectory(folder.resolve("takes"));
        try (JackServer server = JackServer.start(128);
                Program antiphon = place(server).run("--thru", "--mode", "continue", "--record", takes.toString())) {
            // What a full disk does, the system can do to one program's files.
            assertThat(server.run(List.of("prlimit", "--pid", "" + antiphon.pid(), "--fsize=40000"))
                            .waitFor())
                    .isZero();
            Heard heard = play(server, messages);
            Status status = status();
            antiphon.stop();
            List<Timed> copied = heard.channel(CHANNEL).messages();
            // Behind it comes what takes the wheels back to rest, because the keyboard has gone.
            assertThat(copied.subList(0, Math.min(copied.size(), played().size())))
                    .as("thru, complete, each at the very frame")
                    .isEqualTo(played());
            assertThat(heard.channel(CHANNEL).sounding()).isZero();
            assertThat(antiphon.end().complaints())
                    .allSatisfy(line -> assertThat(line).containsAnyOf("cannot be written any more", "in ring: full"))
                    .anySatisfy(line -> assertThat(line).contains(".journal: cannot be written any more"));
            assertThat(status.counts().failures()).isZero();
            System.out.println("Flood: " + played().size() + " messages copied, "
                    + status.counts().inRingDrops() + " not heard, 0 notes hanging.");
        }
    }

    private Path flood(int seconds) throws Exception {
        List<Map.Entry<Double, Integer>> messages = new ArrayList<>();
        for (int i = 0; i < seconds * EVENTS_PER_SECOND; i++) {
            int pitch = LOWEST + i / 100 % 36;
            int message =
                    switch (i % 100) {
                        case 0 -> Message.noteOn(CHANNEL, pitch, 80);
                        case 50 -> Message.noteOff(CHANNEL, pitch);
                        default ->
                            switch (i % 3) {
                                case 0 -> Message.of(0xE0 | CHANNEL, i & 0x7F, i >> 7 & 0x7F);
                                case 1 -> Message.of(0xD0 | CHANNEL, i & 0x7F, 0);
                                default -> Message.of(0xB0 | CHANNEL, 1 + i % 31, i & 0x7F);
                            };
                    };
            messages.add(Map.entry((double) i / EVENTS_PER_SECOND, message));
        }
        return JackScript.write(folder.resolve("flood.json"), messages);
    }

    @Test
    void shouldEndWhatIsHeldWheneverAKeyboardIsUnplugged() throws Exception {
        int rounds = ROUNDS * TIMES;
        Path heardFile = folder.resolve("heard.json");
        Path hanging = Phrases.hanging(folder);
        try (JackServer server = JackServer.start(128);
                JackScript piano = server.instrument("piano", heardFile);
                Program antiphon = place(server).run("--thru", "--mode", "listen", "--out", "piano")) {
            for (int round = 0; round < rounds; round++) {
                try (JackScript player = server.player(hanging, "antiphon:in", folder.resolve("played.json"))) {
                    player.go();
                    player.awaitDone();
                }
                // Does not come back if the note hangs.
                piano.awaitMessage(each -> Message.isNoteOff(each.message()));
            }
            antiphon.stop();
            piano.stop();
            Heard heard = Heard.read(heardFile);
            assertThat(heard.noteOns().size()).isEqualTo(rounds);
            assertThat(heard.sounding()).isZero();
            assertThat(antiphon.end().complaints()).isEmpty();
            System.out.println("Unplugged with a key held: " + rounds + " times, 0 notes hanging.");
        }
    }

    /** Another period, too, as when somebody changes it in a tool that restarts the server. */
    @Test
    void shouldWaitForAServerThatIsKilledInMidNoteAndPlayOnWithTheNext() throws Exception {
        try (JackServer server = JackServer.start(128);
                Program antiphon = Program.in(folder).on(server).run("--thru", "--mode", "listen")) {
            try (JackScript player =
                    server.player(Phrases.hanging(folder), "antiphon:in", folder.resolve("played.json"))) {
                player.go();
                player.awaitDone();
                server.kill();
            }
            server.startAgain(256);
            Heard heard = play(server, Phrases.full(folder));
            Status status = status();
            antiphon.stop();
            assertThat(heard.channel(CHANNEL).messages())
                    .as("thru, complete, each at the very frame")
                    .isEqualTo(played());
            assertThat(heard.sounding()).isZero();
            assertThat(status.counts().heldNotes())
                    .as("what the first server's keyboard held")
                    .isZero();
            assertThat(status.counts().failures()).isZero();
        }
    }

    @Test
    void shouldCopyExactlyWhileItsNetworkIsTenTimesTooLarge() throws Exception {
        Path model = folder.resolve("large.safetensors");
        RandomModel.of(64, LARGE, 2, 3).write(model);
        try (JackServer server = JackServer.start(128);
                Program antiphon =
                        Program.in(folder).on(server).run("--thru", "--mode", "harmony", "--model", model.toString())) {
            Heard heard = play(server, Phrases.full(folder));
            Status status = status();
            antiphon.stop();
            assertThat(heard.channel(CHANNEL).messages())
                    .as("thru, complete, each at the very frame")
                    .isEqualTo(played());
            assertThat(heard.channel(ANSWER_CHANNEL).noteOns().size()).isPositive();
            assertThat(status.counts().failures()).isZero();
            System.out.println("Network of " + LARGE + ": " + played().size() + " messages copied at their frames, "
                    + heard.channel(ANSWER_CHANNEL).noteOns().size() + " notes answered.");
        }
    }
}
