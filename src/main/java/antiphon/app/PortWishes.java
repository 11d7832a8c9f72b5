package antiphon.app;

import antiphon.config.Config;
import antiphon.config.Connect;
import antiphon.config.MidiSetting;
import antiphon.config.OutSetting;
import antiphon.live.LiveSession;
import antiphon.live.Ports;
import antiphon.live.Wish;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.PortInfo;
import antiphon.midi.PortPatterns;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What the settings say of ports, and what of it there is. */
final class PortWishes {
    private static final long WAIT_NANOS = 500_000_000L;

    private final Config config;
    private final MidiBackend backend;

    /** A port that is named and not there is an error. */
    private final boolean noWait;

    /** The process was told to stop: nothing is waited for any more. */
    private final BooleanSupplier stopping;

    PortWishes(Config config, MidiBackend backend, boolean noWait, BooleanSupplier stopping) {
        this.config = config;
        this.backend = backend;
        this.noWait = noWait;
        this.stopping = stopping;
    }

    /**
     * The ports for a session.
     *
     * @param waits see {@link Ports#waits}
     * @throws MidiException if there must be one that is not there, or there are too many
     */
    Ports ports(boolean waits) {
        return ports(waits, LiveSession.MAX_INPUTS);
    }

    /** The same with a keyboard that belongs to no port. */
    Ports withKeyboard(boolean waits) {
        return ports(waits, LiveSession.MAX_INPUTS - 1).withKeyboard();
    }

    private Ports ports(boolean waits, int maxInputs) {
        LikelyPorts likely = LikelyPorts.of(allowed());
        Wish keyboard = new Wish("the first keyboard", likely.keyboards(), ports -> LikelyPorts.later(ports)
                .keyboards());
        Wish synthesiser = new Wish("the first synthesiser", likely.synthesisers(), ports -> LikelyPorts.later(ports)
                .synthesisers());
        List<Wish> sources = wishes(config.midi().inPorts(), keyboard, "midi.in", this::isSource);
        int inputs = sources.stream()
                .mapToInt(wish -> Math.max(1, wish.found().size()))
                .sum();
        if (inputs > maxInputs) {
            throw new MidiException(
                    "midi.in.ports: " + inputs + " ports match; at most " + maxInputs + " allowed. Name fewer.");
        }
        return new Ports(
                        sources,
                        wishes(
                                config.midi().outPorts(),
                                synthesiser,
                                "midi.out",
                                port -> isDestination(port, config.value(MidiSetting.OUT_EXCLUDE))),
                        config.midi().thru(),
                        TimeUnit.MILLISECONDS.toNanos(config.midi().offsetMillis()),
                        Installation.heldNotes(config.midi().client()),
                        config.midi().breakLoops(),
                        waits)
                .wired(Wired.of(config, this::wishes));
    }

    private boolean isSource(PortInfo port) {
        return port.source() && !PortPatterns.isAny(config.value(MidiSetting.IN_EXCLUDE), port);
    }

    private static boolean isDestination(PortInfo port, List<String> excluded) {
        return port.destination() && !PortPatterns.isAny(excluded, port);
    }

    /** The ports that there are, of which the excluded ones are neither listened to nor played on. */
    private List<PortInfo> allowed() {
        List<String> notOut = config.value(MidiSetting.OUT_EXCLUDE);
        return backend.list().stream()
                .map(port -> port.only(isSource(port), isDestination(port, notOut)))
                .toList();
    }

    /** Of an output after the first. Nothing is chosen for it: who opens it knows what for. */
    private List<Wish> wishes(OutSetting.Of out) {
        String where = out.open().section();
        List<String> patterns = config.value(out.ports());
        boolean virtual = backend.capabilities().contains(MidiBackend.Capability.VIRTUAL_PORTS);
        if (patterns.isEmpty() && !virtual) {
            throw new MidiException(out.ports().id() + " = []: " + backend.name()
                    + " has no ports of our own; needed: a device to play on. Run: antiphon ports");
        }
        return patterns.isEmpty()
                ? List.of()
                : named(patterns, virtual, where, port -> isDestination(port, config.value(out.exclude())));
    }

    /** @param likeliest what is taken if no port is named and the settings say auto, now or when it comes */
    private List<Wish> wishes(List<String> patterns, Wish likeliest, String where, Predicate<PortInfo> fits) {
        boolean virtual = backend.capabilities().contains(MidiBackend.Capability.VIRTUAL_PORTS);
        if (!patterns.isEmpty()) {
            return named(patterns, virtual, where, fits);
        }
        if (config.midi().connect() == Connect.AUTO
                && (virtual || !likeliest.found().isEmpty())) {
            return List.of(likeliest);
        }
        List<PortInfo> first = virtual
                ? List.of()
                : backend.list().stream().filter(fits).limit(1).toList();
        if (!virtual && first.isEmpty()) {
            throw new MidiException(
                    where + ": no MIDI port found by " + backend.name()
                            + "; needed: at least one. Plug one in, or start JACK or PipeWire. Without gear, try: antiphon demo");
        }
        return first.stream().map(Wish::of).toList();
    }

    /** Where the system has no virtual ports, a port that is not there yet is waited for here. */
    private List<Wish> named(List<String> patterns, boolean virtual, String where, Predicate<PortInfo> fits) {
        boolean told = false;
        while (true) {
            List<PortInfo> ports = backend.list().stream().filter(fits).toList();
            List<Wish> wishes = PortPatterns.each(patterns, ports).entrySet().stream()
                    .map(found -> new Wish(found.getKey(), found.getValue()))
                    .toList();
            List<String> missing = wishes.stream()
                    .filter(wish -> wish.found().isEmpty())
                    .map(Wish::pattern)
                    .toList();
            if (missing.isEmpty() || (virtual && !noWait)) {
                return wishes;
            }
            String trouble = PortPatterns.missing(where, missing.getFirst(), ports);
            if (noWait || stopping.getAsBoolean()) {
                throw new MidiException(trouble);
            }
            if (!told) {
                System.err.println(trouble + ". Waiting for it.");
                told = true;
            }
            LockSupport.parkNanos(WAIT_NANOS);
        }
    }
}
