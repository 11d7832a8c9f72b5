package antiphon.corpus;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a table of calls, as {@code src/corpus/calls/calls.txt}, whose head says how it is written. The same table gives
 * the same notes. Stateless; any thread.
 */
public final class SteadyCalls {
    private static final Pattern HEAD =
            Pattern.compile("(?<name>[^:|]+): (?<beats>\\d{2,3}) beats, (?<steps>[1-6]) steps,"
                    + " (?<bar>[1-9]) a bar, (?<uneven>\\d{1,2}) ms(, swing (?<swing>[123](\\.\\d)?))?");
    private static final Pattern HAND = Pattern.compile("(?:right|left): (?<notes>.+)");
    private static final String HEAD_FORM = "NAME: N beats, N steps, N a bar, N ms[, swing N]";

    private SteadyCalls() {}

    /**
     * Reads all calls, in the order in which they stand.
     *
     * @throws CorpusException one line with the number of the line at fault
     */
    public static List<SteadyCall> read(Path path) {
        List<SteadyCall> calls = new ArrayList<>();
        List<String> lines = lines(path);
        int at = 0;
        while (at < lines.size()) {
            if (isEmpty(lines.get(at))) {
                at++;
                continue;
            }
            Metre metre = metre(lines.get(at), path + ":" + (at + 1));
            at++;
            List<WrittenHand> hands = new ArrayList<>();
            for (; at < lines.size() && !isEmpty(lines.get(at)); at++) {
                hands.add(hand(lines.get(at), metre, path + ":" + (at + 1)));
            }
            calls.add(played(metre, hands, path + ":" + at));
        }
        if (calls.isEmpty()) {
            throw new CorpusException(path + ": no calls; at least one needed. Fetch the file again.");
        }
        return List.copyOf(calls);
    }

    private static List<String> lines(Path path) {
        try {
            return Files.readAllLines(path);
        } catch (NoSuchFileException missing) {
            throw new CorpusException(
                    path + ": no such file; the table of beginners' calls needed. Use a whole copy of Antiphon.",
                    missing);
        } catch (CharacterCodingException notText) {
            throw new CorpusException(path + ": not UTF-8 text; a table of calls needed. Fetch it again.", notText);
        } catch (IOException failure) {
            throw new CorpusException(
                    path + ": cannot be read (" + failure.getMessage() + "); a table of calls needed. Check the file.",
                    failure);
        }
    }

    private static boolean isEmpty(String line) {
        return line.isBlank() || line.startsWith("#");
    }

    private static Metre metre(String line, String where) {
        Matcher head = HEAD.matcher(line.strip());
        if (!head.matches()) {
            throw new CorpusException(
                    where + ": \"" + line.strip() + "\"; " + HEAD_FORM + " needed. Correct the line.");
        }
        int steps = Integer.parseInt(head.group("steps"));
        String swing = head.group("swing");
        return new Metre(
                head.group("name"),
                60e9 / Integer.parseInt(head.group("beats")),
                steps,
                steps * Integer.parseInt(head.group("bar")),
                1e6 * Integer.parseInt(head.group("uneven")),
                swing == null ? 1 : Double.parseDouble(swing));
    }

    private static WrittenHand hand(String line, Metre metre, String where) {
        Matcher hand = HAND.matcher(line.strip());
        if (!hand.matches()) {
            throw new CorpusException(
                    where + ": \"" + line.strip() + "\"; right: NOTES or left: NOTES needed. Correct the line.");
        }
        return WrittenHand.of(hand.group("notes"), metre.stepsPerBar(), where);
    }

    private static SteadyCall played(Metre metre, List<WrittenHand> hands, String where) {
        if (hands.isEmpty()) {
            throw new CorpusException(
                    where + ": " + metre.name() + " has no hand; right: NOTES or left: NOTES needed." + " Add a line.");
        }
        if (hands.stream().mapToDouble(WrittenHand::barSteps).distinct().count() > 1) {
            throw new CorpusException(where + ": the first bar lines of " + metre.name()
                    + "'s hands differ; they must not. Correct them.");
        }
        return UnevenHands.play(metre, hands);
    }
}
