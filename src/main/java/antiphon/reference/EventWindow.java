package antiphon.reference;

import antiphon.music.Event;
import java.util.Arrays;

/** An event and the four before it; before a piece begins, its start. One thread. */
final class EventWindow {
    private final int[] events = new int[ContextShape.ORDER];

    EventWindow() {
        restart();
    }

    /** Forgets all: a new piece begins. */
    void restart() {
        Arrays.fill(events, Event.PIECE_START);
    }

    /** Moves on by one event. The array is the window's own: the newest event first, the oldest last. */
    int[] with(int event) {
        System.arraycopy(events, 0, events, 1, events.length - 1);
        events[0] = event;
        return events;
    }
}
