package antiphon.live;

import antiphon.HotPath;

/** Where a ledger writes down what it holds, so that it survives the program. */
interface HeldNotes {
    /** Writes nothing down. */
    HeldNotes NOWHERE = (channel, pitch, count) -> {};

    /** Notes that this many note-ons of the key are held now. */
    @HotPath
    void set(int channel, int pitch, int count);
}
