package antiphon.midi.file;

import antiphon.music.Message;
import antiphon.music.MessageBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the events of one track chunk. Where the bytes stop making sense it stops too and keeps what came before: a
 * position lost in a MIDI track cannot be found again, and inventing notes would be worse than missing some.
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

    private static final String CUT_OFF = "ends in the middle of an event";

    private final ByteCursor in;
    private final MessageBuffer messages = new MessageBuffer();
    private final List<TempoMap.Change> tempos = new ArrayList<>();
    private String name = "";
    private String damage = "";
    private int port;
    private long tick;
    private long tickBefore;
    private int runningStatus;
    private boolean ended;
    private boolean stopped;

    private TrackReader(ByteCursor in) {
        this.in = in;
    }

    /** Reads until the track or the bytes end, or the bytes make no sense. */
    static TrackEvents read(ByteCursor chunk) {
        TrackReader reader = new TrackReader(chunk);
        while (chunk.remaining() > 0 && !reader.stopped) {
            reader.readEvent();
        }
        return new TrackEvents(reader.name, reader.port, reader.messages, reader.tempos, reader.tick, reader.damage);
    }

    private void readEvent() {
        tickBefore = tick;
        int delta = in.nextVlq();
        if (delta == ByteCursor.NONE) {
            stop(in.remaining() == 0 ? CUT_OFF : "time of more than 4 bytes");
            return;
        }
        // No overflow: 2^31 bytes of file cannot hold enough 28-bit deltas for 63 bits.
        tick += delta;
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
        } else if ((data1 | data2) > 0x7F) {
            stop("data byte " + Math.max(data1, data2) + ", more than 127,");
        } else {
            messages.add(Message.of(status, data1, data2), tick);
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

    /** A length and that many bytes; fewer, and the track stopped, if they are not all there. */
    private ByteCursor readBlock() {
        int length = in.nextVlq();
        if (length == ByteCursor.NONE) {
            stop(in.remaining() == 0 ? CUT_OFF : "length of more than 4 bytes");
            return in.slice(0);
        }
        if (length > in.remaining()) {
            stop(CUT_OFF);
        }
        return in.slice(length);
    }

    /** The event that makes no sense has no time either: the track ends with the one before. */
    private void stop(String what) {
        // After End of Track whatever makes no sense is padding.
        tick = tickBefore;
        damage = ended ? "" : what + " at byte " + in.position();
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
