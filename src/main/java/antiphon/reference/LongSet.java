package antiphon.reference;

/** A set of hashes other than 0, by open addressing: 16 to 32 bytes for each hash it may hold at most. */
final class LongSet {
    private final long[] slots;

    LongSet(int capacity) {
        slots = new long[Integer.highestOneBit(Math.max(capacity, 1)) << 2];
    }

    /** True if it was not in the set before. */
    boolean add(long hash) {
        int slot = (int) (hash >>> 20) & (slots.length - 1);
        while (slots[slot] != 0) {
            if (slots[slot] == hash) {
                return false;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = hash;
        return true;
    }
}
