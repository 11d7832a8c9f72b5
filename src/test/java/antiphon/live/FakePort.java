package antiphon.live;

import antiphon.midi.MidiBackend.OutputPort;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Takes what it is sent and writes it down, unless told not to. */
final class FakePort implements OutputPort {
    final List<Integer> sent = new ArrayList<>();

    /** What was sent and what was copied, in the order in which it came. */
    final List<Integer> all = new ArrayList<>();

    final List<Long> dueNanos = new ArrayList<>();
    final List<Long> answered = new ArrayList<>();
    final List<Integer> copied = new ArrayList<>();
    final List<byte[]> copiedLong = new ArrayList<>();

    /** What it refuses. */
    IntPredicate refuses = message -> false;

    boolean recording = true;

    /** So often the next messages make it fail. */
    int failures;

    /** Refuses everything, or takes everything. */
    void setFull(boolean full) {
        refuses = message -> full;
    }

    /** Note-ons minus note-offs of each key, never below 0, of everything that was sent and copied. */
    int[] sounding() {
        int[] sounding = new int[Message.CHANNELS * Message.PITCHES];
        all.forEach(message -> count(message, sounding));
        return sounding;
    }

    /** What {@link #sounding} counts, as channel and pitch. */
    List<String> hanging() {
        List<String> hanging = new ArrayList<>();
        int[] sounding = sounding();
        for (int key = 0; key < sounding.length; key++) {
            if (sounding[key] > 0) {
                hanging.add("channel " + key / Message.PITCHES + " pitch " + key % Message.PITCHES);
            }
        }
        return hanging;
    }

    private static void count(int message, int[] sounding) {
        if (Message.isNoteOn(message)) {
            sounding[Message.key(message)]++;
        } else if (Message.isNoteOff(message)) {
            int key = Message.key(message);
            sounding[key] = Math.max(0, sounding[key] - 1);
        }
    }

    private void fail() {
        if (failures > 0) {
            failures--;
            throw new IllegalStateException("broken on purpose");
        }
    }

    @Override
    public String fullName() {
        return "fake:out";
    }

    @Override
    public boolean send(int message, long due) {
        fail();
        boolean taken = !refuses.test(message);
        if (taken && recording) {
            sent.add(message);
            all.add(message);
            dueNanos.add(due);
        }
        return taken;
    }

    @Override
    public boolean answer(int message, long due, long cause) {
        answered.add(cause);
        return send(message, due);
    }

    @Override
    public boolean thru(int message, long nanos) {
        boolean taken = !refuses.test(message);
        if (taken && recording) {
            copied.add(message);
            all.add(message);
        }
        return taken;
    }

    @Override
    public boolean thruLong(byte[] bytes, int length, long nanos) {
        boolean taken = !refuses.test(0xF0);
        if (taken && recording) {
            byte[] copy = new byte[length];
            System.arraycopy(bytes, 0, copy, 0, length);
            copiedLong.add(copy);
        }
        return taken;
    }

    @Override
    public long lateCount() {
        return 0;
    }

    @Override
    public void close() {}
}
