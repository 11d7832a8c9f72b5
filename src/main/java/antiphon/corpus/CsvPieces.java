package antiphon.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in CSVs of notes the lines of each piece lie, so that one piece at a time can be read. A piece costs 16 bytes
 * for each place where lines of it follow each other, at most 20 when all are found: one place, in the files that
 * {@code import} writes. While a file is looked through, also at most 40 bytes for each piece in it, for the names, of
 * which 64 bits of a digest are kept: of a million pieces in a file two are taken for one with a chance of 1 in 40
 * million. One thread writes; any may read what was written before.
 */
final class CsvPieces {
    private static final int OFFSET = 0;
    private static final int LENGTH = 2;
    private static final int NEXT = 3;
    private static final int NONE = -1;
    private static final byte[] NO_PREFIX = {'\n'};
    private static final long LONGEST = 1 << 30;

    /** Places: the offset of the first line, the bytes of all, and the piece's next place. */
    private final IntTable places = new IntTable(4);

    /** What was found in one file. */
    private static final class Search {
        private final DigestMap last = new DigestMap();
        private byte[] prefix = NO_PREFIX;
        private long begin;
    }

    /** How many places there are. */
    int size() {
        return places.rows();
    }

    /** Forgets all places from this one on. */
    void truncate(int size) {
        places.truncate(size);
    }

    /**
     * Looks through a file for pieces. It may be at fault all the same: only the first column is looked at.
     *
     * @param firsts gets a row for each piece, in the order in which they first appear: its first place
     * @return whether the header says that further columns follow, for {@link #read}
     * @throws IOException if it cannot be read, or is not UTF-8
     * @throws CorpusException if a line is at fault
     */
    boolean find(Path path, IntTable firsts) throws IOException {
        try (ByteLines lines = new ByteLines(path)) {
            boolean further = NotesCsv.isFurther(lines.next() ? lines.text() : null, path);
            Search search = new Search();
            while (lines.next()) {
                long length = lines.endOffset() - search.begin;
                // The text before the comma says that the line goes on with the piece; most lines are not decoded.
                if (lines.startsWith(search.prefix) && length <= LONGEST) {
                    places.set(places.rows() - 1, LENGTH, (int) length);
                } else {
                    begin(path, lines, search, firsts);
                }
            }
            return further;
        }
    }

    private void begin(Path path, ByteLines lines, Search search, IntTable firsts) throws CharacterCodingException {
        String line = lines.text();
        if (line.isBlank()) {
            return;
        }
        NotesCsv.Head head = NotesCsv.Head.of(path, line);
        search.prefix = ByteLines.bytes(line.substring(0, Math.min(line.length(), head.rest())));
        search.begin = lines.offset();
        int place = places.add(
                IntTable.high(search.begin),
                IntTable.low(search.begin),
                Math.toIntExact(lines.endOffset() - search.begin),
                NONE);
        int before = search.last.put(DigestMap.key(Fingerprint.ofName(head.piece())), place);
        if (before == DigestMap.ABSENT) {
            firsts.add(place);
        } else {
            places.set(before, NEXT, place);
        }
    }

    /**
     * Reads one piece. Any thread.
     *
     * @param first its first place
     * @throws IOException if it cannot be read, or is not UTF-8
     * @throws CorpusException if a line is at fault; which one is not known
     */
    Piece read(Path path, int first, boolean further) throws IOException {
        List<String> texts = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            for (int place = first; place != NONE; place = places.get(place, NEXT)) {
                texts.add(text(channel, places.getLong(place, OFFSET), places.get(place, LENGTH)));
            }
        }
        return NotesCsv.piece(path, texts.stream().flatMap(String::lines), further);
    }

    private static String text(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = channel.read(bytes, offset + bytes.position());
        }
        return ByteLines.text(bytes.flip());
    }
}
