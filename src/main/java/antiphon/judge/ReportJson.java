package antiphon.judge;

import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.music.Note;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report for programs: every figure with its interval, and every call with its answers' figures. Pure. */
final class ReportJson {
    private ReportJson() {}

    static String of(Report report, Provenance provenance) {
        Map<String, @Nullable Object> map = Json.beginning(provenance);
        map.put("corpus", provenance.corpus());
        map.put("settings", settings(Settings.standard(Mode.CALL)));
        map.put("calls", report.exchanges().chosen().size());
        map.put("callsInCorpus", report.exchanges().all().size());
        map.put("seeds", report.improviser().contender().seeds());
        map.put("passed", report.isPassed());
        map.put("bars", report.bars().stream().map(ReportJson::bar).toList());
        map.put("responseGain", gain(report.gain()));
        map.put("keyChange", keyChange(report.keyChange()));
        map.put("inTime", InTimeJson.of(report.inTime()));
        map.put("wholeAnswers", WholeJson.of(report.wholes()));
        map.put("training", report.training().isEmpty() ? null : report.training());
        map.put("human", copying(report.human()));
        for (Judgement judgement : report.judgements()) {
            map.put(judgement.contender().name(), judgement(judgement));
        }
        Map<String, @Nullable Object> variants = new LinkedHashMap<>();
        report.variants().forEach(each -> variants.put(each.contender().name(), judgement(each)));
        map.put("variants", variants);
        map.put("perCall", perCall(report));
        return Json.text("report", map);
    }

    private static Map<String, Object> settings(Settings settings) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mode", settings.mode().name().toLowerCase(Locale.ROOT));
        map.put("temperature", settings.temperature());
        map.put("topP", settings.topP());
        map.put("minP", settings.minP());
        map.put("restSeconds", settings.restNanos() / 1e9);
        map.put("length", settings.call().length());
        map.put("mostAnswerSeconds", settings.call().maxNanos() / 1e9);
        map.put("mostPolyphony", settings.maxPolyphony());
        map.put("commitSeconds", settings.commitNanos() / 1e9);
        return map;
    }

    private static Map<String, @Nullable Object> bar(Bar bar) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("subject", bar.subject());
        map.put("measure", bar.measure());
        map.putAll(Json.interval(bar.figure()));
        map.put(bar.minimum() ? "atLeast" : "atMost", Json.number(bar.bound()));
        map.put("passed", bar.isPassed());
        return map;
    }

    private static Map<String, @Nullable Object> gain(ResponseGain gain) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("bitsPerNote", Json.interval(gain.gain()));
        map.put("bitsPerNoteAgainstAllSwapped", Json.interval(gain.gainOnAll()));
        map.put("shareAbove0", Json.interval(gain.above()));
        map.put("retrieval", Json.interval(gain.retrieval()));
        return map;
    }

    private static Map<String, @Nullable Object> keyChange(KeyChange change) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("conversations", change.sessions());
        map.put("semitones", KeyChange.SEMITONES);
        map.put("inKeyBefore", Json.interval(change.before()));
        map.put("notesUntilBack", Json.interval(change.notes()));
        map.put("window", KeyChange.WINDOW);
        map.put("inKeyAfter", numbers(change.after()));
        return map;
    }

    private static List<@Nullable Object> numbers(List<Double> values) {
        List<@Nullable Object> numbers = new ArrayList<>();
        for (double value : values) {
            numbers.add(Json.number(value));
        }
        return numbers;
    }

    private static Map<String, @Nullable Object> judgement(Judgement judgement) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("passed", judgement.isPassed());
        map.put("missed", Summary.missed(judgement.bars()));
        Map<String, Object> follows = new LinkedHashMap<>();
        judgement.follows().forEach((trait, follow) -> follows.put(trait.text(), follow(follow)));
        map.put("follow", follows);
        map.put("distribution", distribution(judgement.distribution()));
        map.put("copying", copying(judgement.copying()));
        return map;
    }

    private static Map<String, @Nullable Object> follow(Follow follow) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("r", Json.interval(follow.r()));
        map.put("closeness", follow.trait().meaning());
        map.put("generated", Json.number(follow.generated()));
        map.put("human", Json.number(follow.human()));
        map.put("shuffled", Json.number(follow.shuffled()));
        map.put("humanMinusShuffled", Json.interval(follow.gap()));
        return map;
    }

    private static Map<String, @Nullable Object> distribution(Distribution distribution) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("meanRatio", Json.interval(distribution.mean()));
        for (Feature feature : Feature.values()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("ratio", Json.number(distribution.ratios().getOrDefault(feature, Double.NaN)));
            one.put("distance", Json.number(distribution.distances().getOrDefault(feature, Double.NaN)));
            one.put("d0", Json.number(distribution.humanDistances().getOrDefault(feature, Double.NaN)));
            one.put("values", feature.meaning());
            map.put(feature.text(), one);
        }
        return map;
    }

    private static Map<String, @Nullable Object> copying(Copying copying) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("copiedFromCall", Json.interval(copying.ofCall()));
        map.put("repeatsItself", Json.interval(copying.repeated()));
        map.put("silentOrOneNote", Json.interval(copying.silent()));
        map.put("longestTrainingRunNotes", Json.interval(copying.longest()));
        map.put("longestTrainingRunOfAllNotes", Json.number(copying.longestOfAll()));
        return map;
    }

    private static List<Map<String, @Nullable Object>> perCall(Report report) {
        List<Map<String, @Nullable Object>> calls = new ArrayList<>();
        List<Exchange> chosen = report.exchanges().chosen();
        for (int i = 0; i < chosen.size(); i++) {
            Exchange exchange = chosen.get(i);
            ResponseGain.Pair pair = report.gain().pairs().get(i);
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("piece", exchange.piece());
            map.put("onsetSeconds", exchange.call().startNanos() / 1e9);
            map.put("key", Key.of(exchange.call().notes()).text());
            map.put("bitsTrue", Json.number(pair.bitsTrue()));
            map.put("bitsSwapped", numbers(pair.bitsSwapped()));
            map.put("rank", pair.rank());
            map.put("call", phrase(exchange.call().notes()));
            map.put("trueAnswer", phrase(exchange.answer()));
            List<Map<String, @Nullable Object>> answers = new ArrayList<>();
            for (int seed = 0; seed < report.improviser().contender().seeds(); seed++) {
                Map<String, @Nullable Object> answer = new LinkedHashMap<>();
                answer.put("seed", Stage.seed(seed + 1, i));
                answer.putAll(phrase(report.improviser().contender().answer(seed, i)));
                answers.add(answer);
            }
            map.put("answers", answers);
            calls.add(map);
        }
        return calls;
    }

    private static Map<String, @Nullable Object> phrase(List<Note> notes) {
        Traits traits = Traits.of(notes);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("notes", notes.size());
        map.put("seconds", notes.stream().mapToLong(Note::offsetNanos).max().orElse(0) / 1e9);
        map.put("medianIntervalSeconds", Json.number(Math.pow(2, traits.logInterval())));
        map.put("notesPerSecond", Json.number(Math.pow(2, traits.logDensity())));
        map.put("register", Json.number(traits.register()));
        map.put("velocity", Json.number(traits.velocity()));
        return map;
    }
}
