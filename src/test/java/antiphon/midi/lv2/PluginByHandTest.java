package antiphon.midi.lv2;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.midi.FedInput;
import antiphon.midi.MidiReceiver;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real plugin in a host whose cycles and clock are in our hands: 256 frames at 48 kHz, with no thread of ours. */
@Timeout(120)
class PluginByHandTest {
    private static final int FRAMES = 256;
    private static final long MILLI = 1_000_000L;
    private static final int ENABLED = 2;
    private static final int FREEWHEEL = 3;
    private static final int THRU = 4;

    /** A key that comes in, and its end, as the host writes them. */
    private static final String KEY = "903c40";

    @TempDir
    private Path folder = Path.of("");

    private PluginHost host;
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void open() {
        host = PluginHost.byHand(folder);
        host.tell("id track");
    }

    @AfterEach
    void closeHost() {
        assertThat(host.number("calls")).as("what run called and must not").isZero();
        host.close();
    }

    private Plugin plugin() throws IOException {
        return new Plugin("track", SharedFile.open(folder.resolve("track")));
    }

    /** Ours, and listening. */
    private Plugin attached() throws IOException {
        Plugin plugin = plugin();
        assertThat(plugin.attach(System.nanoTime())).isTrue();
        host.run(1);
        assertThat(plugin.isOpen()).isTrue();
        plugin.beginsAnew(null);
        return plugin;
    }

    /** The host's next cycle begins then. */
    private long next() {
        return host.number("now");
    }

    private static long nanos(int frames) {
        return frames * 1_000_000_000L / 48_000;
    }

    private FedInput input() {
        FedInput input = new FedInput(
                "in",
                new MidiReceiver() {
                    @Override
                    public void receive(int message, long nanos) {
                        heard.add(Integer.toHexString(message));
                    }

                    @Override
                    public void receiveLong(byte[] bytes, int length, long nanos) {
                        heard.add("sysex " + length + " ends " + (bytes[length - 1] & 0xFF));
                    }
                },
                closed -> {});
        input.start();
        return input;
    }

    @Test
    void shouldPassWhatComesInAtItsFrameWithoutAnyProgram() {
        host.tell("midi " + KEY + " 100");
        host.tell("midi f00102f7 100");
        host.tell("midi 803c00 255");
        assertThat(host.run(1)).containsExactly("100 " + KEY, "100 f00102f7", "255 803c00");
        host.tell("port " + THRU + " 0");
        host.tell("midi " + KEY + " 1");
        assertThat(host.run(1)).isEmpty();
    }

    @Test
    void shouldEndAPassedKeyAlsoIfThruIsOffByThen() {
        host.tell("midi " + KEY);
        host.run(1);
        host.tell("port " + THRU + " 0");
        host.tell("midi 803c00");
        host.tell("midi 803d00");
        assertThat(host.run(1)).containsExactly("256 803c00");
    }

    @Test
    void shouldPlayWhatIsDueAtItsVeryFrameInTheOrderOfDueTimes() throws IOException {
        Plugin plugin = attached();
        long begin = next();
        int[] frames = {700, 3, 255, 256, 0, 511, 300};
        for (int frame : frames) {
            assertThat(plugin.to.post(Message.control(0, 20, frame % 128), begin + nanos(frame)))
                    .isTrue();
        }
        List<String> expected = IntStream.of(frames)
                .sorted()
                .mapToObj(frame -> FRAMES + frame + String.format(" b014%02x", frame % 128))
                .toList();
        assertThat(host.run(4)).isEqualTo(expected);
        assertThat(plugin.to.isEmpty()).isTrue();
        assertThat(plugin.count(Layout.LATE)).isZero();
    }

    @Test
    void shouldKeepToFramesWhenTheHostRunsItUnevenly() throws IOException {
        Plugin plugin = attached();
        for (int i = 0; i < 40; i++) {
            plugin.beat(next());
            host.run(50);
        }
        long begin = next();
        // A burst of load: cycles are run up to 4 ms late, a period is 5.3.
        for (int i = 0; i < 20; i++) {
            host.tell("late " + 2 * MILLI * (i % 3));
            plugin.beat(begin + nanos(i * FRAMES));
            plugin.to.post(Message.noteOff(0, i), begin + nanos(FRAMES * i + 128));
            assertThat(host.run(1)).hasSize(1).allSatisfy(line -> {
                int frame = Integer.parseInt(line.substring(0, line.indexOf(' '))) % FRAMES;
                assertThat(frame).isBetween(128 - 24, 128 + 24);
            });
        }
    }

    @Test
    void shouldDropNoteOnsThatAreTooLateAndNothingElse() throws IOException {
        Plugin plugin = attached();
        long begin = next();
        plugin.to.post(Message.noteOn(0, 60, 64), begin - 101 * MILLI);
        plugin.to.post(Message.noteOff(0, 61), begin - 5_000 * MILLI);
        plugin.to.post(Message.noteOn(0, 62, 64), begin - 30 * MILLI);
        assertThat(host.run(1)).containsExactly("256 803d40", "256 903e40");
        assertThat(plugin.count(Layout.DROPPED_NOTES)).isEqualTo(1);
        assertThat(plugin.count(Layout.LATE)).isEqualTo(2);
        assertThat(plugin.count(Layout.LATE_NOTES)).isEqualTo(1);
    }

    /** Two keys, one of them twice, and what lasts, on two channels. */
    private static void sound(Plugin plugin, long due) {
        for (int message : new int[] {
            Message.noteOn(1, 60, 64),
            Message.noteOn(1, 60, 70),
            Message.noteOn(15, 127, 1),
            Message.control(1, Message.SUSTAIN_PEDAL, 127),
            Message.of(0xE1, 5, 70),
            Message.of(0xD1, 9, 0)
        }) {
            plugin.to.post(message, due);
        }
    }

    private static final List<String> ENDS = List.of("813c40", "813c40", "b14000", "e10040", "d100", "8f7f40");

    private static List<String> bytes(List<String> left) {
        return left.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
    }

    @Test
    void shouldEndAllThatSoundsWhenTheProgramIsGoneOrHangs() throws IOException {
        Plugin plugin = attached();
        sound(plugin, next());
        // What is still to come must not come any more.
        plugin.to.post(Message.noteOn(1, 72, 64), next() + 700 * MILLI);
        assertThat(host.run(1)).hasSize(6);
        host.tell("skip " + 400 * MILLI);
        plugin.beat(next() - MILLI);
        assertThat(host.run(1)).isEmpty();
        host.tell("skip " + 520 * MILLI);
        assertThat(bytes(host.run(1))).containsExactlyElementsOf(ENDS);
        assertThat(plugin.isOpen()).isFalse();
        host.tell("midi " + KEY);
        assertThat(bytes(host.run(100))).containsExactly(KEY);
    }

    @Test
    void shouldListenAnewToAProgramThatGoesOnAfterAStandstill() throws IOException {
        Plugin plugin = attached();
        FedInput input = input();
        plugin.connect(input);
        host.tell("skip " + 600 * MILLI);
        host.tell("midi 903c01");
        host.run(1);
        plugin.beat(next());
        plugin.to.post(Message.noteOn(1, 72, 64), next() - MILLI);
        host.tell("midi 903d01");
        host.run(1);
        assertThat(plugin.beginsAnew(null)).isTrue();
        host.tell("midi 903e01");
        host.run(1);
        plugin.from.takeAll(plugin, false);
        // What it did not hear when it hung it does not hear later, and what it sent then is not played.
        assertThat(heard).containsExactly("13d90", "13e90");
        plugin.to.post(Message.noteOn(1, 73, 64), next());
        assertThat(bytes(host.run(1))).containsExactly("914940");
    }

    @Test
    void shouldEndAllThatSoundsWhenTheProgramLeavesAndTakeAnother() throws IOException {
        Plugin plugin = attached();
        Plugin other = plugin();
        assertThat(other.attach(System.nanoTime())).isFalse();
        sound(plugin, next());
        host.run(1);
        plugin.detach();
        assertThat(bytes(host.run(1))).containsExactlyElementsOf(ENDS);
        assertThat(other.attach(System.nanoTime())).isTrue();
        host.run(1);
        assertThat(other.isOpen()).isTrue();
    }

    @Test
    void shouldEndAllThatSoundsWhenBypassedOrRenderingFasterThanRealTime() throws IOException {
        Plugin plugin = attached();
        for (String change : List.of("port " + ENABLED + " 0", "port " + FREEWHEEL + " 1")) {
            sound(plugin, next());
            host.run(1);
            host.tell(change);
            assertThat(bytes(host.run(1))).containsExactlyElementsOf(ENDS);
            plugin.to.post(Message.noteOn(1, 60, 64), next());
            host.tell("midi " + KEY);
            assertThat(bytes(host.run(1))).containsExactly(KEY);
            host.tell("port " + ENABLED + " 1");
            host.tell("port " + FREEWHEEL + " 0");
            assertThat(host.run(1)).isEmpty();
        }
    }

    @Test
    void shouldEndWhatSoundedInTheFirstCycleAfterItWasDeactivated() throws IOException {
        Plugin plugin = attached();
        sound(plugin, next());
        host.run(1);
        host.tell("active 0");
        host.tell("active 1");
        assertThat(bytes(host.run(1))).containsExactlyElementsOf(ENDS);
    }

    @Test
    void shouldLoseNothingWhereTheHostsBufferIsSmall() throws IOException {
        Plugin plugin = attached();
        host.tell("capacity 64");
        long due = next();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            plugin.to.post(Message.noteOn(0, i, 64), due);
            sent.add(String.format("90%02x40", i));
        }
        // What can never be written does not hold up the rest.
        byte[] sysex = new byte[500];
        sysex[0] = (byte) 0xF0;
        sysex[499] = (byte) 0xF7;
        plugin.to.post(sysex, sysex.length, due);
        plugin.to.post(Message.noteOff(0, 0), due);
        sent.add("800040");
        List<String> left = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            plugin.beat(next());
            left.addAll(bytes(host.run(1)));
            if (i == 15) {
                host.tell("capacity 16384");
            }
        }
        assertThat(left).hasSize(102).containsAll(sent);
        plugin.detach();
        host.tell("capacity 64");
        List<String> ends = bytes(host.run(60));
        assertThat(ends).hasSize(99).allMatch(line -> line.startsWith("80"));
    }

    @Test
    void shouldTellEveryMessageWithItsTimeAndNoSound() throws IOException {
        Plugin plugin = attached();
        plugin.connect(input());
        host.tell("midi " + KEY + " 10");
        host.tell("midi f0" + "11".repeat(998) + "f7 11");
        host.tell("midi c205 12");
        host.tell("midi f8 13");
        host.tell("midi 90 14");
        host.run(1);
        plugin.from.takeAll(plugin, false);
        assertThat(heard).containsExactly("403c90", "sysex 1000 ends 247", "5c2", "f8");
    }

    @Test
    void shouldLoseNoNoteOffWhenTheProgramDoesNotRead() throws IOException {
        Plugin plugin = attached();
        plugin.connect(input());
        for (int i = 0; i < 2000; i++) {
            host.tell("midi b00101");
            host.tell("midi 90" + String.format("%02x", i % 128) + "40");
            host.tell("midi b00102");
            host.tell("midi b00103");
            host.tell("midi 80" + String.format("%02x", i % 128) + "00");
            plugin.beat(next());
            host.run(1);
        }
        assertThat(plugin.count(Layout.DROPPED_INPUTS)).isPositive();
        for (int i = 0; i < 10; i++) {
            plugin.from.takeAll(plugin, false);
        }
        assertThat(heard.stream().filter(message -> message.endsWith("80"))).hasSize(2000);
    }

    @Test
    void shouldAllocateNothingToReadAndToWrite() throws IOException {
        Plugin plugin = attached();
        FedInput input = new FedInput("in", (message, nanos) -> {}, closed -> {});
        input.start();
        plugin.connect(input);
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 100; i++) {
                        plugin.to.post(Message.noteOff(0, 60), 0);
                    }
                    plugin.from.takeAll(plugin, false);
                }))
                .isZero();
        for (int i = 0; i < 500; i++) {
            host.tell("midi " + KEY);
        }
        host.run(1);
        assertThat(Allocation.bytesOfWarmRun(() -> plugin.from.takeAll(plugin, false)))
                .isZero();
    }
}
