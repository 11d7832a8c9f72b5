package antiphon.bench;

import antiphon.Amount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results under one condition.
 *
 * @param alone the baseline before the program was started, under the same condition
 * @param played the program, and the baseline beside it
 * @param sender how late the sender thread sends where the port cannot schedule
 * @param wakeUp how late the machine wakes a sleeping thread
 * @param realTimeWakeUp the same for a thread with real-time priority
 */
record BenchResult(
        BenchCondition condition,
        double notesPerSecond,
        BenchRecord alone,
        BenchPlay played,
        WakeUps sender,
        WakeUps wakeUp,
        WakeUps realTimeWakeUp) {

    /** By how much more than the machine's own wake-up the sender may be late, at the 99th percentile. */
    private static final long MAX_SENDER_NANOS = 500_000L;

    /** The smallest that there is. What the JVM itself makes now and then while it compiles is not each message's. */
    private static final int MIN_OBJECT_BYTES = 16;

    private static final double MIN_ASKED = 0.99;
    private static final double MIN_REFUSED = 0.9;
    private static final double MAX_PLANNED_ANEW_MILLIS = 10;

    /** One requirement: whether it was met, and a text that says so. */
    record Bar(boolean met, String text) {}

    BenchRecord record() {
        return played.record();
    }

    BenchMatch program() {
        return new BenchMatch(record(), record().program(), condition.answers());
    }

    BenchMatch baseline() {
        return new BenchMatch(record(), record().baseline(), BenchMatch.Answers.EACH);
    }

    BenchMatch baselineAlone() {
        return new BenchMatch(alone, alone.baseline(), BenchMatch.Answers.EACH);
    }

    /** The requirements, each with what was measured. */
    List<Bar> bars() {
        BenchMatch program = program();
        BenchMatch baseline = baseline();
        List<Bar> bars = new ArrayList<>();
        bars.add(thruBar(program.thru(), baseline.thru()));
        int period = record().periodFrames();
        InnerMeters inner = played.inner();
        Latencies answers = program.answers();
        if (condition.answersEach()) {
            bars.add(atMost("note -> answer: p99", answers.percentile(99), 2L * period));
            bars.add(atMost("note -> answer: p99.9", answers.percentile(99.9), 3L * period));
        }
        long lost = program.thru().lost() + answers.lost() + program.releases().lost();
        long wrong = lost + program.surplus() + program.hanging();
        long baselineLost = baseline.thru().lost();
        bars.add(new Bar(
                wrong == 0,
                "messages: " + lost + " lost, " + program.surplus() + " too many, "
                        + Amount.of(program.hanging(), "note") + " hanging"
                        + (baselineLost == 0 ? "" : " (the baseline lost " + baselineLost + ")")));
        if (inner != null) {
            bars.add(innerBar(inner, answers));
        }
        addLoad(bars);
        if (sender.known() && wakeUp.known()) {
            long moreNanos = sender.p99() - wakeUp.p99();
            bars.add(new Bar(
                    moreNanos <= MAX_SENDER_NANOS,
                    "sent - due without scheduling: p99 %.3f ms above the machine's own wake-up; allowed: 0.5"
                            .formatted(moreNanos / 1e6)));
        }
        return bars;
    }

    private Bar innerBar(InnerMeters inner, Latencies answers) {
        if (!condition.answersEach()) {
            double millis = inner.plannedAnewMillis();
            return new Bar(
                    millis <= MAX_PLANNED_ANEW_MILLIS,
                    "note -> first event planned anew: p99 %.1f ms; allowed: 10".formatted(millis));
        }
        int period = record().periodFrames();
        double apart = inner.apart(answers);
        return new Bar(apart <= period, "its own meters: %.0f frames apart; allowed: %d".formatted(apart, period));
    }

    private void addLoad(List<Bar> bars) {
        long allocated = played.allocatedBytes();
        if (allocated >= 0) {
            double each = (double) allocated / record().messages().length;
            bars.add(new Bar(
                    each < MIN_OBJECT_BYTES,
                    "live threads: %d bytes allocated, %.1f a message; allowed: none by each message, so below %d"
                            .formatted(allocated, each, MIN_OBJECT_BYTES)));
        }
        CrowdSeen crowd = played.crowd();
        if (crowd != null) {
            bars.add(crowdBar(crowd));
        }
    }

    private Bar thruBar(Latencies thru, Latencies baseline) {
        int period = record().periodFrames();
        long off = thru.otherThan(period);
        long baselineOff = baseline.otherThan(period);
        long ours = thru.otherThanWhere(period, baseline);
        if (off == 0) {
            return new Bar(true, "thru: exactly one period, " + period + " frames, jitter 0, in all " + thru.size());
        }
        String counted = "thru: " + off + " of " + thru.size() + " not exactly one period";
        return baselineOff == 0
                ? new Bar(false, counted + "; the baseline's all were")
                : new Bar(
                        ours == 0,
                        counted + "; nor were " + baselineOff + " of the baseline's, which did not survive; where it"
                                + " did, " + ours + " of ours were off");
    }

    /** It was really asked so much, and answered no more than it may; who reads got frames that who does not read lost. */
    private static Bar crowdBar(CrowdSeen crowd) {
        boolean asked = crowd.asked() >= MIN_ASKED * Crowd.REQUESTS_PER_SECOND * crowd.seconds();
        boolean refused = crowd.refused() >= MIN_REFUSED * crowd.asked();
        boolean frames = crowd.fewestFrames() > 0 && crowd.stalledFrames() < crowd.fewestFrames();
        return new Bar(asked && refused && frames, "page: " + crowd.text());
    }

    private static Bar atMost(String what, long frames, long limit) {
        return new Bar(frames <= limit, what + " " + frames + " frames; allowed: " + limit);
    }

    /** For JSON. */
    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("condition", condition.label());
        map.put("notes", record().messages().length / 2);
        map.put("notes_per_second", notesPerSecond);
        map.put("antiphon", map(program()));
        map.put("baseline", map(baseline()));
        map.put("baseline_alone", map(baselineAlone()));
        map.put("counts", new LinkedHashMap<>(record().counts()));
        map.put("clock_jumps", record().jumps());
        map.put("counts_alone", new LinkedHashMap<>(alone.counts()));
        map.put("cores_busy", played.cores());
        InnerMeters inner = played.inner();
        map.put("inner", inner == null ? null : inner.map());
        map.put("live_threads_allocated_bytes", played.allocatedBytes());
        CrowdSeen crowd = played.crowd();
        map.put("crowd", crowd == null ? null : crowd.map());
        map.put("sender_sent_minus_due", sender.map());
        map.put("machine_wake_up", wakeUp.map());
        map.put("machine_wake_up_real_time", realTimeWakeUp.map());
        List<Map<String, Object>> bars = new ArrayList<>();
        for (Bar bar : bars()) {
            bars.add(Map.of("met", bar.met(), "text", bar.text()));
        }
        map.put("bars", bars);
        map.put("said", played.said());
        return map;
    }

    private Map<String, Object> map(BenchMatch match) {
        long late = 2L * record().periodFrames();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("thru_frames", match.thru().map(record().periodFrames()));
        map.put("answer_frames", match.answers().map(late));
        map.put("release_frames", match.releases().map(late));
        map.put("surplus", match.surplus());
        map.put("hanging", match.hanging());
        return map;
    }
}
