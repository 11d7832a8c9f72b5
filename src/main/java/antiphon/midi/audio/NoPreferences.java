package antiphon.midi.audio;

import java.util.prefs.AbstractPreferences;
import java.util.prefs.Preferences;
import java.util.prefs.PreferencesFactory;
import org.jspecify.annotations.Nullable;

/**
 * Java preferences that hold nothing and write nothing. Installed at the start of the program, because Java's
 * synthesiser asks for its preferences when it opens, ours ({@link SoftSynth}) and as a port that the user names, upon
 * which Java makes a folder in the user's home and says so on the terminal.
 */
public final class NoPreferences implements PreferencesFactory {
    private static final String PROPERTY = "java.util.prefs.PreferencesFactory";

    /** Makes these the preferences of this process, unless someone chose others or used some already. */
    public static void install() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, NoPreferences.class.getName());
        }
    }

    @Override
    public Preferences systemRoot() {
        return new Empty(null, "");
    }

    @Override
    public Preferences userRoot() {
        return new Empty(null, "");
    }

    private static final class Empty extends AbstractPreferences {
        Empty(@Nullable Empty parent, String name) {
            super(parent, name);
        }

        @Override
        protected void putSpi(String key, String value) {}

        @Override
        protected @Nullable String getSpi(String key) {
            return null;
        }

        @Override
        protected void removeSpi(String key) {}

        @Override
        protected void removeNodeSpi() {}

        @Override
        protected String[] keysSpi() {
            return new String[0];
        }

        @Override
        protected String[] childrenNamesSpi() {
            return new String[0];
        }

        @Override
        protected AbstractPreferences childSpi(String name) {
            return new Empty(this, name);
        }

        @Override
        protected void syncSpi() {}

        @Override
        protected void flushSpi() {}
    }
}
