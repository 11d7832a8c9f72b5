package antiphon.midi.alsa;

import antiphon.midi.MidiReceiver;
import antiphon.midi.PortInfo;
import antiphon.music.Message;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * Runs the code of the receiving thread and of the sender before the first message, because the first call of a method
 * handle takes milliseconds: from one port of ours to another, which nobody is shown, by the kernel and back.
 */
final class AlsaWarmUp {
    private static final int ROUNDS = 300;

    /** Of each round; fewer than the kernel's pool holds. */
    private static final int MESSAGES = 16;

    private static final MidiReceiver NOBODY = (message, nanos) -> {};
    private static final byte[] IDENTITY_REQUEST = {(byte) 0xF0, 0x7E, 0x7F, 6, 1, (byte) 0xF7};

    private AlsaWarmUp() {}

    /** With a client of its own; the clock and the queue are those that will be used. */
    static void run(QueueClock clock, int queue) {
        try (Arena arena = Arena.ofShared()) {
            long own = Alsa.open();
            Alsa.callWithText("snd_seq_set_client_name", own, "antiphon warm-up");
            int client = Alsa.call("snd_seq_client_id", own);
            int in = AlsaDirectory.newPort(own, "in", Alsa.CAN_WRITE | Alsa.NO_EXPORT, queue);
            int out = AlsaDirectory.newPort(own, "out", Alsa.CAN_READ | Alsa.NO_EXPORT, AlsaDirectory.NO_QUEUE);
            Alsa.call("snd_seq_connect_to", own, out, client, in);
            AlsaInput input = new AlsaInput(port(client, in), List.of(), NOBODY, arena, closing -> {});
            AlsaOutput output = new AlsaOutput(port(client, out), own, queue, clock, List.of(), arena, closing -> {});
            AlsaReader reader = new AlsaReader(own, clock, priority -> false, () -> {}, arena);
            reader.add(input);
            for (int i = 0; i < ROUNDS; i++) {
                send(output);
                reader.takeAll();
            }
            reader.close();
            output.free();
            input.free();
            Alsa.call("snd_seq_close", own);
        }
    }

    private static AlsaPort port(int client, int port) {
        return new AlsaPort(client, port, new PortInfo("", false, false));
    }

    private static void send(AlsaOutput output) {
        for (int i = 0; i < MESSAGES; i++) {
            output.thru(Message.noteOn(i, i, 1), 0);
            output.send(Message.noteOff(i, i), System.nanoTime());
        }
        output.thruLong(IDENTITY_REQUEST, IDENTITY_REQUEST.length, 0);
    }
}
