package antiphon.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that this program writes into a folder of the system, where people edit such files: its last line has a checksum
 * of what stands before it, by which one that was edited is known, and kept.
 */
final class OwnFile {
    private static final Pattern SEAL =
            Pattern.compile("(?s)(.*)\n[^\n]*written by antiphon, sha256 ([0-9a-f]{64})[^\n]*\n?");

    private final Path path;
    private final String text;

    /**
     * What is to be in it.
     *
     * @param content lines, the last one ended too
     * @param comment how a comment of one line begins
     * @param end how it ends; may be empty
     */
    OwnFile(Path path, String content, String comment, String end) {
        this.path = path;
        text = content + comment + "written by antiphon, sha256 " + sha256(content.stripTrailing()) + end + "\n";
    }

    Path path() {
        return path;
    }

    /** All of it. */
    String text() {
        return text;
    }

    /** True if it is there just so. */
    boolean isWritten() {
        return text.equals(read());
    }

    /** True if there is a file that we did not write, or that somebody has changed since. */
    boolean isEdited() {
        if (!Files.exists(path)) {
            return false;
        }
        Matcher sealed = SEAL.matcher(read());
        return !sealed.matches() || !sha256(sealed.group(1).stripTrailing()).equals(sealed.group(2));
    }

    /** Empty if there is none; one that cannot be read is not ours. */
    private String read() {
        try {
            return Files.readString(path);
        } catch (IOException | SecurityException unreadable) {
            return "";
        }
    }

    private static String sha256(String content) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException never) {
            throw new AssertionError(never);
        }
    }
}
