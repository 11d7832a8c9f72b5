package antiphon.midi.lv2;

import java.nio.file.Path;

/**
 * Which plugins are played with.
 *
 * @param folder where their files are
 * @param only the id of the one plugin that we live with: when it goes, the system is lost; empty: all that come
 * @param hears who comes is heard by every input that is open
 * @param plays who comes gets what the first output sends
 */
public record Lv2Options(Path folder, String only, boolean hears, boolean plays) {
    /** All plugins of this user. */
    public static Lv2Options all() {
        return new Lv2Options(Folder.ofUser(), "", true, true);
    }
}
