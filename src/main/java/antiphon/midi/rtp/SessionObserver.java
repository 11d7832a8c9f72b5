package antiphon.midi.rtp;

/** Told who comes to our session and who leaves. On the receiving thread; must not wait. */
interface SessionObserver {
    /** Before anything of it is received. */
    void came(Peer peer);

    /** What it held has ended. {@code reason} is for people. */
    void left(Peer peer, String reason);

    /** Something for people: a line, for the log. */
    void tell(String line);
}
