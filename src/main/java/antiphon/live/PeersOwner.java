package antiphon.live;

import java.util.List;
import java.util.Set;

/** Who is told by {@link Peers} what has become of connections, and asked what to end. Cold threads. */
interface PeersOwner {
    /** An input has lost a peer: its keys and pedals are up. */
    void lose(int input);

    /**
     * The messages that end all that any receiver of an output may hold.
     *
     * @param output the output's number, from 0
     * @param held also what sounds now; otherwise only what should be silent
     */
    int[] ends(int output, boolean held);

    /**
     * Opens an input for a port that has come and for which none is free. Returns its full name; empty if there can be no
     * more.
     */
    String openInput();

    /**
     * The names of those we listen to, and, by output, of those who receive what we send, and who may hold what they were
     * not told to end.
     */
    void connected(Set<String> sources, List<Set<String>> receivers, List<Set<String>> owed);

    /** The MIDI system is gone. */
    void lost(String reason);

    /** It is back. */
    void back();
}
