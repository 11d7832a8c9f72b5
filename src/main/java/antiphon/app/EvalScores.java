package antiphon.app;

import antiphon.Amount;
import antiphon.corpus.Piece;
import antiphon.corpus.Score;
import antiphon.reference.ReferenceModels;
import antiphon.train.Adaptation;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code eval} has found, as a table for people and as JSON for programs.
 *
 * @param remembering the network with its memory of motifs; empty if not asked for
 * @param adaptation what it gains to remember a session; empty if not asked for
 * @param references empty if there were no counts to compare with
 */
record EvalScores(
        Score network, Optional<Score> remembering, Optional<Adaptation> adaptation, Optional<References> references) {
    /** How well the models of counts predict the same music. */
    record References(Score unigram, Score fiveGram, String counted) {}

    static EvalScores of(
            Score network,
            Optional<Score> remembering,
            Optional<Adaptation> adaptation,
            Optional<ReferenceModels> models,
            List<Piece> pieces) {
        return new EvalScores(
                network,
                remembering,
                adaptation,
                models.map(each -> new References(each.unigram(pieces), each.fiveGram(pieces), each.description())));
    }

    /** As JSON; the references are null where there are none. */
    String json() {
        Map<String, Object> map = network.toMap();
        remembering.ifPresent(score -> map.put("memory", withoutNotes(score)));
        adaptation.ifPresent(each -> map.put("adapt", map(each)));
        map.put("unigram", references.map(each -> withoutNotes(each.unigram())).orElse(null));
        map.put("ngram", references.map(each -> withoutNotes(each.fiveGram())).orElse(null));
        return json(map);
    }

    private static Map<String, Object> map(Adaptation adaptation) {
        Map<String, Object> map = map(adaptation.all());
        map.put("sessions", adaptation.sessions());
        map.put("gainedSessions", adaptation.gained());
        map.put("places", adaptation.places().stream().map(EvalScores::map).toList());
        return map;
    }

    private static Map<String, Object> map(Adaptation.Place place) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("from", place.from());
        map.put("to", place.to() == Integer.MAX_VALUE ? null : place.to());
        map.put("pieces", place.pieces());
        map.put("notes", place.notes());
        map.put("alone", place.alone());
        map.put("remembering", place.remembering());
        map.put("gain", place.gain());
        return map;
    }

    /** Maps and lists as JSON. */
    static String json(Object value) {
        try {
            return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(value);
        } catch (IOException failure) {
            throw new UserException("eval: cannot be written as JSON (" + failure.getMessage() + ").");
        }
    }

    private static @Nullable Map<String, Object> withoutNotes(Score score) {
        Map<String, Object> map = score.toMap();
        map.remove("notes");
        return map;
    }

    /** Bits per note, a line for each model, and how the network compares. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, "%-14s %8s %8s %8s %8s %8s", "bits per note", "all", "kind", "time", "pitch", "velocity"));
        lines.add(line("network", network));
        remembering.ifPresent(score -> lines.add(line("with memory", score)));
        Score.Times times = network.times();
        if (times != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "network's time where there is a pulse %.3f (%,d notes), elsewhere %.3f (%,d)",
                    times.steady(),
                    times.steadyNotes(),
                    times.free(),
                    network.notes() - times.steadyNotes()));
        }
        references.ifPresent(each -> {
            lines.add(line("5-gram", each.fiveGram()));
            lines.add(line("unigram", each.unigram()));
            lines.add(String.format(
                    Locale.ROOT,
                    "network / 5-gram %.3f, network / unigram %.3f (counted: %s)",
                    network.bitsPerNote() / each.fiveGram().bitsPerNote(),
                    network.bitsPerNote() / each.unigram().bitsPerNote(),
                    each.counted()));
        });
        adaptation.ifPresent(each -> adaptationLines(each, lines));
        lines.add(Amount.grouped(network.notes(), "note") + ", " + Amount.grouped(network.events(), "event"));
        return lines;
    }

    private static void adaptationLines(Adaptation adaptation, List<String> lines) {
        lines.add(
                String.format(Locale.ROOT, "%-14s %8s %8s %8s %8s", "in a session", "pieces", "alone", "kept", "gain"));
        adaptation.places().forEach(place -> lines.add(line(places(place), place)));
        lines.add(line("all but first", adaptation.all()));
        lines.add("better in " + adaptation.gained() + " of " + Amount.of(adaptation.sessions(), "session")
                + ", with the memory of their earlier pieces kept");
    }

    private static String places(Adaptation.Place place) {
        String last = place.to() == Integer.MAX_VALUE ? " on" : place.to() > place.from() ? " to " + place.to() : "";
        return "piece " + place.from() + last;
    }

    private static String line(String name, Adaptation.Place place) {
        return String.format(
                Locale.ROOT,
                "%-14s %8d %8.3f %8.3f %8.3f",
                name,
                place.pieces(),
                place.alone(),
                place.remembering(),
                place.gain());
    }

    private static String line(String name, Score score) {
        return String.format(
                Locale.ROOT,
                "%-14s %8.3f %8.3f %8.3f %8.3f %8.3f",
                name,
                score.bitsPerNote(),
                score.kind(),
                score.time(),
                score.pitch(),
                score.velocity());
    }
}
