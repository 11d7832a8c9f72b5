package antiphon.midi.rtp;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Who is in our session, by AppleMIDI's protocol: takes every packet that comes, answers it, keeps clocks compared, and sees
 * who has left. What is no packet of the protocol is counted and dropped. The receiving thread's, but for what says otherwise.
 */
final class Session {
    /** In the session at once; who comes further is refused. */
    static final int MAX_PEERS = 8;

    /** Who has been accepted for the session and not yet for the music. */
    private static final int MAX_PENDING = 8;

    private static final int TOLD_TRIES = 4;
    private static final int FIRST_CLOCKS = 6;
    private static final long FIRST_CLOCK_NANOS = 500_000_000L;
    private static final long CLOCK_NANOS = 5_000_000_000L;
    private static final long REPORT_NANOS = 20_000_000L;
    private static final int REPORT_MILLIS = 5;
    private static final int REST_MILLIS = 100;

    private record Pending(int ssrc, int token, InetSocketAddress control, String name) {}

    private final UdpPair ports;
    private final String name;
    private final RtpOptions options;
    private final SessionObserver observer;
    private final long epochNanos;
    private final SplittableRandom random;
    private final int ssrc;
    private final Post post = new Post();
    private final byte[] answer = new byte[128];
    private final List<Invitation> invitations = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final AtomicLong wrong = new AtomicLong();
    private volatile Peer[] peers = {};
    private boolean toldRefused;

    /**
     * Makes a session with nobody in it.
     *
     * @param name what others see
     * @param epochNanos when our session clock was zero
     */
    Session(
            UdpPair ports,
            String name,
            RtpOptions options,
            SessionObserver observer,
            SplittableRandom random,
            long epochNanos) {
        this.ports = ports;
        this.name = name;
        this.options = options;
        this.observer = observer;
        this.random = random;
        this.epochNanos = epochNanos;
        ssrc = random.nextInt();
        options.invited().forEach(to -> invitations.add(new Invitation(to, random.nextInt(), epochNanos)));
    }

    /** Who is in the session. Any thread. */
    Peer[] peers() {
        return peers;
    }

    /** Packets that were no packets of this protocol, or came from strangers. Any thread. */
    long wrong() {
        return wrong.get();
    }

    /** How long nothing need be done if nothing comes. */
    int restMillis() {
        for (Peer peer : peers) {
            if (peer.in.last() != peer.reported) {
                return REPORT_MILLIS;
            }
        }
        return REST_MILLIS;
    }

    /** Takes a packet, whatever is in it. */
    void take(boolean isControl, InetSocketAddress from, byte[] packet, int length, long nowNanos) {
        int command = SessionPackets.command(packet, length);
        boolean isSession = length >= SessionPackets.SESSION_BYTES;
        if (command == SessionPackets.INVITATION && isSession) {
            invited(isControl, from, packet, length, nowNanos);
        } else if (command == SessionPackets.ACCEPTED && isSession) {
            accepted(isControl, from, packet, length, nowNanos);
        } else if (command == SessionPackets.REFUSED && isSession) {
            refused(from, packet, nowNanos);
        } else if (command == SessionPackets.GOODBYE && isSession) {
            goodbye(from, packet, nowNanos);
        } else if (command == SessionPackets.CLOCK && length >= SessionPackets.CLOCK_BYTES) {
            compareClocks(isControl, from, packet, nowNanos);
        } else if (command == SessionPackets.FEEDBACK && length >= SessionPackets.FEEDBACK_BYTES) {
            feedback(from, packet, nowNanos);
        } else if (command < 0 && !isControl && length > Wire.RTP_HEADER_BYTES) {
            music(from, packet, length, nowNanos);
        } else if (command != SessionPackets.BIT_RATE) {
            wrong.incrementAndGet();
        }
    }

    private @Nullable Peer find(int wantedSsrc, InetSocketAddress from) {
        for (Peer peer : peers) {
            if (peer.is(wantedSsrc, from)) {
                return peer;
            }
        }
        wrong.incrementAndGet();
        return null;
    }

    private void music(InetSocketAddress from, byte[] packet, int length, long nowNanos) {
        Peer peer = find(Wire.intAt(packet, 8), from);
        if (peer == null) {
            return;
        }
        switch (peer.in.take(packet, length, peer.clock, nowNanos)) {
            case TAKEN -> peer.heardNanos = nowNanos;
            case OLD -> {}
            case WRONG -> wrong.incrementAndGet();
        }
        if (nowNanos - peer.reportNanos > REPORT_NANOS) {
            report(peer, nowNanos);
        }
    }

    private void report(Peer peer, long nowNanos) {
        int last = peer.in.last();
        if (last != peer.reported) {
            peer.reported = last;
            peer.reportNanos = nowNanos;
            SessionPackets.feedback(answer, ssrc, last);
            post.send(ports.control(), answer, SessionPackets.FEEDBACK_BYTES, peer.control);
        }
    }

    private void feedback(InetSocketAddress from, byte[] packet, long nowNanos) {
        Peer peer = find(SessionPackets.ssrc(packet), from);
        if (peer != null) {
            peer.heardNanos = nowNanos;
            peer.out.confirm(Wire.shortAt(packet, 8));
        }
    }

    private long ticks(long nowNanos) {
        return (nowNanos - epochNanos) / Wire.TICK_NANOS;
    }

    private void compareClocks(boolean isControl, InetSocketAddress from, byte[] packet, long nowNanos) {
        Peer peer = find(SessionPackets.ssrc(packet), from);
        if (peer == null) {
            return;
        }
        peer.heardNanos = nowNanos;
        int count = SessionPackets.clockCount(packet);
        if (count == 0 || count == 1) {
            System.arraycopy(packet, 0, answer, 0, SessionPackets.CLOCK_BYTES);
            SessionPackets.clock(answer, count + 1, ssrc, ticks(nowNanos));
            post.send(ports.channel(isControl), answer, SessionPackets.CLOCK_BYTES, from);
        }
        long first = SessionPackets.clockTicks(packet, 0);
        long second = SessionPackets.clockTicks(packet, 1);
        if (count == 1) {
            long delay = nowNanos - epochNanos - first * Wire.TICK_NANOS;
            peer.clock.add(nowNanos - delay / 2 - second * Wire.TICK_NANOS, delay);
        } else if (count == 2) {
            long delay = (SessionPackets.clockTicks(packet, 2) - first) * Wire.TICK_NANOS;
            peer.clock.add(epochNanos + (second - first) * Wire.TICK_NANOS - delay / 2, delay);
        }
    }

    private void answer(boolean isControl, int command, int token, InetSocketAddress to) {
        int length = SessionPackets.session(answer, command, token, ssrc, name);
        post.send(ports.channel(isControl), answer, length, to);
    }

    private void invited(boolean isControl, InetSocketAddress from, byte[] packet, int length, long nowNanos) {
        int token = SessionPackets.token(packet);
        int itsSsrc = SessionPackets.sessionSsrc(packet);
        Peer known = known(itsSsrc, from, isControl);
        boolean again = known != null && known.token == token && known.ssrc == itsSsrc;
        boolean welcome = SessionPackets.version(packet) == SessionPackets.VERSION && itsSsrc != ssrc;
        if (welcome && !again && !options.allows(from.getAddress())) {
            welcome = false;
            tellRefused(from);
        }
        if (known != null && !again && welcome && isControl) {
            leave(known, "begins a new session", nowNanos);
        }
        Pending half = isControl || again ? null : takePending(itsSsrc, token, from);
        boolean room = peers.length < MAX_PEERS;
        welcome &= again || (room && (isControl || half != null));
        if (welcome && !again && isControl) {
            addPending(new Pending(itsSsrc, token, from, SessionPackets.name(packet, length)));
        } else if (welcome && half != null) {
            join(half.name(), half.control(), from, itsSsrc, token, false, nowNanos);
        }
        answer(isControl, welcome ? SessionPackets.ACCEPTED : SessionPackets.REFUSED, token, from);
    }

    private void tellRefused(InetSocketAddress from) {
        if (!toldRefused) {
            toldRefused = true;
            observer.tell("rtp: " + from.getAddress().getHostAddress()
                    + " may not join; allowed: rtp.allow. Further ones are not told.");
        }
    }

    /** Also a program that was killed and comes again from the same port, under another number. */
    private @Nullable Peer known(int itsSsrc, InetSocketAddress from, boolean isControl) {
        for (Peer peer : peers) {
            if (peer.is(itsSsrc, from) || (isControl && peer.control.equals(from))) {
                return peer;
            }
        }
        return null;
    }

    private void addPending(Pending half) {
        pending.removeIf(other -> other.control().equals(half.control()));
        if (pending.size() == MAX_PENDING) {
            pending.removeFirst();
        }
        pending.add(half);
    }

    private @Nullable Pending takePending(int itsSsrc, int token, InetSocketAddress from) {
        for (Pending half : pending) {
            if (half.ssrc() == itsSsrc
                    && half.token() == token
                    && half.control().getAddress().equals(from.getAddress())) {
                pending.remove(half);
                return half;
            }
        }
        return null;
    }

    private void join(
            String itsName,
            InetSocketAddress control,
            InetSocketAddress data,
            int itsSsrc,
            int token,
            boolean invited,
            long nowNanos) {
        String wanted = itsName.isEmpty() ? control.getAddress().getHostAddress() : itsName;
        String free = wanted;
        for (int i = 2; isTaken(free); i++) {
            free = wanted + " " + i;
        }
        OutStream out = new OutStream(ssrc, random.nextInt(1 << 16));
        Peer peer = new Peer(free, control, data, itsSsrc, token, invited, out);
        peer.heardNanos = nowNanos;
        peer.clockNanos = nowNanos;
        Peer[] more = Arrays.copyOf(peers, peers.length + 1);
        more[more.length - 1] = peer;
        peers = more;
        observer.came(peer);
    }

    private boolean isTaken(String wanted) {
        return Arrays.stream(peers).anyMatch(peer -> peer.name.equals(wanted));
    }

    private void accepted(boolean isControl, InetSocketAddress from, byte[] packet, int length, long nowNanos) {
        for (Invitation invitation : invitations) {
            InetSocketAddress asked = isControl ? invitation.control : invitation.data;
            if (invitation.token != SessionPackets.token(packet) || !asked.equals(from) || invitation.joined) {
                continue;
            }
            if (isControl && !invitation.half) {
                invitation.accepted(SessionPackets.sessionSsrc(packet), SessionPackets.name(packet, length), nowNanos);
            } else if (!isControl && invitation.half && peers.length < MAX_PEERS) {
                invitation.joined = true;
                join(invitation.name, invitation.control, from, invitation.ssrc, invitation.token, true, nowNanos);
            }
        }
    }

    private void refused(InetSocketAddress from, byte[] packet, long nowNanos) {
        for (Invitation invitation : invitations) {
            if (!invitation.joined
                    && invitation.token == SessionPackets.token(packet)
                    && invitation.control.getAddress().equals(from.getAddress())) {
                observer.tell("rtp: " + invitation.control + " refuses us. Asking again.");
                invitation.again(random.nextInt(), nowNanos);
            }
        }
    }

    private void goodbye(InetSocketAddress from, byte[] packet, long nowNanos) {
        Peer peer = find(SessionPackets.sessionSsrc(packet), from);
        if (peer != null) {
            leave(peer, "has left", nowNanos);
        }
    }

    /** Ends what it holds, and forgets it. */
    private void leave(Peer peer, String reason, long nowNanos) {
        peer.leave();
        peer.in.release(nowNanos);
        peers = Arrays.stream(peers).filter(each -> each != peer).toArray(Peer[]::new);
        observer.left(peer, reason);
        for (Invitation invitation : invitations) {
            if (invitation.joined && invitation.control.equals(peer.control)) {
                invitation.again(random.nextInt(), nowNanos);
            }
        }
    }

    /** Does what is to be done at times: asks, compares clocks, reports, and looks who is silent. */
    void keepTimes(long nowNanos) {
        for (Invitation invitation : invitations) {
            if (invitation.asks(nowNanos)) {
                if (invitation.tries() == TOLD_TRIES) {
                    observer.tell("rtp: no answer from " + invitation.control + " yet. Asking on.");
                }
                answer(
                        !invitation.half,
                        SessionPackets.INVITATION,
                        invitation.token,
                        invitation.half ? invitation.data : invitation.control);
            }
        }
        for (Peer peer : peers) {
            keepTimes(peer, nowNanos);
        }
    }

    private void keepTimes(Peer peer, long nowNanos) {
        if (peer.invited && peer.clockNanos - nowNanos <= 0) {
            peer.clocks++;
            peer.clockNanos = nowNanos + (peer.clocks < FIRST_CLOCKS ? FIRST_CLOCK_NANOS : CLOCK_NANOS);
            Arrays.fill(answer, 0, SessionPackets.CLOCK_BYTES, (byte) 0);
            SessionPackets.clock(answer, 0, ssrc, ticks(nowNanos));
            post.send(ports.data(), answer, SessionPackets.CLOCK_BYTES, peer.data);
        }
        if (nowNanos - peer.reportNanos > REPORT_NANOS) {
            report(peer, nowNanos);
        }
        long silentNanos = nowNanos - peer.heardNanos;
        if (silentNanos > options.timeout().toNanos()) {
            answer(true, SessionPackets.GOODBYE, peer.token, peer.control);
            leave(peer, "is silent", nowNanos);
        } else if (silentNanos > options.release().toNanos() && peer.in.holds()) {
            observer.tell("rtp: \"" + peer.name + "\" is silent. What it held was ended.");
            peer.in.release(nowNanos);
        }
    }

    /** Says goodbye to all. */
    void leave() {
        for (Peer peer : peers) {
            answer(true, SessionPackets.GOODBYE, peer.token, peer.control);
            peer.in.release(System.nanoTime());
        }
        peers = new Peer[0];
    }
}
