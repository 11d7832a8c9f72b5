package antiphon;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints, when all tests are done, how long the slowest ten took: a method with all its arguments counts as one. JUnit
 * finds it by {@code META-INF/services}. What a class does before its first test is not counted.
 */
public final class SlowestTests implements TestExecutionListener {
    private static final int COUNT = 10;

    private final Map<String, Long> begunNanos = new ConcurrentHashMap<>();
    private final Map<String, Long> spentNanos = new ConcurrentHashMap<>();

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest()) {
            begunNanos.put(test.getUniqueId(), System.nanoTime());
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Long begun = begunNanos.remove(test.getUniqueId());
        if (begun != null) {
            spentNanos.merge(name(test), System.nanoTime() - begun, Long::sum);
        }
    }

    private static String name(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(method -> method.getClassName() + "." + method.getMethodName())
                .orElse(test.getDisplayName());
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        StringBuilder text = new StringBuilder("The slowest of " + spentNanos.size() + " tests, in seconds:\n");
        spentNanos.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(COUNT)
                .forEach(each ->
                        text.append(String.format(Locale.ROOT, "%7.1f  %s%n", each.getValue() / 1e9, each.getKey())));
        System.out.print(text);
    }
}
