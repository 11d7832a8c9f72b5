package antiphon;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs tests on another system than this one, without Maven: those that need the ALSA sequencer, in the machine that {@code
 * .ci/alsa} starts, where a Maven would take minutes to begin; and JACK's on PipeWire.
 */
public final class TestsElsewhere {
    private TestsElsewhere() {}

    /**
     * Ends with 1 if a test failed or there was none.
     *
     * @param arguments names of classes; none: all that need the sequencer
     */
    public static void main(String[] arguments) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(
                        arguments.length == 0
                                ? List.of(
                                        selectPackage("antiphon.midi.alsa"), selectClass("antiphon.app.RunOnAlsaTest"))
                                : Arrays.stream(arguments)
                                        .map(DiscoverySelectors::selectClass)
                                        .toList())
                .filters(TagFilter.includeTags("alsa", "jack"))
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        Launcher launcher = LauncherFactory.create();
        launcher.execute(request, summary, new Progress(out));
        summary.getSummary().printFailuresTo(out, 30);
        summary.getSummary().printTo(out);
        boolean good = summary.getSummary().getTestsSucceededCount() > 0
                && summary.getSummary().getTotalFailureCount() == 0;
        System.exit(good ? 0 : 1);
    }

    /** The machine may be stopped before the end: then the last line says what was under way. */
    private record Progress(PrintWriter out) implements TestExecutionListener {
        @Override
        public void executionStarted(TestIdentifier test) {
            if (test.isTest()) {
                out.println(test.getUniqueId());
            }
        }
    }
}
