package antiphon.live;

import antiphon.improv.Ensemble;
import antiphon.improv.Improviser;
import antiphon.improv.Mind;
import antiphon.improv.Mode;
import antiphon.improv.Part;
import antiphon.improv.Settings;
import antiphon.improv.Stage;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.MessageSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An engine with two inputs, thru and a way out, worked by hand, on a clock that the test moves. */
abstract class EngineFixture {
    static final StackedLstm MODEL = new StackedLstm(RandomModel.of(16, 24, 2, 11));
    static final long MILLI = 1_000_000L;
    static final Settings SETTINGS = Settings.standard(Mode.CALL);

    final FakePort port = new FakePort();
    final Meters meters = new Meters();
    final InRing ring = new InRing();
    final Tap tap = new Tap();
    final Tap.Reader reader = tap.newReader();
    final NoteLedger ledger = new NoteLedger(2, HeldNotes.NOWHERE, 0);
    final Controls controls = new Controls(ring, SETTINGS, 1, true, List.of(), () -> this.now, number -> {});
    final List<Thru> thrus = List.of(thru(0), thru(1));
    final Outlet outlet = new Outlet() {
        @Override
        public boolean send(int message, long dueNanos, long causeNanos) {
            return port.send(message, dueNanos);
        }

        @Override
        public void answersAfter(long immediateNanos) {}

        @Override
        public boolean isEmpty() {
            return true;
        }
    };
    final List<SecondVoice> parts = new ArrayList<>();
    long now = 1_000 * MILLI;

    Thru thru(int input) {
        return new Thru(input, ring, port, true, meters, () -> now);
    }

    /** An engine whose only part plays a voice an octave above each note, while the key is held. */
    Engine engine() {
        Improviser improviser = new Improviser(new Mind(MODEL, SETTINGS, 1), SETTINGS, (mode, stage) -> {
            SecondVoice made = new SecondVoice(stage);
            parts.add(made);
            return made;
        });
        return begun(improviser);
    }

    SecondVoice part() {
        return parts.get(SETTINGS.mode().number());
    }

    Engine begun(Improviser improviser) {
        Ensemble ensemble = new Ensemble(MODEL, SETTINGS, (number, network) -> improviser);
        Exit exit = new Exit(0, new Leaving(outlet, 0), 0, false, ledger, thrus.toArray(Thru[]::new));
        Exits exits = new Exits(new Exit[] {exit}, Routing.of(Wiring.PLAIN, thrus.size()), meters);
        Engine engine = new Engine(ring, exits, ensemble, thrus, controls, tap, meters, () -> now);
        engine.beginPiece();
        return engine;
    }

    void play(int input, int message) {
        thrus.get(input).receive(message, now);
    }

    List<Integer> tapped() {
        List<Integer> tapped = new ArrayList<>();
        while (reader.read(entry -> tapped.add(entry.what()))) {
            // It has been added.
        }
        return tapped;
    }

    /** Plays an octave above; fails when told to. */
    static final class SecondVoice implements Part {
        private static final int OCTAVE = 12;

        private final Stage stage;
        boolean fails;
        boolean failsToDecide;

        @Nullable
        Error error;

        int began;
        long answers;

        SecondVoice(Stage stage) {
            this.stage = stage;
        }

        private void fail() {
            if (error != null) {
                throw error;
            }
            throw new IllegalStateException("broken on purpose");
        }

        @Override
        public long restNanos() {
            return 1_000 * MILLI;
        }

        @Override
        public void began(int pitch, int velocity, long nanos, MessageSink out) {
            if (fails) {
                fail();
            }
            began++;
            stage.voice().begin(pitch + OCTAVE, velocity, nanos, nanos, out);
        }

        @Override
        public void ending(int pitch, long nanos, MessageSink out) {
            if (stage.voice().keys().isSounding(pitch + OCTAVE)) {
                stage.voice().end(pitch + OCTAVE, nanos, nanos, out);
            }
        }

        @Override
        public long decide(long nowNanos) {
            if (failsToDecide) {
                fail();
            }
            return Long.MAX_VALUE;
        }

        @Override
        public void answer(long nanos) {
            if (fails) {
                fail();
            }
            answers++;
        }
    }
}
