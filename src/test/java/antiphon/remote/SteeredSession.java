package antiphon.remote;

import static java.util.Objects.requireNonNull;

import antiphon.config.ControllerMap;
import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.live.Commands;
import antiphon.live.Keyboard;
import antiphon.live.LiveSession;
import antiphon.live.Ports;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A session on ports in memory with thru, steered from outside; orders are carried out and written down. */
final class SteeredSession implements AutoCloseable {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(8, 12, 1, 1));
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    final MemoryBackend backend = new MemoryBackend(System::nanoTime, true);
    final LiveSession session;
    final Controllers controllers;
    final Remote remote;
    final List<String> orders = new CopyOnWriteArrayList<>();

    SteeredSession(Path file, ControllerMap map, Commands commands, Remote.Switches switches) {
        session = new LiveSession(
                backend,
                MODEL,
                Settings.standard(Mode.LISTEN),
                7,
                Ports.unconnected(true).withKeyboard());
        session.start();
        controllers = new Controllers(file, map, commands, session.controls()::commands);
        remote = new Remote(session.tap(), this::carryOut, controllers, switches);
    }

    private String carryOut(String order) {
        orders.add(order);
        return order.startsWith("preset ")
                ? "preset = " + order.substring("preset ".length())
                : new SessionOrders(session).carryOut(order);
    }

    String value(String id) {
        return new SessionOrders(session).carryOut("get " + id);
    }

    /** Plays messages into the input, and waits until the engine has taken them. */
    void play(int... messages) {
        for (int message : messages) {
            backend.input("in").inject(message, System.nanoTime());
        }
        await(() -> session.controls().apply(Control.GRID, session.controls().value(Control.GRID)));
    }

    /** What was copied to the output. */
    List<Integer> copied() {
        MemoryBackend.Output output = backend.output("out");
        return IntStream.range(0, output.size()).map(output::message).boxed().toList();
    }

    static int controller(int channel, int number, int value) {
        return Message.control(channel, number, value);
    }

    static void await(BooleanSupplier condition) {
        long endNanos = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - endNanos > 0) {
                throw new AssertionError("did not come");
            }
            LockSupport.parkNanos(1_000_000L);
        }
    }

    Keyboard keyboard() {
        return requireNonNull(session.keyboard());
    }

    @Override
    public void close() {
        remote.close();
        session.close();
    }
}
