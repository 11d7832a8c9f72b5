package antiphon.judge;

import antiphon.judge.intime.SteadyPulse;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ten calls with the answers to them as boxes, time to the right and pitch upwards, two in a row: the places of
 * everything in the picture, for the page and for the PNG. Not picked by hand: the first ten calls chosen, or ten spread
 * evenly, the first seed. Immutable.
 *
 * @param panels one for each call
 */
record PianoRoll(List<Panel> panels) {
    static final int WIDTH = 1_120;
    static final int COLUMNS = 2;
    static final int PANEL_HEIGHT = 176;

    private static final int MAX_PANELS = 10;
    private static final int MAX_PIECE_PANELS = 60;
    private static final long PIECE_PANEL_NANOS = 15_000_000_000L;
    private static final int GAP = 24;
    private static final int LEFT = 30;
    private static final int TOP = 26;
    private static final int BOTTOM = 18;
    private static final int MIN_SEMITONES = 30;
    private static final int MARGIN_SEMITONES = 2;
    private static final int OCTAVE = 12;
    private static final double MIN_WIDTH = 2;
    private static final int ROOM = (WIDTH - (COLUMNS - 1) * GAP) / COLUMNS;

    /** A note in the picture; {@code strength} is how loud it is, 0 to 1. */
    record Box(double x, double y, double width, double height, boolean answer, double strength) {}

    /** A line across or down the picture with what it stands for. */
    record Mark(double position, String label) {}

    /**
     * One call and its answer.
     *
     * @param turnX where the turn passes
     * @param octaves the Cs, by their y
     * @param seconds by their x
     * @param beats by their x; none where they are not known
     */
    record Panel(
            String title,
            double x,
            double y,
            double width,
            double height,
            double turnX,
            List<Box> boxes,
            List<Mark> octaves,
            List<Mark> seconds,
            List<Double> beats) {}

    /**
     * What is to be drawn in one panel. Immutable.
     *
     * @param pulse whose beats are drawn, on the clock of the call
     */
    private record Scene(String title, Phrase call, List<Note> answer, Optional<SteadyPulse> pulse) {}

    static PianoRoll ofFirst(Report report) {
        List<Scene> scenes = new ArrayList<>();
        List<Exchange> chosen = report.exchanges().chosen();
        for (int i = 0; i < Math.min(MAX_PANELS, chosen.size()); i++) {
            Exchange exchange = chosen.get(i);
            String title = exchange.piece() + ", "
                    + Math.round(exchange.call().startNanos() / 1e9) + " s, "
                    + Key.of(exchange.call().notes()).text();
            scenes.add(new Scene(
                    title, exchange.call(), report.improviser().contender().answer(0, i), Optional.empty()));
        }
        return of(scenes);
    }

    /** Ten of these steady calls, evenly from the first to the last, with their beats; the first seed. */
    static PianoRoll ofSteady(InTimeSet set) {
        List<Scene> scenes = new ArrayList<>();
        int count = set.rows().isEmpty() ? 0 : Math.min(MAX_PANELS, set.calls().size());
        for (int i = 0; i < count; i++) {
            int number = i * set.calls().size() / count;
            InTimeCall call = set.calls().get(number);
            scenes.add(new Scene(
                    call.name() + ", " + Math.round(60e9 / call.pulse().beatNanos()) + " beats a minute",
                    call.phrase(),
                    set.rows().getFirst().contender().answer(0, number),
                    Optional.of(call.pulse())));
        }
        return of(scenes);
    }

    /** A whole piece, a few seconds in each panel. */
    static PianoRoll ofPiece(Performance piece) {
        long shareNanos = Math.max(PIECE_PANEL_NANOS, piece.endNanos() / MAX_PIECE_PANELS + 1);
        int count = (int) Math.max(1, Math.ceilDiv(piece.endNanos(), shareNanos));
        int low = piece.notes().stream().mapToInt(Note::pitch).min().orElse(60) - MARGIN_SEMITONES;
        int high = piece.notes().stream().mapToInt(Note::pitch).max().orElse(60) + MARGIN_SEMITONES;
        int spare = Math.max(0, MIN_SEMITONES - (high - low));
        List<Panel> panels = new ArrayList<>();
        int next = 0;
        for (int number = 0; number < count; number++) {
            long begin = number * shareNanos;
            Scale scale = scale(number, low - spare / 2, high + (spare + 1) / 2, shareNanos);
            List<Box> boxes = new ArrayList<>();
            for (; next < piece.notes().size() && piece.notes().get(next).onsetNanos() < begin + shareNanos; next++) {
                Note note = piece.notes().get(next);
                // What goes on into the next panel is cut at the edge of its own.
                long end = Math.min(note.offsetNanos(), begin + shareNanos);
                Note shown = new Note(
                        note.voice(),
                        note.onsetNanos() - begin,
                        end - note.onsetNanos(),
                        note.pitch(),
                        note.velocity());
                boxes.add(scale.box(shown, 0, note.voice() == Voice.ANSWER));
            }
            panels.add(new Panel(
                    clock(begin),
                    scale.x,
                    scale.y,
                    scale.width,
                    scale.height,
                    scale.x,
                    boxes,
                    scale.octaves(),
                    count == 1 || shareNanos == PIECE_PANEL_NANOS ? scale.seconds() : List.of(),
                    List.of()));
        }
        return new PianoRoll(List.copyOf(panels));
    }

    /**
     * The same call played in several ways, one in each panel.
     *
     * @param pieces by their titles
     * @param beatsNanos when the beats of the call are
     */
    static PianoRoll ofEach(Map<String, Performance> pieces, List<Long> beatsNanos) {
        List<Note> all = pieces.values().stream()
                .flatMap(piece -> piece.notes().stream())
                .toList();
        int low = all.stream().mapToInt(Note::pitch).min().orElse(60) - MARGIN_SEMITONES;
        int high = all.stream().mapToInt(Note::pitch).max().orElse(60) + MARGIN_SEMITONES;
        long endNanos = all.stream().mapToLong(Note::offsetNanos).max().orElse(0) + 300_000_000L;
        List<Panel> panels = new ArrayList<>();
        pieces.forEach((title, piece) -> {
            Scale scale = scale(panels.size(), low, high, endNanos);
            panels.add(new Panel(
                    title,
                    scale.x,
                    scale.y,
                    scale.width,
                    scale.height,
                    scale.x,
                    piece.notes().stream()
                            .map(note -> scale.box(note, 0, note.voice() == Voice.ANSWER))
                            .toList(),
                    scale.octaves(),
                    scale.seconds(),
                    beatsNanos.stream()
                            .filter(beat -> beat <= endNanos)
                            .map(scale::atX)
                            .toList()));
        });
        return new PianoRoll(List.copyOf(panels));
    }

    private static String clock(long nanos) {
        long seconds = nanos / 1_000_000_000L;
        return seconds / 60 + ":" + (seconds % 60 < 10 ? "0" : "") + seconds % 60;
    }

    private static PianoRoll of(List<Scene> scenes) {
        List<Panel> panels = new ArrayList<>();
        for (Scene scene : scenes) {
            panels.add(panel(panels.size(), scene));
        }
        return new PianoRoll(List.copyOf(panels));
    }

    int height() {
        return (panels.size() + COLUMNS - 1) / COLUMNS * PANEL_HEIGHT;
    }

    private static Panel panel(int number, Scene scene) {
        List<Note> call = scene.call.notes();
        List<Note> answer = scene.answer;
        long turnNanos = scene.call.turnNanos();
        List<Note> all = Stream.concat(call.stream(), answer.stream()).toList();
        int low = all.stream().mapToInt(Note::pitch).min().orElse(60) - MARGIN_SEMITONES;
        int high = all.stream().mapToInt(Note::pitch).max().orElse(60) + MARGIN_SEMITONES;
        int spare = Math.max(0, MIN_SEMITONES - (high - low));
        long answerNanos = answer.stream().mapToLong(Note::offsetNanos).max().orElse(0);
        Scale scale = scale(number, low - spare / 2, high + (spare + 1) / 2, turnNanos + answerNanos + 300_000_000L);
        List<Box> boxes = new ArrayList<>();
        call.forEach(note -> boxes.add(scale.box(note, 0, false)));
        answer.forEach(note -> boxes.add(scale.box(note, turnNanos, true)));
        return new Panel(
                (number + 1) + "  " + scene.title,
                scale.x,
                scale.y,
                scale.width,
                scale.height,
                scale.atX(turnNanos),
                boxes,
                scale.octaves(),
                scale.seconds(),
                scene.pulse.map(scale::beats).orElse(List.of()));
    }

    /** The place of a panel, with the lowest and the highest pitch in it and how long it is. */
    private static Scale scale(int number, int low, int high, long nanos) {
        return new Scale(
                number % COLUMNS * (ROOM + GAP) + LEFT,
                number / COLUMNS * PANEL_HEIGHT + TOP,
                ROOM - LEFT,
                PANEL_HEIGHT - TOP - BOTTOM,
                low,
                high,
                nanos);
    }

    /** Where time and pitch lie in one panel. */
    private record Scale(double x, double y, double width, double height, int low, int high, long nanos) {
        double atX(long at) {
            return x + width * at / nanos;
        }

        double atY(double pitch) {
            return y + height * (high - pitch) / (high - low);
        }

        Box box(Note note, long fromNanos, boolean answer) {
            double left = atX(note.onsetNanos() + fromNanos);
            double right = atX(note.offsetNanos() + fromNanos);
            double thickness = height / (high - low);
            return new Box(
                    left,
                    atY(note.pitch() + 0.5),
                    Math.max(MIN_WIDTH, right - left - 0.5),
                    Math.max(MIN_WIDTH, thickness),
                    answer,
                    note.velocity() / 127.0);
        }

        List<Mark> octaves() {
            List<Mark> marks = new ArrayList<>();
            for (int pitch = Math.ceilDiv(low, OCTAVE) * OCTAVE; pitch <= high; pitch += OCTAVE) {
                marks.add(new Mark(atY(pitch), "C" + (pitch / OCTAVE - 1)));
            }
            return marks;
        }

        List<Mark> seconds() {
            List<Mark> marks = new ArrayList<>();
            for (int second = 0; second * 1_000_000_000L < nanos; second += 5) {
                marks.add(new Mark(atX(second * 1_000_000_000L), second + " s"));
            }
            return marks;
        }

        List<Double> beats(SteadyPulse pulse) {
            double beat = pulse.beatNanos();
            List<Double> places = new ArrayList<>();
            for (double at = pulse.phaseNanos() - Math.floor(pulse.phaseNanos() / beat) * beat;
                    at < nanos;
                    at += beat) {
                places.add(x + width * at / nanos);
            }
            return places;
        }
    }

    /** The picture for the page. */
    Svg svg() {
        Svg svg = new Svg(WIDTH, height(), "Ten calls (human) and the improviser's answers as piano rolls");
        for (Panel panel : panels) {
            svg.rect("panel", panel.x(), panel.y(), panel.width(), panel.height());
            svg.text("title", panel.x(), panel.y() - 8, panel.title());
            for (Mark octave : panel.octaves()) {
                svg.line("grid", panel.x(), octave.position(), panel.x() + panel.width(), octave.position());
                svg.text("tick end", panel.x() - 5, octave.position() + 4, octave.label());
            }
            for (Mark second : panel.seconds()) {
                svg.text("tick middle", second.position(), panel.y() + panel.height() + 13, second.label());
            }
            for (double beat : panel.beats()) {
                svg.line("axis", beat, panel.y(), beat, panel.y() + panel.height());
            }
            svg.line("turn", panel.turnX(), panel.y(), panel.turnX(), panel.y() + panel.height());
            for (Box box : panel.boxes()) {
                svg.note(
                        box.answer() ? "answer" : "human", box.x(), box.y(), box.width(), box.height(), box.strength());
            }
        }
        return svg;
    }
}
