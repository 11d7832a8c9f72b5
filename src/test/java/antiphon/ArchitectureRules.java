package antiphon;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Externalizable;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** The rules on who may use what, as far as class files show them; {@link SourceRules} has the rest. */
final class ArchitectureRules {
    /**
     * Who may use whom, besides itself and the words all share in the root package: the table of the design, from the
     * bottom up. Each package has a row, also those below another.
     */
    private static final Map<String, List<String>> MAY_USE = new LinkedHashMap<>();

    static {
        MAY_USE.put("file", List.of());
        MAY_USE.put("host", List.of());
        MAY_USE.put("music", List.of());
        MAY_USE.put("model", List.of("file"));
        MAY_USE.put("improv.listen", List.of("music", "model"));
        MAY_USE.put("improv", List.of("improv.listen", "music", "model"));
        MAY_USE.put("improv.part", List.of("improv", "improv.listen", "music", "model"));
        MAY_USE.put("midi", List.of("music"));
        MAY_USE.put("midi.library", List.of("music"));
        MAY_USE.put("midi.jack", List.of("midi", "midi.library", "music"));
        MAY_USE.put("midi.alsa", List.of("midi", "midi.library", "music"));
        MAY_USE.put("midi.rtp", List.of("midi", "music"));
        MAY_USE.put("midi.lv2", List.of("midi", "midi.library", "music"));
        MAY_USE.put("midi.device", List.of("midi", "music"));
        MAY_USE.put("midi.memory", List.of("midi"));
        MAY_USE.put("midi.file", List.of("midi", "music", "file"));
        MAY_USE.put("midi.audio", List.of("midi", "music", "file"));
        MAY_USE.put(
                "midi.open",
                List.of(
                        "midi",
                        "midi.jack",
                        "midi.alsa",
                        "midi.rtp",
                        "midi.lv2",
                        "midi.device",
                        "midi.memory",
                        "host"));
        MAY_USE.put(
                "live",
                List.of(
                        "improv",
                        "improv.part",
                        "improv.listen",
                        "midi",
                        "midi.memory",
                        "midi.file",
                        "music",
                        "model",
                        "host"));
        MAY_USE.put("status", List.of("live", "improv", "midi"));
        MAY_USE.put("config", List.of("improv", "model", "music", "file"));
        MAY_USE.put("remote", List.of("live", "status", "config", "improv", "music"));
        MAY_USE.put("dashboard", List.of("live", "status", "config", "remote", "improv", "music"));
        MAY_USE.put("corpus", List.of("music", "midi", "midi.file", "file", "improv.listen"));
        MAY_USE.put("reference", List.of("music", "corpus", "file"));
        MAY_USE.put("train", List.of("music", "model", "improv.listen", "corpus", "file"));
        MAY_USE.put("judge.intime", List.of("music"));
        MAY_USE.put("judge.whole", List.of("judge.intime", "music"));
        MAY_USE.put(
                "judge",
                List.of(
                        "judge.intime",
                        "judge.whole",
                        "music",
                        "model",
                        "improv",
                        "improv.listen",
                        "improv.part",
                        "live",
                        "corpus",
                        "file"));
        MAY_USE.put("judge.beat", List.of("judge", "music", "improv.listen", "corpus"));
        MAY_USE.put("bench", List.copyOf(MAY_USE.keySet()));
        // The top: all but itself.
        MAY_USE.put("app", List.copyOf(MAY_USE.keySet()));
    }

    /** The packages that alone may see which others' packages. */
    private static final Map<List<String>, List<String>> OWNED = Map.of(
            List.of("midi.device", "midi.audio"), List.of("javax.sound.midi..", "com.sun.media.sound.."),
            List.of("midi.device"), List.of("uk.co.xfactorylibrarians.."),
            List.of("midi.rtp"), List.of("javax.jmdns.."),
            List.of("midi.library", "midi.jack", "midi.alsa", "midi.lv2", "host"), List.of("java.lang.foreign.."),
            List.of("live"), List.of("com.lmax..", "org.agrona.."),
            List.of("train"), List.of("org.deeplearning4j..", "org.nd4j..", "org.bytedeco.."),
            List.of("config"), List.of("org.tomlj.."),
            List.of("status"), List.of("io.prometheus.."),
            List.of("dashboard"), List.of("io.helidon..", "com.sun.net.httpserver..", "java.net.http.."),
            List.of("app"), List.of("picocli..", "org.jline.."));

    private static final String[] MUSICAL_PATH = {
        "antiphon.music..",
        "antiphon.model..",
        "antiphon.improv..",
        "antiphon.midi..",
        "antiphon.host..",
        "antiphon.live.."
    };

    private static final Set<String> BOXES = Set.of(
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double");

    private ArchitectureRules() {}

    static ArchRule everyClassIsInAKnownPackage() {
        List<String> known = new ArrayList<>(List.of("antiphon"));
        MAY_USE.keySet().forEach(name -> known.add(exactly(name)));
        return classes().should().resideInAnyPackage(known.toArray(String[]::new));
    }

    static ArchRule packagesAreFreeOfCycles() {
        return slices().matching("antiphon.(**)").should().beFreeOfCycles().allowEmptyShould(true);
    }

    static ArchRule classesOfAPackageAreFreeOfCycles() {
        return classes().should(new PackageCycles()).allowEmptyShould(true);
    }

    /** One rule for each package: it uses of ours only what the table allows. */
    static List<ArchRule> theTableIsLaw() {
        List<ArchRule> rules = new ArrayList<>();
        MAY_USE.forEach((name, others) -> {
            List<String> allowed = new ArrayList<>(List.of("antiphon", exactly(name)));
            others.forEach(other -> allowed.add(exactly(other)));
            DescribedPredicate<JavaClass> forbidden =
                    resideInAnyPackage("antiphon..").and(not(resideInAnyPackage(allowed.toArray(String[]::new))));
            rules.add(noClasses()
                    .that()
                    .resideInAPackage(exactly(name))
                    .should()
                    .dependOnClassesThat(forbidden.as("are ours, outside %s and %s", name, others))
                    .allowEmptyShould(true));
        });
        return rules;
    }

    /** One rule for each library, or group of them, that only some packages may see. */
    static List<ArchRule> librariesHaveTheirOwners() {
        List<ArchRule> rules = new ArrayList<>();
        OWNED.forEach((owners, libraries) -> rules.add(noClasses()
                .that()
                .resideOutsideOfPackages(
                        owners.stream().map(ArchitectureRules::exactly).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries.toArray(String[]::new))
                .allowEmptyShould(true)));
        rules.add(noClasses()
                .that()
                .resideOutsideOfPackages(exactly("remote"), exactly("midi.rtp"))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.channels.DatagramChannel")
                .allowEmptyShould(true));
        return rules;
    }

    static ArchRule onlyAppEndsTheProgramOrPrints() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("antiphon.app..")
                .should()
                .accessTargetWhere(isOneOf(System.class, "exit", "out", "err"))
                .orShould()
                .accessTargetWhere(isOneOf(Runtime.class, "exit", "halt"))
                .allowEmptyShould(true);
    }

    /** Wall clocks jump; what sounds goes by nanoTime alone. */
    static ArchRule noWallClockOnTheMusicalPath() {
        return noClasses()
                .that()
                .resideInAnyPackage(MUSICAL_PATH)
                .should()
                .accessTargetWhere(isOneOf(System.class, "currentTimeMillis"))
                .orShould()
                .accessTargetWhere(DescribedPredicate.describe(
                        "now of java.time",
                        access -> access.getName().equals("now")
                                && access.getTargetOwner().getPackageName().equals("java.time")))
                .orShould()
                .dependOnClassesThat(belongToAnyOf(Clock.class, Date.class, Calendar.class))
                .allowEmptyShould(true);
    }

    /** These are handed the time, so that a virtual clock can drive them; the kernel times the processor at its start. */
    static ArchRule noClockAtAllInPureMusic() {
        return noClasses()
                .that()
                .resideInAnyPackage("antiphon.music..", "antiphon.model..", "antiphon.improv..")
                .and()
                .doNotHaveFullyQualifiedName("antiphon.model.Rows")
                .should()
                .accessTargetWhere(isOneOf(System.class, "nanoTime"))
                .allowEmptyShould(true);
    }

    /** Method references too, which {@code callMethod} does not see. */
    private static DescribedPredicate<JavaAccess<?>> isOneOf(Class<?> owner, String... names) {
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + String.join(" or ", names),
                access -> access.getTargetOwner().isEquivalentTo(owner)
                        && Set.of(names).contains(access.getName()));
    }

    static ArchRule noJavaSerialisation() {
        return noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "serialise objects",
                        found -> found.isAssignableTo(ObjectInput.class) || found.isAssignableTo(ObjectOutput.class)))
                .orShould(implementDirectly(Serializable.class))
                .orShould(implementDirectly(Externalizable.class))
                .allowEmptyShould(true);
    }

    private static ArchCondition<JavaClass> implementDirectly(Class<?> type) {
        return new ArchCondition<>("implement " + type.getSimpleName() + " of their own accord") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean does = item.getRawInterfaces().stream().anyMatch(equivalentTo(type));
                events.add(new SimpleConditionEvent(item, does, item.getName() + " implements " + type.getName()));
            }
        };
    }

    /** What class files show of allocation, locking and blocking in code marked {@link HotPath}. */
    static ArchRule hotPathIsBare() {
        return codeUnits().that(areHot()).should(callNothingCostly()).allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaCodeUnit> areHot() {
        return DescribedPredicate.describe(
                "are marked @HotPath",
                unit -> unit.isAnnotatedWith(HotPath.class)
                        || (unit instanceof JavaMethod && unit.getOwner().isAnnotatedWith(HotPath.class)));
    }

    private static ArchCondition<JavaCodeUnit> callNothingCostly() {
        return new ArchCondition<>("call no constructor, box, logger, stream, sort, lock or anything that blocks") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                unit.getConstructorCallsFromSelf().forEach(call -> forbid(unit, call, events));
                unit.getConstructorReferencesFromSelf().forEach(call -> forbid(unit, call, events));
                unit.getAccessesFromSelf().stream()
                        .filter(access -> isCostly(unit, access))
                        .forEach(access -> forbid(unit, access, events));
            }
        };
    }

    private static void forbid(JavaCodeUnit unit, JavaAccess<?> access, ConditionEvents events) {
        events.add(SimpleConditionEvent.violated(unit, access.getDescription()));
    }

    private static boolean isCostly(JavaCodeUnit unit, JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getName();
        boolean boxes = name.equals("valueOf") && BOXES.contains(owner.getName());
        boolean logs = resideInAnyPackage("org.slf4j..", "java.util.logging..").test(owner);
        boolean streams = resideInAnyPackage("java.util.stream..").test(owner) || name.equals("stream");
        // Of more than 44 numbers it allocates, and the first time it makes classes.
        boolean sorts = owner.isEquivalentTo(Arrays.class) && name.equals("sort");
        boolean parks = owner.isEquivalentTo(LockSupport.class);
        boolean locks = resideInAnyPackage("java.util.concurrent.locks..").test(owner) && !parks;
        boolean blocks = Set.of("wait", "sleep", "join").contains(name)
                && (owner.isEquivalentTo(Object.class) || owner.isAssignableTo(Thread.class));
        boolean waits = owner.isAssignableTo(BlockingQueue.class)
                || owner.isAssignableTo(Future.class)
                || owner.isEquivalentTo(CountDownLatch.class);
        // The one place where a thread of the live path may sleep, until there is something to do.
        boolean parksElsewhere = parks && !unit.getOwner().getName().equals("antiphon.live.Parking");
        return boxes || logs || streams || sorts || locks || blocks || waits || parksElsewhere;
    }

    private static String exactly(String name) {
        return "antiphon." + name;
    }
}
