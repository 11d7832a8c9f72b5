package antiphon.midi.file;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds MIDI files byte by byte, wrong ones too, for tests of the reader. */
final class SmfBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static SmfBytes header(int format, int tracks, int division) {
        return new SmfBytes()
                .ascii("MThd")
                .bytes(0, 0, 0, 6, 0, format, 0, tracks)
                .bytes(division >> 8 & 0xFF, division & 0xFF);
    }

    /** A format 0 file of one track, 100 ticks a quarter note: at 120 qpm a tick is 5 ms. */
    static byte[] oneTrack(int... events) {
        return header(0, 1, 100).track(events).toBytes();
    }

    /** A track chunk whose declared length is right. */
    SmfBytes track(int... events) {
        return ascii("MTrk").length(events.length).bytes(events);
    }

    SmfBytes length(int length) {
        return bytes(length >>> 24, length >>> 16 & 0xFF, length >>> 8 & 0xFF, length & 0xFF);
    }

    SmfBytes ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    SmfBytes bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
