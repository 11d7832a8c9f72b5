package antiphon.judge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where the figures come from, so that they can be made again. Immutable.
 *
 * @param command what was typed
 * @param model the file of the network
 * @param modelSha256 of that file, in hexadecimal
 * @param corpus what the pieces were loaded from, and how many they are
 */
record Provenance(String command, Path model, String modelSha256, String corpus) {
    /** Reads the model file for its checksum. */
    static Provenance of(String command, Path model, String corpus) {
        try (InputStream in = Files.newInputStream(model);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(java.io.OutputStream.nullOutputStream());
            String sum = HexFormat.of().formatHex(digest.getMessageDigest().digest());
            return new Provenance(command, model, sum, corpus);
        } catch (IOException failure) {
            throw new JudgeException(
                    model + ": cannot be read (" + failure.getMessage() + "). Check its permissions.", failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
