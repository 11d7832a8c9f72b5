package antiphon.live;

import antiphon.HotPath;

/** Where a ledger writes down what sounds, so that it is known even after a crash of the program. */
interface HeldNotes {
    /** Writes nothing down. */
    HeldNotes NOWHERE = new HeldNotes() {
        @Override
        public void began(int channel, int pitch) {}

        @Override
        public void ended(int channel, int pitch) {}

        @Override
        public void pedal(int channel, boolean down) {}
    };

    /** A note-on was sent. */
    @HotPath
    void began(int channel, int pitch);

    /** The note-off of one of the key's note-ons has left. */
    @HotPath
    void ended(int channel, int pitch);

    /** The sustain pedal was moved. */
    @HotPath
    void pedal(int channel, boolean down);
}
