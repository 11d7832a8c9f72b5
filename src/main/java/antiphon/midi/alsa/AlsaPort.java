package antiphon.midi.alsa;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import antiphon.midi.PortInfo;
import antiphon.midi.library.RawMemory;

/**
 * A port of the sequencer.
 *
 * @param client its client's number, 0–255
 * @param port its number in the client, 0–255
 * @param info what the rest of the program knows it by
 */
record AlsaPort(int client, int port, PortInfo info) {
    /** Both numbers in one. */
    static int address(int client, int port) {
        return client << 8 | port;
    }

    /** What stands in memory: a byte of each. */
    static int readAddress(long at) {
        return address(RawMemory.ALL.get(JAVA_BYTE, at) & 0xFF, RawMemory.ALL.get(JAVA_BYTE, at + 1) & 0xFF);
    }

    int address() {
        return address(client, port);
    }
}
