package antiphon.live;

import antiphon.midi.MidiBackend.OutputPort;
import antiphon.music.Lasting;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

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

    /** So often the next messages make it fail, with {@link #error} if there is one. */
    int failures;

    @Nullable
    Error error;

    /** Refuses everything, or takes everything. */
    void setFull(boolean full) {
        refuses = message -> full;
    }

    /** 1 for each key that is down, by everything that was sent and copied; a key is down or up, however often struck. */
    int[] sounding() {
        int[] sounding = new int[Message.CHANNELS * Message.PITCHES];
        all.forEach(message -> count(message, sounding));
        return sounding;
    }

    /** What {@link #sounding} has, as channel and pitch, and every controller that is away from rest. */
    List<String> hanging() {
        List<String> hanging = new ArrayList<>();
        int[] sounding = sounding();
        for (int key = 0; key < sounding.length; key++) {
            if (sounding[key] > 0) {
                hanging.add("channel " + key / Message.PITCHES + " pitch " + key % Message.PITCHES);
            }
        }
        int[] last = new int[Lasting.COUNT * Message.CHANNELS];
        for (int message : all) {
            if (Lasting.of(message) >= 0) {
                last[Lasting.of(message) * Message.CHANNELS + Message.channel(message)] = message;
            }
        }
        for (int message : last) {
            if (message != 0 && Lasting.isAway(message)) {
                hanging.add(Integer.toHexString(message));
            }
        }
        return hanging;
    }

    private static void count(int message, int[] sounding) {
        if (Message.isNoteOn(message)) {
            sounding[Message.key(message)] = 1;
        } else if (Message.isNoteOff(message)) {
            sounding[Message.key(message)] = 0;
        }
    }

    private void fail() {
        if (failures > 0) {
            failures--;
            if (error != null) {
                throw error;
            }
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
