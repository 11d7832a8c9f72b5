package antiphon.status;

import antiphon.improv.Control;
import antiphon.live.LiveSession;
import antiphon.live.Meter;
import antiphon.live.Meters;
import antiphon.midi.MidiBackend;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a running program is, does and has counted, at one moment: the document behind {@code antiphon status --json}.
 *
 * <p>Its JSON has an object for each component here, under the component's name. New fields may be added at any time;
 * {@link #SCHEMA} grows when a field changes its meaning or is removed. Figures of different meters are not of one
 * instant.
 *
 * @param schema {@value #SCHEMA}
 * @param latency what is timed, by the meter's name: {@code inToThru}, {@code inToHeard}, {@code inToDecided},
 *     {@code inToAnswer}, {@code engine}, {@code sentMinusDue}; each says in words from when to when
 * @param silence why the partner is not heard just now, in sentences, the weightiest first; none in the document of an older
 *     program
 */
public record Status(
        int schema,
        Program program,
        Midi midi,
        Model model,
        Counts counts,
        Memory memory,
        Map<String, Figure> latency,
        List<String> silence) {
    public Status {
        silence = silence == null ? List.of() : List.copyOf(silence);
    }

    /** Of the documents that this build writes and reads. */
    public static final int SCHEMA = 1;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final JSON JSON_TEXT = JSON.std
            .with(JSON.Feature.WRITE_NULL_PROPERTIES)
            .with(JSON.Feature.WRITE_RECORD_FIELDS_IN_DECLARATION_ORDER);

    /**
     * The process and how it plays.
     *
     * @param version of the build
     * @param client the name that other programs see, and that its status is asked for by
     * @param ready ports are open, threads run, and the MIDI system is there
     * @param mode {@code call}, {@code continue} …
     * @param seed never 0
     */
    public record Program(
            String version, String client, long pid, double uptimeSeconds, boolean ready, String mode, long seed) {}

    /**
     * The ports.
     *
     * @param in full names, as other programs see them, with commas between
     * @param out likewise
     * @param thru the human's messages are copied to the output
     * @param framesPerSecond 0 where the back end knows no audio frames
     * @param framesPerPeriod likewise; with JACK what comes in is out no sooner than a period later
     * @param missing ports that are wished for and not there, with commas between; empty if none
     */
    public record Midi(
            String backend,
            String in,
            String out,
            boolean thru,
            int framesPerSecond,
            int framesPerPeriod,
            String missing) {}

    /**
     * The network.
     *
     * @param file as in the settings
     * @param sha256 of that file, in hexadecimal digits; empty if it has gone
     */
    public record Model(String file, long bytes, int layers, int width, String sha256) {}

    /**
     * Since the start, but for {@code heldNotes}.
     *
     * @param messagesIn channel messages that came in
     * @param messagesOut messages of the answers, handed to a port
     * @param inRingDrops lost because the engine could not keep up
     * @param outRingDrops lost because the sender could not keep up
     * @param portRefusals messages that a port did not take; what must not be lost was tried again
     * @param late messages that left after they were due, by the back end's own reckoning: on JACK those that missed
     *     their frame
     * @param lateNotes notes of the answers that began more than 20 ms after they were due
     * @param droppedLateNotes notes of the answers that could have begun only more than 100 ms after they were due, and
     *     were not played
     * @param xruns cycles that the MIDI system skipped or ran late
     * @param callbackErrors exceptions on the MIDI system's thread
     * @param droppedInputs messages that were too long or not whole
     * @param droppedOutputs messages that the MIDI system had no room for
     * @param failures exceptions on the engine or sender thread, all notes having been released
     * @param answers begun
     * @param notesAnswered notes of the answers
     * @param heldNotes notes of the answer that sound now
     */
    public record Counts(
            long messagesIn,
            long messagesOut,
            long inRingDrops,
            long outRingDrops,
            long portRefusals,
            long late,
            long lateNotes,
            long droppedLateNotes,
            long xruns,
            long callbackErrors,
            long droppedInputs,
            long droppedOutputs,
            long failures,
            long answers,
            long notesAnswered,
            int heldNotes) {}

    /**
     * What the process takes.
     *
     * @param residentBytes of the whole process; null where the system does not say ({@code /proc})
     * @param heapBytes objects, dead ones included
     * @param gcPauses times the collector stopped the program
     * @param gcPauseMillis how long, all together
     * @param liveAllocatedBytes what the engine's and the sender's threads have made since they began: it grows while the
     *     path is warmed up and stays the same from then on; 0 where the JVM does not say
     */
    public record Memory(
            @Nullable Long residentBytes, long heapBytes, long gcPauses, long gcPauseMillis, long liveAllocatedBytes) {}

    /**
     * What one meter shows.
     *
     * @param from where a span begins, in words
     * @param to where it ends
     * @param lastMinute the last 50 to 60 seconds
     */
    public record Figure(String from, String to, Window sinceStart, Window lastMinute) {}

    /**
     * Spans measured in some time. Told within one per cent; more than 10 s counts as 10 s.
     *
     * @param count how many; if 0, all else is 0
     * @param totalNanos their sum
     * @param frames the same in audio frames; null where there are none
     */
    public record Window(long count, long totalNanos, Nanos nanos, @Nullable Frames frames) {
        static Window of(Histogram histogram, int framesPerSecond) {
            Nanos nanos = Nanos.of(histogram);
            return new Window(
                    histogram.getTotalCount(),
                    Math.round(histogram.getMean() * histogram.getTotalCount()),
                    nanos,
                    framesPerSecond == 0 ? null : Frames.of(nanos, framesPerSecond));
        }
    }

    /** @param p50 the median; {@code p999}: of a thousand spans one is longer */
    public record Nanos(long min, long mean, long p50, long p90, long p99, long p999, long max) {
        static Nanos of(Histogram histogram) {
            if (histogram.getTotalCount() == 0) {
                return new Nanos(0, 0, 0, 0, 0, 0, 0);
            }
            return new Nanos(
                    histogram.getMinValue(),
                    Math.round(histogram.getMean()),
                    histogram.getValueAtPercentile(50),
                    histogram.getValueAtPercentile(90),
                    histogram.getValueAtPercentile(99),
                    histogram.getValueAtPercentile(99.9),
                    histogram.getMaxValue());
        }
    }

    /** {@link Nanos} as a probe that counts audio frames would see them. */
    public record Frames(double min, double mean, double p50, double p90, double p99, double p999, double max) {
        static Frames of(Nanos nanos, int perSecond) {
            return new Frames(
                    frames(nanos.min(), perSecond),
                    frames(nanos.mean(), perSecond),
                    frames(nanos.p50(), perSecond),
                    frames(nanos.p90(), perSecond),
                    frames(nanos.p99(), perSecond),
                    frames(nanos.p999(), perSecond),
                    frames(nanos.max(), perSecond));
        }

        private static double frames(long nanos, int perSecond) {
            return Math.round(nanos * (100.0 * perSecond) / NANOS_PER_SECOND) / 100.0;
        }
    }

    /**
     * What the session itself does not know.
     *
     * @param version of the build
     * @param client its name, as it is asked for
     * @param model the network that plays
     */
    public record Facts(String version, String client, Model model) {}

    /** The status of a session now. Any thread. */
    public static Status of(LiveSession session, Facts facts) {
        MidiBackend.Frames frames = session.backend().frames();
        return new Status(
                SCHEMA,
                new Program(
                        facts.version(),
                        facts.client(),
                        ProcessHandle.current().pid(),
                        Footprint.uptimeSeconds(),
                        session.isReady(),
                        session.mode().name().toLowerCase(Locale.ROOT),
                        session.controls().value(Control.SEED)),
                new Midi(
                        session.backend().name(),
                        String.join(", ", session.inputNames()),
                        String.join(", ", session.outputNames()),
                        session.controls().value(Control.THRU) != 0,
                        frames.perSecond(),
                        frames.perPeriod(),
                        String.join(", ", session.connections().missing())),
                facts.model(),
                counts(session),
                new Memory(
                        Footprint.residentBytes(),
                        Footprint.heapBytes(),
                        Footprint.gcPauses(),
                        Footprint.gcPauseMillis(),
                        Footprint.allocatedBytes(session.progress().threadIds())),
                latency(session.meters(), frames.perSecond()),
                Silence.of(session));
    }

    private static Counts counts(LiveSession session) {
        Meters meters = session.meters();
        MidiBackend.Troubles troubles = session.backend().troubles();
        return new Counts(
                meters.messagesIn.get(),
                meters.messagesOut.get(),
                meters.inRingDrops.get(),
                meters.outRingDrops.get(),
                meters.portRefusals.get(),
                session.lateCount(),
                session.lateNotes(),
                session.droppedLateNotes(),
                troubles.xruns(),
                troubles.callbackErrors(),
                troubles.droppedInputs(),
                troubles.droppedOutputs(),
                meters.failures.get(),
                session.answers(),
                session.notesAnswered(),
                session.heldNotes());
    }

    /** What was timed, by the meter's name. */
    static Map<String, Figure> latency(Meters meters, int framesPerSecond) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (Meter meter : meters.all()) {
            figures.put(
                    meter.name(),
                    new Figure(
                            meter.from(),
                            meter.to(),
                            Window.of(meter.sinceStart(), framesPerSecond),
                            Window.of(meter.lastMinute(), framesPerSecond)));
        }
        return figures;
    }

    /** As one line of JSON. */
    public String json() {
        try {
            return JSON_TEXT.asString(this);
        } catch (IOException impossible) {
            throw new IllegalStateException("numbers and texts must be writable as JSON", impossible);
        }
    }

    /**
     * Reads {@link #json}.
     *
     * @throws IOException if it is not such a document, or is of a version that this build does not know
     */
    public static Status parse(String json) throws IOException {
        Object schema = JSON_TEXT.mapFrom(json).get("schema");
        if (!Integer.valueOf(SCHEMA).equals(schema)) {
            throw new IOException("schema " + schema + "; this build reads " + SCHEMA);
        }
        return JSON_TEXT.beanFrom(Status.class, json);
    }
}
