package antiphon.live;

import antiphon.improv.Improviser;
import antiphon.improv.listen.Listener;
import antiphon.music.Message;
import java.util.Collection;
import java.util.List;

/**
 * What the partner hears of the human just now, for people who wonder why it does not play. Read while the engine goes on,
 * so its parts may be of different moments, some milliseconds apart.
 *
 * @param answering it is the answer's turn
 * @param heldKeys pitches of which a key is down
 * @param notes of the phrase that the human plays or has just played
 * @param agoNanos how long ago a key last went down or up; -1 if none ever did
 * @param ignoredChannel the channel, 1–16, by which the last note came, if it was not to be heard; otherwise 0
 * @param loops the inputs by which what we send comes back, and is left out
 */
public record Hearing(
        boolean answering, int heldKeys, int notes, long agoNanos, int ignoredChannel, List<String> loops) {
    public Hearing {
        loops = List.copyOf(loops);
    }

    static Hearing of(Improviser first, Collection<String> loops, long nowNanos) {
        Listener listener = first.listener();
        long lastNanos = listener.phrase().lastActivityNanos();
        int ignored = listener.ignoredMessage();
        boolean isNewer = ignored != 0 && (lastNanos == 0 || listener.ignoredNanos() - lastNanos > 0);
        return new Hearing(
                first.isAnswering(),
                listener.hands().heldKeys(),
                listener.phrase().notes(),
                lastNanos == 0 ? -1 : Math.max(0, nowNanos - lastNanos),
                isNewer ? Message.channel(ignored) + 1 : 0,
                List.copyOf(loops));
    }
}
