package antiphon.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The file of settings: where it is looked for, and the text of one that has every setting with its default. */
public final class SettingsFile {
    /** Ten times what one with every setting and its explanation has. */
    private static final int MAX_KIBIBYTES = 100;

    private static final int MAX_COLUMNS = 120;
    private static final String COMMENT = "# ";

    private static final String HEAD =
            """
            # Antiphon's settings. Every key is here with the value it has when left out.
            #
            # Looked for in this order, the first found counts:
            #   1. the file given by -c FILE
            #   2. $XDG_CONFIG_HOME/antiphon/antiphon.toml (~/.config/antiphon/antiphon.toml where that is not set)
            #   3. config/antiphon.toml in the installation folder
            # A variable of the environment overrides the file: ANTIPHON_PLAY_TOP_P=0.9 stands for play.top-p.
            # A flag on the command line overrides both. Unknown keys and values out of range are refused; a variable
            # that names no setting is a warning, for container engines set ANTIPHON_PORT and the like.
            #
            # Made by `antiphon config init`; `antiphon config check` says whether a file is right, and
            # `antiphon config show` which value holds and where it comes from.
            """;

    private SettingsFile() {}

    /** A file that is no file of settings: it has too many bytes, or no end, as a device may. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;

        TooLongException() {
            super("more than " + MAX_KIBIBYTES + " KiB");
        }
    }

    /**
     * The user's own: {@code $XDG_CONFIG_HOME/antiphon/antiphon.toml}, by default below {@code ~/.config}. Never in the working
     * folder: a path that is not absolute counts as not set.
     */
    public static Path ofUser(Map<String, String> environment) {
        Path folder = Path.of(environment.getOrDefault("XDG_CONFIG_HOME", ""));
        if (!folder.isAbsolute()) {
            Path home = Path.of(environment.getOrDefault("HOME", ""));
            folder = (home.isAbsolute() ? home : Path.of(System.getProperty("user.home", "/"))).resolve(".config");
        }
        return folder.resolve("antiphon/antiphon.toml");
    }

    /**
     * The file that is read when none is named: the user's own, else the installation's.
     *
     * @param home the installation folder
     * @return empty if there is neither
     */
    public static Optional<Path> find(Path home, Map<String, String> environment) {
        return Stream.of(ofUser(environment), home.resolve("config/antiphon.toml"))
                .filter(Files::exists)
                .findFirst();
    }

    /**
     * The text of a file: UTF-8, or what the byte order mark at its beginning says, which some editors write.
     *
     * @throws java.nio.charset.CharacterCodingException if it is no such text
     * @throws TooLongException if it has more than anybody writes
     */
    static String read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes((MAX_KIBIBYTES << 10) + 1);
        }
        if (bytes.length > MAX_KIBIBYTES << 10) {
            throw new TooLongException();
        }
        Charset charset = StandardCharsets.UTF_8;
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        if (mark == 0xFFFE || mark == 0xFEFF) {
            // Which of the two orders it is, the decoder sees for itself.
            charset = StandardCharsets.UTF_16;
        }
        String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** A whole file, made from the table: each setting with its help, range, unit and default. */
    public static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        String section = "";
        for (Setting<?> setting : SettingTable.ALL) {
            if (!setting.section().equals(section)) {
                section = setting.section();
                text.append("\n[").append(section).append("]\n");
            }
            add(text, setting);
        }
        return text.toString();
    }

    private static <T> void add(StringBuilder text, Setting<T> setting) {
        String standard = setting.type().toToml(setting.standard());
        String live = setting.live() ? " Can change while playing." : "";
        setting.help().lines().forEach(paragraph -> addWrapped(text, paragraph));
        addWrapped(text, "Allowed: " + setting.allowed() + ". Default: " + standard + "." + live);
        text.append(setting.name()).append(" = ").append(standard).append('\n');
    }

    /** As comment lines of a width that people read well. */
    private static void addWrapped(StringBuilder text, String paragraph) {
        StringBuilder line = new StringBuilder(COMMENT);
        for (String word : List.of(paragraph.split(" ", -1))) {
            if (line.length() > COMMENT.length()) {
                if (line.length() + 1 + word.length() > MAX_COLUMNS) {
                    text.append(line).append('\n');
                    line = new StringBuilder(COMMENT);
                } else {
                    line.append(' ');
                }
            }
            line.append(word);
        }
        text.append(line).append('\n');
    }
}
