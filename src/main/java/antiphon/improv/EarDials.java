package antiphon.improv;

import antiphon.HotPath;
import antiphon.music.Message;

/** What of the human's playing is heard now: a part of {@link Dials}. The improviser's thread; allocates nothing. */
@HotPath
final class EarDials {
    private boolean ignoresDrums;
    private int inChannel;
    private boolean calibrating;

    EarDials(Settings settings) {
        ignoresDrums = settings.ignoresDrums();
        inChannel = settings.inChannel();
    }

    void follow(EarDials first) {
        ignoresDrums = first.ignoresDrums;
        inChannel = first.inChannel;
        calibrating = first.calibrating;
    }

    void set(Control control, long value) {
        switch (control) {
            case HEAR_DRUMS -> ignoresDrums = value == 0;
            case IN_CHANNEL -> inChannel = (int) value;
            case CALIBRATE -> calibrating = value != 0;
            default -> {}
        }
    }

    /** True if what this message would begin is not to be heard: drums, or what comes on another channel. */
    boolean ignores(int message) {
        return (ignoresDrums && Message.isDrums(message))
                || (inChannel != Settings.ANY_CHANNEL && Message.channel(message) != inChannel - 1);
    }

    /** True while the latency is measured: what is played is no music, and nobody answers. */
    boolean isCalibrating() {
        return calibrating;
    }
}
