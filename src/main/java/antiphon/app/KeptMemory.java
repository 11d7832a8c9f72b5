package antiphon.app;

import antiphon.Amount;
import antiphon.file.AtomicFile;
import antiphon.live.LiveSession;
import antiphon.model.ModelException;
import antiphon.model.RememberedNotes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What sessions taught a network, from one to the next: a file for each network, named after the beginning of the SHA-256
 * of its file. Cold threads.
 */
final class KeptMemory {
    private static final String PREFIX = "memory-";
    private static final String SUFFIX = ".motifs";
    private static final int DIGITS = 12;

    /** Far more than the largest has. */
    private static final long MAX_BYTES = 1L << 26;

    private final Path folder;

    /** In this folder, which need not exist yet. */
    KeptMemory(Path folder) {
        this.folder = folder;
    }

    /** @param network the SHA-256 of the network's file */
    Path file(String network) {
        return folder.resolve(PREFIX + network.substring(0, Math.min(DIGITS, network.length())) + SUFFIX);
    }

    /**
     * Lets a session begin with what earlier ones taught its network. Before it is recorded.
     *
     * @param told takes a line for people, if there is something to say
     */
    void takeUp(LiveSession session, String network, Consumer<String> told) {
        RememberedNotes notes = read(network, told);
        if (notes != null && session.memory().keep(notes)) {
            told.accept("play.memory: " + Amount.of(notes.size(), "note") + " of earlier sessions remembered.");
        } else if (notes != null) {
            told.accept(setAside(file(network), "does not fit the network"));
        } else if (!Files.exists(file(network)) && othersExist()) {
            told.accept("play.memory: what is remembered in " + folder
                    + " was taught to another network, and is left aside.");
        }
    }

    /** What is kept for a network; null if nothing is, or nothing that can be read. */
    private @Nullable RememberedNotes read(String network, Consumer<String> told) {
        Path file = file(network);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelException("damaged: larger than any");
            }
            RememberedNotes notes = RememberedNotes.parse(Files.readAllBytes(file));
            if (!notes.network().equals(network)) {
                throw new ModelException("that of another network");
            }
            return notes;
        } catch (ModelException damaged) {
            told.accept(setAside(file, String.valueOf(damaged.getMessage())));
        } catch (IOException unreadable) {
            told.accept(file + ": cannot be read (" + unreadable.getMessage() + "); nothing of earlier sessions is"
                    + " remembered. Check its permissions.");
        }
        return null;
    }

    private static String setAside(Path file, String found) {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        String line = file + ": " + found + "; what antiphon has remembered needed. ";
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            return line + "It is now " + aside.getFileName() + ", and nothing of earlier sessions is remembered.";
        } catch (IOException stays) {
            return line + "It is ignored.";
        }
    }

    private boolean othersExist() {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> others = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            return others.iterator().hasNext();
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Writes what a closed session has taught its network. What the session did not begin with is kept besides.
     *
     * @param told takes a line if that fails
     */
    void keep(LiveSession session, String network, Consumer<String> told) {
        RememberedNotes taught = session.memory().remembered(network);
        if (taught.size() == 0) {
            return;
        }
        Path file = file(network);
        RememberedNotes all = session.memory().kept() == null ? taught.after(read(network, told)) : taught;
        try {
            Files.createDirectories(folder);
            AtomicFile.write(file, temporary -> Files.write(temporary, all.bytes()));
        } catch (IOException failure) {
            told.accept(AtomicFile.why(file, failure));
        }
    }

    /** Forgets what is kept for a network. */
    void forget(String network) {
        Path file = file(network);
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UserException(
                    file + ": cannot be removed (" + failure.getMessage() + "). Remove it, to forget what is in it.");
        }
    }
}
