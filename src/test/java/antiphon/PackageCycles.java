package antiphon;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * That the top-level classes of one package use each other in one direction only. A nested class counts as the
 * top-level class around it. What stands in annotations does not count: a command must name its subcommands there.
 * Neither do constants of primitive types, whose values javac copies.
 */
final class PackageCycles extends ArchCondition<JavaClass> {
    /** For each package, and each of its top-level classes, a dependency on each other one that it uses. */
    private final Map<String, Map<JavaClass, Map<JavaClass, Dependency>>> packages = new TreeMap<>();

    PackageCycles() {
        super("use each other within one package in one direction only");
    }

    @Override
    public void init(Collection<JavaClass> all) {
        packages.clear();
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        Map<JavaClass, Map<JavaClass, Dependency>> uses =
                packages.computeIfAbsent(item.getPackageName(), name -> byName());
        JavaClass user = topLevel(item);
        for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
            JavaClass used = topLevel(dependency.getTargetClass());
            boolean inside = used.getPackageName().equals(user.getPackageName()) && !used.equals(user);
            if (inside && !standsInAnAnnotation(dependency)) {
                uses.computeIfAbsent(user, name -> byName()).putIfAbsent(used, dependency);
            }
        }
    }

    private static <V> Map<JavaClass, V> byName() {
        return new TreeMap<>((a, b) -> a.getName().compareTo(b.getName()));
    }

    private static JavaClass topLevel(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        return element.getEnclosingClass().map(PackageCycles::topLevel).orElse(element);
    }

    /** ArchUnit tells it only in words; a test with such a class holds us to them. */
    private static boolean standsInAnAnnotation(Dependency dependency) {
        String words = dependency.getDescription();
        return words.contains("> has annotation member of type <") || words.contains("> is annotated with <");
    }

    /** Reports a shortest cycle, then looks on among the classes that are on none reported yet. */
    @Override
    public void finish(ConditionEvents events) {
        packages.forEach((name, uses) -> {
            Set<JavaClass> reported = new HashSet<>();
            for (JavaClass start : uses.keySet()) {
                List<Dependency> cycle = reported.contains(start) ? List.of() : shortestCycle(start, uses);
                if (!cycle.isEmpty()) {
                    cycle.forEach(step -> reported.add(topLevel(step.getOriginClass())));
                    events.add(SimpleConditionEvent.violated(start, describe(name, cycle)));
                }
            }
        });
    }

    /** From the class back to itself; empty if no way leads back. */
    private static List<Dependency> shortestCycle(JavaClass start, Map<JavaClass, Map<JavaClass, Dependency>> uses) {
        Map<JavaClass, Dependency> reachedBy = new LinkedHashMap<>();
        Deque<JavaClass> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty() && !reachedBy.containsKey(start)) {
            uses.getOrDefault(next.remove(), Map.of()).forEach((used, dependency) -> {
                if (reachedBy.putIfAbsent(used, dependency) == null) {
                    next.add(used);
                }
            });
        }
        List<Dependency> cycle = new ArrayList<>();
        @Nullable Dependency step = reachedBy.get(start);
        while (step != null) {
            cycle.addFirst(step);
            JavaClass user = topLevel(step.getOriginClass());
            step = user.equals(start) ? null : reachedBy.get(user);
        }
        return cycle;
    }

    private static String describe(String packageName, List<Dependency> cycle) {
        StringBuilder text = new StringBuilder(packageName).append(": ");
        for (Dependency step : cycle) {
            text.append(topLevel(step.getOriginClass()).getSimpleName()).append(" -> ");
        }
        text.append(topLevel(cycle.getFirst().getOriginClass()).getSimpleName());
        cycle.forEach(step -> text.append("\n    ").append(step.getDescription()));
        return text.toString();
    }
}
