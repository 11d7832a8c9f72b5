package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.config.Config;
import antiphon.config.ConfigReader;
import antiphon.config.Setting;
import antiphon.config.SettingTable;
import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.live.JournalHeader;
import antiphon.live.LiveSession;
import antiphon.live.Ports;
import antiphon.live.Take;
import antiphon.live.Tap;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.RandomModel;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Orders to a session on ports in memory, with its real threads. */
@Timeout(60)
class SteeringTest {
    @TempDir
    private Path folder = Path.of("");

    private final MemoryBackend backend = new MemoryBackend(System::nanoTime, true);
    private Path model = Path.of("");
    private Path file = Path.of("");
    private @Nullable LiveSession opened;
    private @Nullable Steering steered;

    @BeforeEach
    void open() throws IOException {
        model = folder.resolve("first.safetensors");
        RandomModel.of(8, 12, 1, 1).write(model);
        file = folder.resolve("antiphon.toml");
        write("");
        SettingsOptions options = CommandLine.populateCommand(new SettingsOptions(), "-c", file.toString());
        Config config = options.load();
        Performer performer = Performer.of(config);
        LiveSession session = new LiveSession(
                backend, performer.model(), performer.settings(), performer.seed(), Ports.unconnected(false));
        session.record("0", "today", () -> new JournalHeader.Network(model.toString(), "1", "f16"), null);
        session.start();
        opened = session;
        steered = new Steering(session, options, config, performer.model());
    }

    @AfterEach
    void close() {
        session().close();
    }

    private LiveSession session() {
        LiveSession session = opened;
        if (session == null) {
            throw new IllegalStateException("not opened");
        }
        return session;
    }

    private Steering steering() {
        Steering steering = steered;
        if (steering == null) {
            throw new IllegalStateException("not opened");
        }
        return steering;
    }

    private String order(String order) {
        return steering().carryOut(order);
    }

    /** Settings with the model and the folder of the test, and further lines. */
    private void write(String lines) throws IOException {
        Files.writeString(
                file,
                "[model]\nfile = '" + model + "'\n[record]\ndir = '" + folder.resolve("takes") + "'\n" + lines + "\n");
    }

    @Test
    void shouldWireAnewWhilePlaying() throws Exception {
        session().controls().apply(Control.THRU, 1);
        MemoryBackend.Output out = backend.output("out");
        backend.input("in").inject(Message.noteOn(0, 60, 80), System.nanoTime());
        assertThat(order("set midi.out.thru-from in:1>3")).isEqualTo("midi.out.thru-from = [\"in:1>3\"]");
        // What is taken after it is taken by the new routes.
        session().controls().apply(Control.TAP, 0);
        backend.input("in").inject(Message.noteOff(0, 60), System.nanoTime());
        backend.input("in").inject(Message.noteOn(0, 62, 80), System.nanoTime());
        backend.input("in").inject(Message.noteOff(0, 62), System.nanoTime());
        assertThat(IntStream.range(0, out.size())
                        .filter(out::isThru)
                        .map(out::message)
                        .toArray())
                .containsExactly(
                        Message.noteOn(0, 60, 80),
                        Message.noteOff(0, 60),
                        Message.noteOn(2, 62, 80),
                        Message.noteOff(2, 62));
        assertThat(order("set midi.out.thru-from nonsense"))
                .isEqualTo(
                        "refused: midi.out.thru-from = nonsense; allowed: channels such as \"all\", \"1-4\", \"10>1\" (10 as"
                                + " 1) or \"in-2:1>3\" (of the second input).");
        assertThat(order("get midi.out.thru-from")).isEqualTo("[\"in:1>3\"]");
        write("[midi.in]\nhear = ['2']\n[midi.out]\nthru-from = 'all'");
        assertThat(steering().readAgain())
                .contains(
                        "midi.in.hear = [\"2\"]", "midi.out.thru-from = [\"all\"]", "settings: read again, 2 changed.");
        assertThat(steering().readAgain()).containsExactly("settings: read again, nothing changed.");
    }

    @ParameterizedTest
    @CsvSource({
        "play.temperature, 0.8, 0.95",
        "play.mode, harmony, call",
        "play.max-polyphony, 3, 8",
        "play.mute, true, false",
        "play.register, -7, 0",
        "play.density, 2, 1",
        "play.call.rest-ms, 450, 700",
        "play.call.max-answer-seconds, 2.5, 20",
        "play.continue.max-seconds, 4, 0",
        "midi.out.channel, 5, 2",
        "midi.out.thru, true, false",
        "play.scale, F# blues, auto",
        "play.key-lock, true, false",
        "play.key-bias, 0.8, 0.2",
        "play.lowest, 40, 0",
        "play.highest, 90, 127",
        "play.max-note-ms, 500, auto",
        "play.boldness, 70, 50",
        "play.harmony-place, either, below",
        "play.harmony-level, 90, 75",
        "play.harmony-voices, 2, 1",
        "play.split, 60, auto",
        "play.memory, kept, session",
    })
    void shouldSetAndTellWhatIsSet(String id, String value, String before) {
        assertThat(order("get " + id)).isEqualTo(before);
        assertThat(order("set " + id + " " + value)).isEqualTo(id + " = " + value);
        assertThat(order("get " + id)).isEqualTo(value);
        assertThat(order("  SET  " + id + "   " + before + " ")).isEqualTo(id + " = " + before);
    }

    @Test
    void shouldChooseAPresetAndGoBackToTheSettingsWithTheNext() throws IOException {
        assertThat(order("preset")).isEmpty();
        order("set play.boldness 33");
        order("set play.swing 60");
        assertThat(order("preset ballad")).startsWith("preset = ballad: A partner for slow pieces");
        assertThat(order("preset")).isEqualTo("ballad");
        assertThat(order("get play.boldness")).isEqualTo("100");
        assertThat(order("get play.density")).isEqualTo("0.25");
        assertThat(order("preset walking")).startsWith("preset = walking: ");
        assertThat(order("get play.mode")).isEqualTo("duet");
        assertThat(order("get play.density")).isEqualTo("1");
        assertThat(order("get play.swing")).isEqualTo("60");
        assertThat(order("preset nothing")).startsWith("refused: preset nothing: no such preset; allowed: ballad, ");
        assertThat(order("get play.mode")).isEqualTo("duet");
        assertThat(order("preset ballad")).startsWith("preset = ballad");
        assertThat(order("get play.mode")).isEqualTo("call");
    }

    @Test
    void shouldTellTheEngine() {
        order("set play.mode continue");
        order("set midi.out.channel 5");
        assertThat(session().mode()).isEqualTo(Mode.CONTINUE);
        assertThat(session().controls().value(Control.CHANNEL)).isEqualTo(4);
    }

    @Test
    void shouldTellAllThatCanChange() {
        order("set play.temperature 1.25");
        List<String> lines = order("get").lines().toList();
        assertThat(lines)
                .contains("play.temperature = 1.25", "play.mode = call", "model.file = " + model)
                .hasSameSizeAs(SettingTable.ALL.stream().filter(Setting::live).toList());
    }

    @Test
    void shouldTellWhatCannotChange() {
        assertThat(order("get midi.client")).isEqualTo("antiphon");
        assertThat(order("get play.commit-ms")).isEqualTo("10");
    }

    @Test
    void shouldDrawASeedWhenNoneIsWanted() {
        String said = order("set play.seed 0");
        long seed = Long.parseLong(said.substring("play.seed = ".length()));
        assertThat(seed).isBetween(1L, 1_000_000L);
        assertThat(order("get play.seed")).isEqualTo(Long.toString(seed));
        assertThat(order("set play.seed 12")).isEqualTo("play.seed = 12");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "set play.temperature 9|refused: play.temperature = 9; allowed: 0.1 to 2.",
                "set play.mode jazz|refused: play.mode = jazz; allowed: call, continue, harmony, listen, trade, duet or follow.",
                "set play.temperature|refused: set needs a setting and a value.",
                "set|refused: set needs a setting and a value.",
                "set midi.client x|refused: midi.client: cannot change while playing; set it in the settings file and"
                        + " start again.",
                "dance|refused: no order \"dance\"; allowed: set, get, keep, preset, panic, answer, again, veto, forget, tap.",
            })
    void shouldRefuseWhatIsWrongAndChangeNothing(String order, String why) {
        String before = order("get");
        assertThat(order(order)).isEqualTo(why);
        assertThat(order("get")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"set play.temperatur 1", "get play.temperatur"})
    void shouldNameTheSettingThatWasMeant(String order) {
        assertThat(order(order)).isEqualTo("refused: " + ConfigReader.unknown("play.temperatur"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"panic", "answer", "again", "forget"})
    void shouldDoWhatIsAskedFor(String action) {
        assertThat(order(action)).isEqualTo("done: " + action);
        assertThat(order(" " + action.toUpperCase(Locale.ROOT) + " ")).isEqualTo("done: " + action);
        assertThat(session().meters().failures.get()).isZero();
    }

    @Test
    void shouldPlayOnWithAnotherNetworkAtTheNextRest() {
        Path other = folder.resolve("other one.safetensors");
        RandomModel.of(4, 8, 2, 2).write(other);
        Tap.Reader reader = session().tap().newReader();
        assertThat(order("set model.file " + other))
                .isEqualTo("model.file = " + other + "; it takes over at the next rest");
        boolean[] succeeded = new boolean[1];
        while (!succeeded[0]) {
            reader.read(entry -> succeeded[0] |= entry.what() == Tap.SUCCEEDED);
            Thread.onSpinWait();
        }
        assertThat(order("get model.file")).isEqualTo(other.toString());
        assertThat(steering().facts().model().file()).isEqualTo(other.toString());
    }

    @Test
    void shouldPlayOnWithTheOldNetworkWhenTheNewOneIsBad() throws IOException {
        Path missing = folder.resolve("missing.safetensors");
        Path bad = Files.writeString(folder.resolve("bad.safetensors"), "no network at all");
        assertThat(order("set model.file " + missing)).startsWith("refused: " + missing + ": no such file.");
        assertThat(order("set model.file " + bad))
                .startsWith("refused: " + bad + ": ")
                .doesNotContain("\n");
        assertThat(order("set model.file  ")).startsWith("refused: ").doesNotContain("\n");
        assertThat(order("get model.file")).isEqualTo(model.toString());
        backend.input("in").inject(Message.noteOn(0, 60, 80), System.nanoTime());
        backend.input("in").inject(Message.noteOff(0, 60), System.nanoTime());
        assertThat(order("answer")).isEqualTo("done: answer");
        while (session().answers() == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldReadTheSettingsAgain() throws IOException {
        assertThat(steering().readAgain()).containsExactly("settings: read again, nothing changed.");
        write("[play]\ntemperature = 1.5\ncommit-ms = 20\n[midi]\nout.channel = 3");
        assertThat(steering().readAgain())
                .containsExactly(
                        "midi.out.channel = 3",
                        "play.temperature = 1.5",
                        "play.commit-ms: changed in the file; it takes effect at the next start.",
                        "settings: read again, 3 changed.");
        assertThat(order("get play.temperature")).isEqualTo("1.5");
        assertThat(steering().readAgain()).containsExactly("settings: read again, nothing changed.");
        write("");
        assertThat(steering().readAgain()).contains("play.temperature = 0.95", "midi.out.channel = 2");
    }

    @Test
    void shouldKeepTheOldSettingsWhenTheNewOnesAreWrong() throws IOException {
        write("[play]\ntemperature = 1.5\ntop-p = 7");
        List<String> lines = steering().readAgain();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).contains("play.top-p = 7; allowed: above 0, at most 1.");
        assertThat(lines.getLast())
                .isEqualTo("settings: wrong, so the old ones stay in force; mend the file and send SIGHUP again.");
        assertThat(order("get play.temperature")).isEqualTo("0.95");
        write("[play]\ntemperature = 1.5");
        assertThat(steering().readAgain())
                .containsExactly("play.temperature = 1.5", "settings: read again, 1 changed.");
    }

    @Test
    void shouldTryANetworkAgainThatCouldNotBeReadBefore() throws IOException {
        Path first = model;
        model = folder.resolve("later.safetensors");
        write("");
        List<String> lines = steering().readAgain();
        assertThat(lines).hasSize(2).last().isEqualTo("settings: read again, nothing changed.");
        assertThat(lines.getFirst()).startsWith("refused: " + model + ": no such file.");
        assertThat(order("get model.file")).isEqualTo(first.toString());
        RandomModel.of(4, 8, 1, 2).write(model);
        assertThat(steering().readAgain())
                .containsExactly(
                        "model.file = " + model + "; it takes over at the next rest",
                        "settings: read again, 1 changed.");
    }

    @Test
    void shouldKeepTheLastMinutesAsATake() {
        backend.input("in").inject(Message.noteOn(0, 60, 80), System.nanoTime());
        backend.input("in").inject(Message.noteOff(0, 60), System.nanoTime());
        order("panic");
        String said = order("keep");
        assertThat(said).endsWith(" (1 note of yours, 0 of the answers)");
        assertThat(order("KEEP")).startsWith("kept: ");
        List<Path> takes = Take.in(folder.resolve("takes"));
        assertThat(takes).hasSize(2);
        List<Path> midi = takes.stream().map(Take::midiFile).toList();
        assertThat(midi).allMatch(Files::isRegularFile);
        assertThat(said).startsWith("kept: " + midi.getFirst());
    }

    @Test
    void shouldSayInOneLineThatNothingCanBeKept() throws IOException {
        Files.writeString(folder.resolve("takes"), "a file, no folder");
        assertThat(order("keep"))
                .startsWith("refused: " + folder.resolve("takes"))
                .contains(": cannot be written (")
                .doesNotContain("\n");
    }
}
