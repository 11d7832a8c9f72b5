package antiphon;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
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
    /** Printed with the number of a test that has failed, which can be an argument. */
    public static final String FAILED = "failed ";

    private static final String UNIQUE_ID = "[engine:";

    private TestsElsewhere() {}

    /**
     * Ends with 1 if a test failed or there was none.
     *
     * @param arguments names of classes, or JUnit's unique ids; none: all that need the sequencer
     */
    public static void main(String[] arguments) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(
                        arguments.length == 0
                                ? List.of(
                                        selectPackage("antiphon.midi.alsa"), selectClass("antiphon.app.RunOnAlsaTest"))
                                : Arrays.stream(arguments)
                                        .map(TestsElsewhere::select)
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

    private static DiscoverySelector select(String argument) {
        return argument.startsWith(UNIQUE_ID) ? selectUniqueId(argument) : selectClass(argument);
    }

    /** The machine may be stopped before the end: then the last line says what was under way. */
    private record Progress(PrintWriter out) implements TestExecutionListener {
        @Override
        public void executionStarted(TestIdentifier test) {
            if (test.isTest()) {
                out.println(test.getUniqueId());
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() && result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                out.println(FAILED + test.getUniqueId());
            }
        }
    }
}
