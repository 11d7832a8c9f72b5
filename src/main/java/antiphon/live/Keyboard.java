package antiphon.live;

import antiphon.midi.MidiReceiver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keys that belong to no MIDI port, such as those of a page in a browser. What is played on them is an input like any
 * other, but is never copied to the output: it sounds where it is played. Any thread may play; two that play at the same
 * moment wait for one another, and nobody else does.
 */
public final class Keyboard {
    private final MidiReceiver receiver;
    private final int input;
    private final LongSupplier nanoClock;
    private final ReentrantLock playing = new ReentrantLock();

    Keyboard(MidiReceiver receiver, int input, LongSupplier nanoClock) {
        this.receiver = receiver;
        this.input = input;
        this.nanoClock = nanoClock;
    }

    /**
     * Plays a message now.
     *
     * @param message packed, see {@link antiphon.music.Message}
     */
    public void play(int message) {
        playing.lock();
        try {
            receiver.receive(message, nanoClock.getAsLong());
        } finally {
            playing.unlock();
        }
    }

    /** The number that {@link Tap.Entry#input} has for what is played here. */
    public int input() {
        return input;
    }

    /** The names of the ports' inputs, and after them a name for this one. */
    List<String> nameAfter(List<String> ports) {
        List<String> names = new ArrayList<>(ports);
        names.add("keyboard");
        return names;
    }
}
