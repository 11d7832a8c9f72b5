package antiphon.midi.file;

import antiphon.music.Message;
import antiphon.music.MessageBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the events of one track chunk. A data byte above 127 and a quantity that is too long spoil only their own event:
 * what says which key or controller is left out, what says how much is taken as 127, and a time of more than 28 bits is
 * none. Where the bytes stop making sense it stops too and keeps what came before: a position lost in a MIDI track cannot
 * be found again, and inventing notes would be worse than missing some. The next track begins where {@code MTrk} stands,
 * whatever the length of this one was said to be.
 *
 * <p>More lenient than the specification in two things that files in the wild need. Running status lives on across
 * meta and system exclusive events. And events after End of Track count: Welte rolls have note-offs there.
 */
final class TrackReader {
    private static final int META = 0xFF;
    private static final int SYSEX = 0xF0;
    private static final int SYSEX_ESCAPE = 0xF7;

    private static final int META_TRACK_NAME = 0x03;
    private static final int META_PORT = 0x21;
    private static final int META_END_OF_TRACK = 0x2F;
    private static final int META_TEMPO = 0x51;
    private static final int META_METRE = 0x58;

    private static final String CUT_OFF = "ends in the middle of an event";
    private static final int MAX_DATA = 0x7F;
    private static final int THIRTY_SECONDS = 8;

    /** A beat of a 64th; shorter ones are damage. */
    private static final int MAX_UNIT = 6;

    private final ByteCursor in;
    private final MessageBuffer messages = new MessageBuffer();
    private final List<TempoMap.Change> tempos = new ArrayList<>();
    private final List<TrackEvents.MetreChange> metres = new ArrayList<>();
    private String name = "";
    private String stop = "";
    private String firstFault = "";
    private int faults;
    private int port;
    private long tick;
    private long tickBefore;
    private int begin;
    private int runningStatus;
    private boolean ended;
    private boolean stopped;

    private TrackReader(ByteCursor in) {
        this.in = in;
    }

    /** Reads until the track or the bytes end, the next track begins, or the bytes make no sense. */
    static TrackEvents read(ByteCursor chunk) {
        TrackReader reader = new TrackReader(chunk);
        while (chunk.remaining() > 0 && !reader.stopped && !reader.isAtNextTrack()) {
            reader.readEvent();
        }
        return new TrackEvents(
                reader.name,
                reader.port,
                reader.messages,
                reader.tempos,
                reader.metres,
                reader.tick,
                reader.damage(),
                reader.stopped ? reader.begin : chunk.position(),
                reader.ended,
                reader.stopped);
    }

    /** Four letters that could be an event as well, so that after End of Track they are enough and before are not. */
    private boolean isAtNextTrack() {
        return TrackMark.isAt(in, in.position()) && (ended || TrackMark.isWholeAt(in, in.position()));
    }

    private String damage() {
        String mended = faults == 0
                ? ""
                : firstFault + (faults == 1 ? "" : " and " + (faults - 1) + " more") + ". Kept the rest";
        // After End of Track whatever makes no sense is padding.
        String stopping = stop.isEmpty() || ended ? "" : stop + ". Kept what came before";
        return mended + (mended.isEmpty() || stopping.isEmpty() ? "" : "; ") + stopping;
    }

    private void readEvent() {
        tickBefore = tick;
        begin = in.position();
        int delta = in.nextVlq();
        if (delta == ByteCursor.NONE) {
            stop(in.remaining() == 0 ? CUT_OFF : "time of more than 4 bytes");
            return;
        }
        if (in.wasTooLong()) {
            fault("time of more than 4 bytes");
        }
        // No overflow: 2^31 bytes of file cannot hold enough 28-bit deltas for 63 bits.
        tick += Math.max(0, delta);
        int status = in.peek();
        if (status == ByteCursor.NONE) {
            stop(CUT_OFF);
        } else if (status < 0x80) {
            readChannelMessage(runningStatus);
        } else {
            in.next();
            readAfterStatus(status);
        }
    }

    private void readAfterStatus(int status) {
        if (status < 0xF0) {
            runningStatus = status;
            readChannelMessage(status);
        } else if (status == META) {
            readMeta();
        } else if (status == SYSEX || status == SYSEX_ESCAPE) {
            readBlock();
        } else if (in.slice(Message.length(status) - 1).remaining() < Message.length(status) - 1) {
            // Other system messages have no place in a file; where one stands, its data is stepped over.
            stop(CUT_OFF);
        }
    }

    private void readChannelMessage(int status) {
        if (status == 0) {
            stop("data without a status before it");
            return;
        }
        int data1 = in.next();
        int data2 = Message.length(status) == 3 ? in.next() : 0;
        if (data1 == ByteCursor.NONE || data2 == ByteCursor.NONE) {
            stop(CUT_OFF);
            return;
        }
        if ((data1 | data2) > MAX_DATA) {
            fault("data byte " + Math.max(data1, data2) + ", more than 127,");
        }
        if (data1 <= MAX_DATA) {
            messages.add(Message.of(status, data1, Math.min(data2, MAX_DATA)), tick);
        }
    }

    private void readMeta() {
        int type = in.next();
        if (type == META_END_OF_TRACK) {
            ended = true;
            // What follows may be padding, which without a status cannot pass for notes.
            runningStatus = 0;
        }
        ByteCursor data = readBlock();
        if (data.remaining() == 0) {
            return;
        }
        switch (type) {
            case META_TRACK_NAME -> name = name.isEmpty() ? text(data.takeRest()) : name;
            case META_PORT -> port = data.next();
            case META_TEMPO -> addTempo(data);
            case META_METRE -> addMetre(data);
            default -> {}
        }
    }

    /** A tempo of zero would stop time, one of less than three bytes says nothing: both are passed over. */
    private void addTempo(ByteCursor data) {
        long microsPerQuarter = data.nextNumber(3);
        if (microsPerQuarter > 0) {
            tempos.add(new TempoMap.Change(tick, (int) microsPerQuarter));
        }
    }

    /** A bar of no beats is none. Some programs leave out the last two bytes. */
    private void addMetre(ByteCursor data) {
        int beats = data.next();
        int unit = data.next();
        int clocks = data.next();
        int thirtySeconds = data.next();
        if (beats > 0 && unit >= 0 && unit <= MAX_UNIT) {
            metres.add(new TrackEvents.MetreChange(
                    tick,
                    beats,
                    unit,
                    clocks > 0 ? clocks : Message.TICKS_PER_QUARTER,
                    thirtySeconds > 0 ? thirtySeconds : THIRTY_SECONDS));
        }
    }

    /** A length and that many bytes; fewer, and the track stopped, if they are not all there. */
    private ByteCursor readBlock() {
        int length = in.nextVlq();
        if (length < 0) {
            stop(in.remaining() == 0 ? CUT_OFF : "length of more than 4 bytes");
            return in.slice(0);
        }
        if (length > in.remaining()) {
            stop(CUT_OFF);
        } else if (in.wasTooLong()) {
            fault("length of more than 4 bytes");
        }
        return in.slice(length);
    }

    /** Something is wrong that spoils no more than one event. */
    private void fault(String what) {
        if (ended) {
            return;
        }
        if (faults++ == 0) {
            firstFault = what + " at byte " + in.position();
        }
    }

    /** The event that makes no sense has no time either: the track ends with the one before. */
    private void stop(String what) {
        tick = tickBefore;
        stop = what + " at byte " + in.position();
        stopped = true;
    }

    /** The specification says ASCII; UTF-8 and Latin-1 are what programs write. */
    private static String text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(bytes, StandardCharsets.ISO_8859_1);
        }
        return text.replaceAll("\\p{Cntrl}", "").strip();
    }
}
