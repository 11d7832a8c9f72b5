package antiphon.midi.jack;

import antiphon.midi.library.RawMemory;

/**
 * What the process callback needs from JACK in one cycle. An interface, so that the same code can also be run on made-up
 * buffers: by the warm-up before real time begins, and by tests. Addresses are raw, in {@link RawMemory}. Real-time thread only.
 */
interface JackMidi {
    /** What to add to JACK's time to get {@code System.nanoTime()}, now. */
    long offsetNanos();

    /** Four values at 8-byte steps: frame (u32), start µs, next start µs, period µs (float). Not 0 on failure. */
    int cycleTimes(long times);

    /** Fills a jack_position_t, valid at the cycle's first frame; the transport's state. */
    int transport(long position);

    long buffer(long port, int frames);

    int eventCount(long buffer);

    /** Fills a jack_midi_event_t: time (u32) at 0, size at 8, address of the bytes at 16. Not 0 on failure. */
    int eventGet(long event, long buffer, int index);

    void clear(long buffer);

    /** Where to write a message's bytes, or 0 if there is no room. Frames must not go back. */
    long reserve(long buffer, int frame, long size);

    /** The real one. */
    record Native(long client, ClockOffset offset) implements JackMidi {
        Native(long client) {
            this(client, new ClockOffset());
        }

        @Override
        public long offsetNanos() {
            long before = System.nanoTime();
            long micros = Jack.timeMicros();
            return offset.follow(before, micros, System.nanoTime());
        }

        @Override
        public int cycleTimes(long times) {
            return Jack.cycleTimes(client, times, times + 8, times + 16, times + 24);
        }

        @Override
        public int transport(long position) {
            return Jack.transport(client, position);
        }

        @Override
        public long buffer(long port, int frames) {
            return Jack.portBuffer(port, frames);
        }

        @Override
        public int eventCount(long buffer) {
            return Jack.eventCount(buffer);
        }

        @Override
        public int eventGet(long event, long buffer, int index) {
            return Jack.eventGet(event, buffer, index);
        }

        @Override
        public void clear(long buffer) {
            Jack.clearBuffer(buffer);
        }

        @Override
        public long reserve(long buffer, int frame, long size) {
            return Jack.eventReserve(buffer, frame, size);
        }
    }
}
