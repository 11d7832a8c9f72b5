package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.config.Config;
import antiphon.config.LiveSettings;
import antiphon.config.PlaySetting;
import antiphon.config.Setting;
import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ControlsTest {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(4, 6, 1, 1));

    private final HandDriven session =
            new HandDriven(MODEL, Settings.standard(Mode.HARMONY), 77, true, HeldNotes.NOWHERE);
    private final Controls controls = session.path.controls();

    @Test
    void shouldBeginWithTheSettings() {
        assertThat(controls.value(Control.MODE)).isEqualTo(Mode.HARMONY.number());
        assertThat(controls.value(Control.TEMPERATURE)).isEqualTo(Control.pack(0.95));
        assertThat(controls.value(Control.TOP_P)).isEqualTo(Control.pack(0.95));
        assertThat(controls.value(Control.MIN_P)).isEqualTo(Control.pack(0.02));
        assertThat(controls.value(Control.MAX_POLYPHONY)).isEqualTo(8);
        assertThat(controls.value(Control.CHANNEL)).isEqualTo(1);
        assertThat(controls.value(Control.CALL_REST)).isEqualTo(700 * HandDriven.MILLI);
        assertThat(controls.value(Control.CONTINUE_MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(controls.value(Control.SEED)).isEqualTo(77);
        assertThat(controls.value(Control.THRU)).isEqualTo(1);
        assertThat(controls.value(Control.MEMORY)).isEqualTo(1);
        assertThat(controls.value(Control.MUTE)).isZero();
        assertThat(controls.value(Control.OFFSET)).isZero();
        assertThat(controls.value(Control.IN_CHANNEL)).isZero();
        assertThat(controls.value(Control.HEAR_DRUMS)).isZero();
    }

    @Test
    void shouldBeginWithWhatTheSettingsOfAFileCarry() {
        HandDriven other = new HandDriven(MODEL, Config.standard().settings(), 77, false, HeldNotes.NOWHERE);
        for (Setting<?> setting : LiveSettings.all()) {
            if (!setting.equals(PlaySetting.SEED)) {
                assertThat(other.path
                                .controls()
                                .value(LiveSettings.control(setting).orElseThrow()))
                        .as(setting.id())
                        .isEqualTo(LiveSettings.pack(setting, setting.standard()));
            }
        }
    }

    @Test
    void shouldHoldANewValueOnceTheEngineHasTakenIt() {
        session.begin();
        assertThat(controls.submit(Control.MAX_POLYPHONY, 3)).isTrue();
        assertThat(controls.value(Control.MAX_POLYPHONY)).isEqualTo(8);
        session.work();
        assertThat(controls.value(Control.MAX_POLYPHONY)).isEqualTo(3);
    }

    @Test
    void shouldWaitUntilTheEngineHasTakenIt() throws Exception {
        session.begin();
        CountDownLatch applied = new CountDownLatch(1);
        boolean[] taken = new boolean[1];
        Thread asking = Thread.ofPlatform().start(() -> {
            taken[0] = controls.apply(Control.REGISTER, -5);
            applied.countDown();
        });
        while (applied.getCount() > 0) {
            session.work();
            Thread.onSpinWait();
        }
        asking.join();
        assertThat(taken[0]).isTrue();
        assertThat(controls.value(Control.REGISTER)).isEqualTo(-5);
    }

    @Test
    void shouldSayThatNobodyTookIt() {
        session.begin();
        assertThat(controls.apply(Control.REGISTER, -5)).isFalse();
        assertThat(controls.value(Control.REGISTER)).isZero();
    }

    @Test
    void shouldRefuseWhenTheRingIsFull() {
        session.begin();
        for (int i = 0; i < MessageRing.CAPACITY; i++) {
            assertThat(controls.submit(Control.PANIC, 0)).isTrue();
        }
        assertThat(controls.submit(Control.REGISTER, 1)).isFalse();
        assertThat(controls.apply(Control.REGISTER, 1)).isFalse();
        session.work();
        assertThat(controls.submit(Control.REGISTER, 1)).isTrue();
    }
}
