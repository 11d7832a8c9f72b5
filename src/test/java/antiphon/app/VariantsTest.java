package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.judge.Variant;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

class VariantsTest {
    @Command(name = "eval")
    private static final class Eval {}

    private static List<Variant> of(String... typed) {
        return Variants.of(new CommandLine(new Eval()), List.of(typed));
    }

    private static void assertRefused(String begin, String... typed) {
        assertThatThrownBy(() -> of(typed))
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("--variant " + typed[typed.length - 1] + ": " + begin)
                .extracting(Throwable::getMessage)
                .asString()
                .hasLineCount(1);
    }

    @Test
    void shouldChangeTheSettingsThatShipAndNoOthers() {
        Settings standard = Settings.standard(Mode.CALL);
        assertThat(of("without grid: play.grid = 0", "b:play.grid=80,play.mute=false"))
                .containsExactly(
                        of().getFirst(),
                        new Variant("without grid", standard.withBeat(Settings.Beat.STANDARD.withGrid(0))),
                        new Variant("b", standard));
        assertThat(of()).as("always beside").extracting(Variant::name).containsExactly("without planning");
        assertThat(of().getFirst().settings().candidates()).isZero();
    }

    @Test
    void shouldRefuseInOneLine() {
        assertRefused("no name; allowed: NAME:SETTING=VALUE", "play.grid=0");
        assertRefused("no name; allowed: NAME:SETTING=VALUE", " :play.grid=0");
        assertRefused("\"\"; allowed: SETTING=VALUE", "a:");
        assertRefused("\"\"; allowed: SETTING=VALUE", "a:play.grid=0,");
        assertRefused("\"play.grid\"; allowed: SETTING=VALUE", "a:play.grid");
        assertRefused("play.gird: no such setting; did you mean play.grid?", "a:play.gird=0");
        assertRefused("play.grid = ", "a:play.grid=101,play.top-p=2");
        assertRefused("play.mode; the report judges mode call only.", "a:play.mode=harmony");
        assertRefused("a second column a; each needs a name of its own.", "a:play.grid=0", "a:play.grid=1");
        assertRefused("a second column Human; each needs a name of its own.", "Human:play.grid=0");
    }
}
