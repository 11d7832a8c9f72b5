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
        public void moved(int lasting, int channel, boolean away) {}
    };

    /** A key began to sound that did not sound before. */
    @HotPath
    void began(int channel, int pitch);

    /** The note-off of the key's last note-on has left: it is silent. */
    @HotPath
    void ended(int channel, int pitch);

    /**
     * A lasting controller was moved away from rest or back.
     *
     * @param lasting which one, by the numbers of {@link antiphon.music.Lasting}
     */
    @HotPath
    void moved(int lasting, int channel, boolean away);
}
