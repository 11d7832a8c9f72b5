package antiphon.midi.lv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import antiphon.midi.MidiBackend.Transport;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an instance of the real plugin keeps and starts, and what it tells of its host's transport. */
@Timeout(120)
class PluginInstanceTest {
    private static final long MILLI = 1_000_000L;
    private static final long TICK_NANOS = 500 * MILLI / Message.TICKS_PER_QUARTER;

    @TempDir
    private Path folder = Path.of("");

    private PluginHost host;

    /** A clock that is heard. */
    private static final class Clock implements Transport {
        private final List<String> told = new ArrayList<>();
        private final List<Long> ticks = new ArrayList<>();

        @Override
        public void clock(int message, long nanos) {
            if (message == Message.CLOCK) {
                ticks.add(nanos);
            } else {
                told.add(Integer.toHexString(Message.status(message))
                        + (Message.length(message) == 3 ? " " + Message.sixteenths(message) : ""));
            }
        }

        @Override
        public void quartersPerBar(int quarters, long nanos) {
            told.add("bar " + quarters);
        }
    }

    @BeforeEach
    void open() {
        host = PluginHost.byHand(folder);
        host.tell("id track");
    }

    @AfterEach
    void closeHost() {
        host.close();
    }

    private Plugin attached(Clock clock) throws IOException {
        Plugin plugin = new Plugin("track", SharedFile.open(folder.resolve("track")));
        assertThat(plugin.attach(System.nanoTime())).isTrue();
        host.run(1);
        plugin.beginsAnew(clock);
        return plugin;
    }

    private void run(Plugin plugin, int cycles) {
        for (int i = 0; i < cycles; i++) {
            plugin.beat(host.number("now"));
            host.run(1);
            plugin.from.takeAll(plugin, true);
        }
    }

    @Test
    void shouldMakeAClockOfTheHostsTransport() throws IOException {
        Clock clock = new Clock();
        Plugin plugin = attached(clock);
        // Bar 3 of a waltz, half a quarter before its second beat, at 120; from the middle of a cycle on.
        host.tell("place 2 0.5 3 4 120 1 128");
        long begin = host.number("now");
        run(plugin, 200);
        assertThat(clock.told).containsExactly("bar 3", "f2 26", "fb");
        assertThat(clock.ticks).hasSizeBetween(50, 52);
        long halfPeriod = 128 * 1_000_000_000L / 48_000;
        assertThat(clock.ticks.getFirst()).isCloseTo(begin - halfPeriod, offset(MILLI / 10));
        for (int i = 1; i < clock.ticks.size(); i++) {
            assertThat(clock.ticks.get(i) - clock.ticks.get(i - 1)).isCloseTo(TICK_NANOS, offset(MILLI / 20));
        }
        host.tell("place 9 0 3 4 120 1");
        run(plugin, 2);
        assertThat(clock.told).endsWith("f2 108", "fb");
        host.tell("place 9 0 3 4 120 0");
        run(plugin, 2);
        assertThat(clock.told).endsWith("fc");
    }

    @Test
    void shouldTellThePlaceAnewWhenTheHostHasLostTime() throws IOException {
        Clock clock = new Clock();
        Plugin plugin = attached(clock);
        host.tell("place 0 0 4 4 120 1");
        run(plugin, 100);
        assertThat(clock.told).containsExactly("bar 4", "f2 0", "fb");
        // No cycle for 200 ms: the song goes on where it was, later.
        host.tell("skip " + 200 * MILLI);
        run(plugin, 50);
        assertThat(clock.told).hasSize(5);
        assertThat(clock.told.get(3)).isIn("f2 4", "f2 5");
        assertThat(clock.told.get(4)).isEqualTo("fb");
    }

    @Test
    void shouldStopTheClockWhileTheHostRendersFasterThanRealTime() throws IOException {
        Clock clock = new Clock();
        Plugin plugin = attached(clock);
        host.tell("place 0 0 4 4 120 1");
        run(plugin, 20);
        host.tell("port 3 1");
        run(plugin, 20);
        assertThat(clock.told).endsWith("fc");
        int ticks = clock.ticks.size();
        run(plugin, 20);
        assertThat(clock.ticks).hasSize(ticks);
        host.tell("port 3 0");
        run(plugin, 20);
        assertThat(clock.told).endsWith("fb");
        assertThat(clock.ticks).hasSizeGreaterThan(ticks);
    }

    @Test
    void shouldKeepItsIdWithTheSessionAndGiveACopyOfItAnother() throws Exception {
        assertThat(host.tell("state")).containsExactly("saved id track");
        host.tell("set /music/my settings.toml");
        host.run(1);
        assertThat(host.tell("state")).containsExactly("saved id track", "saved settings /music/my settings.toml");
        try (PluginHost copy = PluginHost.byHand(folder)) {
            copy.tell("id track");
            assertThat(copy.tell("state")).hasSize(1).doesNotContain("saved id track");
            assertThat(new Folder(folder).ids()).hasSize(2).contains("track");
            // A host that ended without a word leaves its file, and the next one takes it away.
            copy.kill();
        }
        assertThat(new Folder(folder).ids()).hasSize(2);
        try (PluginHost again = PluginHost.byHand(folder)) {
            assertThat(new Folder(folder).ids()).hasSize(2).contains("track");
            assertThat(again.tell("state")).hasSize(1);
        }
        assertThat(new Folder(folder).ids()).containsExactly("track");
    }

    @Test
    void shouldSeeThatTheHostIsGoneHoweverItEnded() throws Exception {
        PluginHost second = PluginHost.byHand(folder);
        second.tell("id second");
        Plugin plugin = new Plugin("second", SharedFile.open(folder.resolve("second")));
        assertThat(plugin.isThere()).isTrue();
        second.kill();
        assertThat(plugin.isThere()).isFalse();
        assertThat(plugin.attach(System.nanoTime())).isFalse();
    }

    @Test
    void shouldStartTheProgramOnlyIfAskedAndWithItsIdAndSettings() throws Exception {
        Path told = folder.resolve("told.txt");
        Path program = folder.resolve("program.sh");
        Files.writeString(program, "#!/bin/sh\necho \"$@\" > " + told + ".new; mv " + told + ".new " + told + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        try (PluginHost starting = PluginHost.byHand(folder, "ANTIPHON_BIN", program.toString())) {
            starting.tell("id mine");
            starting.tell("set /tmp/a b.toml");
            assertThat(starting.tell("run 10")).doesNotContain("worked 1");
            assertThat(told).doesNotExist();
            starting.tell("port 5 1");
            starting.tell("run 10");
            long deadline = System.nanoTime() + 30_000 * MILLI;
            while (!Files.exists(told) && System.nanoTime() - deadline < 0) {
                Thread.sleep(5);
            }
            assertThat(told).content().isEqualTo("run --lv2 mine -c /tmp/a b.toml\n");
            // It has ended at once; it is asked again, but not in every cycle.
            Files.delete(told);
            assertThat(starting.tell("run 2000").stream().filter(line -> line.startsWith("worked")))
                    .isEmpty();
            assertThat(starting.tell("run 1000").stream().filter(line -> line.startsWith("worked")))
                    .hasSize(1);
            assertThat(starting.number("calls")).isZero();
        }
    }

    @Test
    void shouldCountWhatRunMustNotCall() {
        // The proof that the other tests' zero means something.
        try (PluginHost cheating = PluginHost.byHand(folder)) {
            cheating.tell("cheat");
            assertThat(cheating.number("calls")).isEqualTo(2);
        }
    }
}
