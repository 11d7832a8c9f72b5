package antiphon.app;

import antiphon.improv.Mode;
import antiphon.live.Tap;
import antiphon.live.Why;
import antiphon.music.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The text of the view in the terminal: is told what happens, and keeps what a musician wants to see. Knows no
 * terminal. One thread.
 */
final class Screen {
    private static final String[] NOTE_NAMES = {"C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"};
    private static final int PITCH_CLASSES = 12;
    private static final int LAST_NOTES = 16;
    private static final int LABEL = 9;

    /** Trouble and keys. */
    private static final int LAST_LINES = 2;

    private final Deque<String> heard = new ArrayDeque<>();
    private final List<Deque<String>> sent = Stream.generate(() -> (Deque<String>) new ArrayDeque<String>())
            .limit(Message.CHANNELS)
            .toList();
    private Tap.Turn turn = Tap.Turn.LISTENING;
    private Mode mode;
    private int key = -1;
    private boolean planned;
    private String why = "";
    private String trouble = "";

    /**
     * What changes slowly and is updated now and then.
     *
     * @param seed of the random numbers: the same playing with the same seed gets the same answer
     * @param inputs our inputs, each with what it is connected to or how to connect it
     * @param output likewise
     * @param parts who plays, the first part first
     * @param latency from a note to its thru or answer, in words; empty if nothing was measured
     */
    record Surroundings(long seed, List<String> inputs, String output, List<Player> parts, String latency) {}

    /**
     * A part that plays.
     *
     * @param label what its row is called
     * @param how its mode in words; empty for the first part, whose mode is in the first line
     * @param channel on which its notes are sent, 0–15
     */
    record Player(String label, String how, int channel) {}

    Screen(Mode mode) {
        this.mode = mode;
    }

    /** Takes what happened. */
    void take(Tap.Entry entry) {
        if (entry.what() == Tap.HEARD && Message.isNoteOn(entry.message())) {
            add(heard, Message.data1(entry.message()));
        } else if (entry.what() == Tap.SENT && Message.isNoteOn(entry.message())) {
            add(sent.get(Message.channel(entry.message())), Message.data1(entry.message()));
        } else if (entry.what() == Tap.PLAN && entry.input() == 0) {
            planned = entry.message() > 0;
        } else if (entry.what() == Tap.CHOSEN) {
            why = Why.of(entry);
        } else if (entry.what() == Tap.STATE) {
            turn = Tap.Turn.of(entry.message());
            mode = Mode.of(entry.input());
            key = (int) entry.value();
        }
    }

    /** Shows this line until there is another one: the last trouble, or the answer to a key. */
    void say(String line) {
        trouble = line;
    }

    private static void add(Deque<String> notes, int pitch) {
        notes.addLast(NOTE_NAMES[pitch % PITCH_CLASSES] + (pitch / PITCH_CLASSES - 1));
        if (notes.size() > LAST_NOTES) {
            notes.removeFirst();
        }
    }

    /** The lines that fit into so many columns and rows; the state, the last line of trouble and the keys stay longest. */
    List<String> lines(Surroundings around, int columns, int rows) {
        List<String> lines = new ArrayList<>(lines(around, columns));
        if (lines.size() > rows) {
            lines.removeIf(String::isEmpty);
        }
        while (lines.size() > Math.max(1, rows)) {
            lines.remove(Math.max(1, lines.size() - LAST_LINES - 1));
        }
        return lines;
    }

    private List<String> lines(Surroundings around, int columns) {
        List<String> lines = new ArrayList<>();
        lines.add(row("antiphon", mode.name().toLowerCase(Locale.ROOT) + " · " + state() + " · seed " + around.seed()));
        lines.add("");
        for (String input : around.inputs()) {
            lines.add(row("in", input));
        }
        lines.add(row("out", around.output()));
        lines.add("");
        lines.add(row("you", String.join(" ", heard)));
        for (Player part : around.parts()) {
            lines.add(row(part.label(), part.how() + String.join(" ", sent.get(part.channel()))));
        }
        lines.add(row("why", why.isEmpty() ? "–" : why));
        lines.add(row("key", key < 0 ? "–" : keyName()));
        lines.add(row("latency", around.latency().isEmpty() ? "–" : around.latency()));
        lines.add("");
        lines.add(trouble);
        lines.add("m mode  u mute  space answer now  a again  v veto  t tap  p panic  q quit");
        return lines.stream().map(line -> shortened(line, columns)).toList();
    }

    private String state() {
        return switch (turn) {
            case MUTED -> "muted: listening and silent";
            case ANSWERING -> "answering";
            case LISTENING -> planned ? "answering" : mode == Mode.HARMONY ? "playing with you" : "listening";
        };
    }

    private String keyName() {
        return NOTE_NAMES[key % PITCH_CLASSES] + (key >= PITCH_CLASSES ? " minor" : " major");
    }

    private static String row(String label, String text) {
        return label + " ".repeat(LABEL - label.length()) + text;
    }

    private static String shortened(String line, int columns) {
        return line.length() <= columns ? line : line.substring(0, Math.max(0, columns - 1)) + "…";
    }
}
