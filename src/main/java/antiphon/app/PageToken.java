package antiphon.app;

import antiphon.config.Config;
import antiphon.dashboard.Dashboard;
import antiphon.dashboard.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * What other machines must show to the page: that of the settings, or one that is drawn once and kept, so that a tablet's
 * bookmark lasts. Only its owner can read the file.
 */
final class PageToken {
    /** 80 bits, and no letters that people take for others, because somebody may have to type it on a tablet. */
    private static final int LENGTH = 16;

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final String OURS_ALONE = "rw-------";

    private PageToken() {}

    /** Where the page is to be, with the token that others need there. */
    static Place place(Config.Page wanted) {
        boolean needed = Place.isOpenToOthers(wanted.address());
        String token = !needed || !wanted.token().isEmpty() ? wanted.token() : kept(Installation.pageToken());
        return new Place(wanted.address(), wanted.port(), token);
    }

    /**
     * Tells where the page is. What is printed for nobody to read at once, as by a service, stays in logs that others
     * read: there it has no token.
     */
    static List<String> lines(Config.Page wanted, Dashboard page, boolean readAtOnce) {
        if (!Place.isOpenToOthers(wanted.address())) {
            return List.of("page: " + page.url());
        }
        List<String> lines = new ArrayList<>();
        for (String url : page.urls()) {
            lines.add("page: " + (readAtOnce ? page.withToken(url) : url));
        }
        String token = wanted.token().isEmpty() ? "the content of " + Installation.pageToken() : "page.token";
        lines.add("page: open on the network, not encrypted. "
                + (readAtOnce
                        ? "Whoever has this address can play and steer: open it on the tablet."
                        : "Add #token= and " + token + " to the address."));
        return lines;
    }

    /** The token in this file, or a new one if there is none that is ours alone. */
    static String kept(Path file) {
        try {
            if (isOursAlone(file)) {
                String token = Files.readString(file).strip();
                if (token.length() == LENGTH && token.chars().allMatch(each -> LETTERS.indexOf(each) >= 0)) {
                    return token;
                }
            }
            String token = drawn();
            write(file, token);
            return token;
        } catch (IOException failure) {
            throw new UserException(file + ": cannot be written (" + failure.getMessage()
                    + "); needed: a place for the page's token. Set page.token, or HOME.");
        }
    }

    private static String drawn() {
        SecureRandom random = new SecureRandom();
        StringBuilder token = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            token.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return token.toString();
    }

    /** Beside the file first: it never exists with other rights, nor half written. */
    private static void write(Path file, String token) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        // Made for its owner alone.
        Path begun = Files.createTempFile(folder, "page-token-", ".new");
        Files.writeString(begun, token + "\n");
        Files.move(begun, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isOursAlone(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    .equals(OURS_ALONE);
        } catch (UnsupportedOperationException windows) {
            // There the home's rights are those of the file.
            return true;
        }
    }
}
