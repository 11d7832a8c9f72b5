package antiphon.live;

import java.util.Set;

/** Who is told by {@link Peers} what has become of connections, and asked what to end. Cold threads. */
interface PeersOwner {
    /** An input has lost a peer: its keys and pedals are up. */
    void lose(int input);

    /**
     * The messages that end all that any receiver may hold.
     *
     * @param held also what sounds now; otherwise only what should be silent
     */
    int[] ends(boolean held);

    /**
     * Opens an input for a port that has come and for which none is free. Returns its full name; empty if there can be no
     * more.
     */
    String openInput();

    /** The names of those we listen to, who receive what we send, and who may hold what they were not told to end. */
    void connected(Set<String> sources, Set<String> receivers, Set<String> owed);

    /** The MIDI system is gone. */
    void lost(String reason);

    /** It is back. */
    void back();
}
