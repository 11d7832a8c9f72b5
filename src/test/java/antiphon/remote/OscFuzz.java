package antiphon.remote;

import antiphon.Fuzzing;
import java.nio.ByteBuffer;
import java.util.List;

/** Any bytes as an OSC packet: refused, or messages that can be written and read again as they were. */
public final class OscFuzz {
    private OscFuzz() {}

    /** One packet. */
    public static void fuzzerTestOneInput(byte[] bytes) throws OscException {
        List<OscMessage> messages;
        try {
            messages = OscCodec.read(ByteBuffer.wrap(bytes));
        } catch (OscException refused) {
            return;
        }
        for (OscMessage message : messages) {
            List<OscMessage> again = OscCodec.read(ByteBuffer.wrap(OscCodec.write(message)));
            Fuzzing.require(again.equals(List.of(message)), message + " became " + again);
        }
    }
}
