package antiphon.midi;

import antiphon.Fuzzing;
import java.util.Arrays;

/**
 * Any bytes off a wire, in pieces: what comes out whole begins with 0xF0, ends with 0xF7, and has nothing in it that may not be.
 * The first byte of the input says how long pieces are.
 */
public final class SysexAssemblerFuzz {
    private static final int LONGEST = 64;

    private SysexAssemblerFuzz() {}

    /** One stream. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        SysexAssembler assembler = new SysexAssembler(LONGEST);
        int step = bytes.length == 0 ? 1 : 1 + (bytes[0] & 15);
        for (int from = 1; from < bytes.length; from += step) {
            byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + step));
            if (assembler.add(piece, piece.length) == SysexAssembler.Result.WHOLE) {
                requireWhole(Arrays.copyOf(assembler.bytes(), assembler.length()));
            }
        }
        assembler.breakOff();
    }

    private static void requireWhole(byte[] message) {
        int last = message.length - 1;
        Fuzzing.require(
                message.length >= 2 && (message[0] & 0xFF) == 0xF0 && (message[last] & 0xFF) == 0xF7,
                "no system exclusive message: " + Arrays.toString(message));
        for (int i = 1; i < last; i++) {
            int value = message[i] & 0xFF;
            Fuzzing.require(value < 0x80 || value >= 0xF8, "a status byte within: " + Arrays.toString(message));
        }
    }
}
