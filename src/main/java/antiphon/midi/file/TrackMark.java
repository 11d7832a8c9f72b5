package antiphon.midi.file;

/** What a track begins with: the letters {@value #LETTERS} and a length. Stateless. */
final class TrackMark {
    static final String LETTERS = "MTrk";

    /** Of this and any other chunk. */
    static final int HEADER_BYTES = 8;

    private TrackMark() {}

    static boolean isAt(ByteCursor in, int place) {
        return in.isAt(place, LETTERS);
    }

    /** Whether the chunk that begins there, by its own length, ends within the file. */
    static boolean isWholeAt(ByteCursor in, int place) {
        return place + HEADER_BYTES <= in.fileEnd() && lengthAt(in, place) <= in.fileEnd() - place - HEADER_BYTES;
    }

    /** The length that the chunk states which begins there, all of its header being in the file. */
    static long lengthAt(ByteCursor in, int place) {
        return in.part(place + LETTERS.length(), place + HEADER_BYTES).nextNumber(4);
    }
}
