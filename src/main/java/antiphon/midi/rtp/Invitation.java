package antiphon.midi.rtp;

import java.net.InetSocketAddress;

/** Somebody whose session we want to be in: how far we have got. The receiving thread's. */
final class Invitation {
    private static final long TRY_NANOS = 1_000_000_000L;

    /** After so many tries without an answer we ask more seldom. */
    private static final int MANY_TRIES = 12;

    private static final long SELDOM_NANOS = 5_000_000_000L;

    final InetSocketAddress control;
    final InetSocketAddress data;
    int token;

    /** The session is accepted; the music's port is to follow. */
    boolean half;

    /** Known when {@link #half}. */
    int ssrc;

    String name = "";

    /** Done; until the peer leaves. */
    boolean joined;

    private int tries;
    private long nextNanos;

    Invitation(InetSocketAddress control, int token, long nowNanos) {
        this.control = control;
        this.token = token;
        data = new InetSocketAddress(control.getAddress(), control.getPort() + 1);
        nextNanos = nowNanos;
    }

    /** True if it is time to ask, and then it counts as asked. */
    boolean asks(long nowNanos) {
        if (joined || nextNanos - nowNanos > 0) {
            return false;
        }
        tries++;
        nextNanos = nowNanos + (tries < MANY_TRIES ? TRY_NANOS : SELDOM_NANOS);
        return true;
    }

    /** Times that we asked. */
    int tries() {
        return tries;
    }

    /** Begins anew after a while: it was refused, or the peer has left. */
    void again(int newToken, long nowNanos) {
        token = newToken;
        half = false;
        joined = false;
        tries = 0;
        nextNanos = nowNanos + SELDOM_NANOS / 2;
    }

    /** The first half is done: asks for the second at once. */
    void accepted(int itsSsrc, String itsName, long nowNanos) {
        half = true;
        ssrc = itsSsrc;
        name = itsName;
        nextNanos = nowNanos;
    }
}
