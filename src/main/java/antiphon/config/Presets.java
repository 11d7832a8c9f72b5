package antiphon.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The presets in some folders. They are read when they are asked for, so that one that was just written or mended can be
 * chosen at once. Any cold thread.
 */
public final class Presets implements PresetsByName {
    private static final String SUFFIX = ".toml";

    /** More than anybody chooses between; a folder of something else may have more. */
    private static final int MAX_FILES = 500;

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _-]{0,39}");

    private final List<Path> folders;

    /** @param folders a preset in an earlier one counts before one of the same name in a later one; some may be missing */
    public Presets(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /**
     * The user's own, in {@code presets} beside {@link SettingsFile#ofUser}, and those that come with the program.
     *
     * @param home the installation folder
     */
    public static Presets of(Path home, Map<String, String> environment) {
        return new Presets(
                List.of(SettingsFile.ofUser(environment).resolveSibling("presets"), home.resolve("config/presets")));
    }

    /**
     * All that can be read.
     *
     * @param presets by name
     * @param mistakes one line each, of those that cannot
     */
    public record Listing(List<Preset> presets, List<String> mistakes) {}

    /** Reads all. */
    public Listing all() {
        List<Preset> presets = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        files().forEach((name, file) -> {
            try {
                presets.add(ConfigReader.preset(name, file));
            } catch (ConfigException wrong) {
                mistakes.addAll(wrong.mistakes());
            }
        });
        return new Listing(presets, mistakes);
    }

    /** Those too that cannot be read. */
    @Override
    public List<String> names() {
        return List.copyOf(files().keySet());
    }

    /** Only names that the folders have are looked up: a name is no path. */
    @Override
    public Preset named(String name) {
        Map<String, Path> files = files();
        Path file = files.get(name);
        if (file == null) {
            throw new ConfigException(List.of("preset " + ConfigException.shortened(name)
                    + ": no such preset; allowed: "
                    + allowedNames()
                    + "."));
        }
        return ConfigReader.preset(name, file);
    }

    private String allowedNames() {
        List<String> names = names();
        return names.isEmpty() ? "none, for there are no presets in " + folders : String.join(", ", names);
    }

    private Map<String, Path> files() {
        Map<String, Path> files = new TreeMap<>();
        for (Path folder : folders) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
                for (Path file : found) {
                    String name = String.valueOf(file.getFileName());
                    name = name.substring(0, name.length() - SUFFIX.length());
                    if (NAME.matcher(name).matches() && files.size() < MAX_FILES) {
                        files.putIfAbsent(name, file);
                    }
                }
            } catch (NoSuchFileException | NotDirectoryException none) {
                // Not everybody has presets of their own.
            } catch (IOException unreadable) {
                throw new ConfigException(List.of(
                        folder + ": cannot be read (" + unreadable.getMessage() + "); allowed: a folder of presets."));
            }
        }
        return files;
    }
}
