package antiphon.app;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lines for people that hold names which others chose: a file's name may have line breaks and orders to terminals. */
final class Shown {
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\x{80}-\\x{9F}\\x{2028}\\x{2029}]");

    private Shown() {}

    /** The same as one line, with control characters and those that are not seen as escapes. */
    static String line(@Nullable Object text) {
        return UNSEEN.matcher(String.valueOf(text)).replaceAll(found -> switch (found.group()) {
            case "\n" -> "\\\\n";
            case "\r" -> "\\\\r";
            case "\t" -> "\\\\t";
            default -> "\\\\u" + String.format("%04X", found.group().codePointAt(0));
        });
    }
}
