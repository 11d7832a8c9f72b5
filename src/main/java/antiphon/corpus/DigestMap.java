package antiphon.corpus;

import java.nio.ByteBuffer;

/**
 * Numbers by the first 64 bits of a digest, at 16 to 24 bytes each, and 40 while it grows; a {@code Map<Long, Integer>}
 * needs about 70. Open addressing with linear probing, which takes the digests as evenly spread. One thread.
 */
final class DigestMap {
    static final int ABSENT = -1;

    private long[] keys = new long[16];

    /** The number and 1; 0 marks a free slot. */
    private int[] numbers = new int[16];

    private int size;

    /** The first 64 bits of a digest. */
    static long key(byte[] digest) {
        return ByteBuffer.wrap(digest).getLong();
    }

    /** Keeps a number, 0 or more, in place of the one before, which it returns; {@link #ABSENT} if there was none. */
    int put(long key, int number) {
        if (size >= keys.length / 4 * 3) {
            grow();
        }
        int slot = slot(key);
        int before = numbers[slot] - 1;
        keys[slot] = key;
        numbers[slot] = number + 1;
        size += before == ABSENT ? 1 : 0;
        return before;
    }

    /** The number that is kept; {@link #ABSENT} if none is. */
    int get(long key) {
        return numbers[slot(key)] - 1;
    }

    private int slot(long key) {
        int slot = (int) Math.unsignedMultiplyHigh(key, keys.length);
        while (numbers[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 == keys.length ? 0 : slot + 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[oldKeys.length + oldKeys.length / 2];
        numbers = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }
}
