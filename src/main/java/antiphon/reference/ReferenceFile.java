package antiphon.reference;

import antiphon.file.AtomicFile;
import antiphon.music.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * {@link Counts} as a file: {@value #MAGIC}, then, compressed by zlib with its check sum, the description and
 * for each field of each n-gram its tables.
 *
 * <p>A table is its context as {@link ContextShape} writes it, three discounts as 32-bit floats, how many contexts and
 * values it has, and then column by column, so that like is compressed with like: the differences of the sorted
 * contexts, the number of values of each, what is missing in each, the values (a byte each), their counts. Numbers are
 * varints: seven bits a byte, the lowest first. Text is UTF-8 after its length.
 */
final class ReferenceFile {
    private static final String MAGIC = "antiphon counts 1\n";

    /**
     * Limit after decompression. Our own file has less than a third of it, and every machine has memory for a table of
     * this size.
     */
    private static final int MAX_BYTES = 64 << 20;

    private ReferenceFile() {}

    static void write(Path path, Counts counts) {
        try {
            byte[] bytes = bytes(path, counts);
            AtomicFile.write(path, draft -> {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.write(draft, bytes);
            });
        } catch (IOException failure) {
            throw new ReferenceException(AtomicFile.why(path, failure), failure);
        }
    }

    private static byte[] bytes(Path path, Counts counts) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        Columns out = new Columns(new DataOutputStream(plain));
        out.text(counts.description());
        for (Ngram ngram : List.of(counts.unigram(), counts.fiveGram())) {
            for (BackoffChain chain : ngram.fields()) {
                for (int i = 0; i < chain.tables().size(); i++) {
                    out.text(chain.plan().contexts().get(i).toString());
                    out.table(chain.tables().get(i));
                }
            }
        }
        if (plain.size() > MAX_BYTES) {
            throw new ReferenceException(path + ": " + (plain.size() >> 20) + " MiB of counts; at most "
                    + (MAX_BYTES >> 20) + " allowed. Leave out more: --least-worth.");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MAGIC.getBytes(StandardCharsets.US_ASCII));
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream compressed = new DeflaterOutputStream(bytes, deflater)) {
            plain.writeTo(compressed);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    static Counts read(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new ReferenceException(path + ": no such file. Make one: antiphon reference CORPUS -o " + path);
        }
        byte[] plain;
        try (InputStream file = Files.newInputStream(path)) {
            byte[] magic = file.readNBytes(MAGIC.length());
            if (!MAGIC.equals(new String(magic, StandardCharsets.ISO_8859_1))) {
                throw new ReferenceException(path
                        + ": no counts that this build can read. Name a file that antiphon reference has written.");
            }
            try (InputStream inflated = new InflaterInputStream(file)) {
                plain = inflated.readNBytes(MAX_BYTES + 1);
            }
        } catch (IOException failure) {
            throw new ReferenceException(path + ": cannot be read, or is damaged (" + failure.getMessage()
                    + "). Fetch or make it again: antiphon reference.");
        }
        try {
            return parse(new ColumnReader(ByteBuffer.wrap(plain)));
        } catch (ColumnReader.DamagedException damaged) {
            throw new ReferenceException(
                    path + ": damaged: " + damaged.getMessage() + ". Fetch or make it again: antiphon reference.");
        }
    }

    private static Counts parse(ColumnReader in) throws ColumnReader.DamagedException {
        if (in.remaining() > MAX_BYTES) {
            throw new ColumnReader.DamagedException("more than " + (MAX_BYTES >> 20) + " MiB of counts");
        }
        String description = in.text();
        Ngram unigram = ngram(in, FieldPlan.UNIGRAM);
        Ngram fiveGram = ngram(in, FieldPlan.FIVE_GRAM);
        if (in.remaining() > 0) {
            throw new ColumnReader.DamagedException(in.remaining() + " bytes too many");
        }
        return new Counts(description, unigram, fiveGram);
    }

    private static Ngram ngram(ColumnReader in, List<FieldPlan> plans) throws ColumnReader.DamagedException {
        List<BackoffChain> chains = new ArrayList<>();
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            FieldPlan plan = plans.get(field);
            List<ContextTable> tables = new ArrayList<>();
            for (ContextShape shape : plan.contexts()) {
                if (!in.text().equals(shape.toString())) {
                    throw new ColumnReader.DamagedException(
                            "the context \"" + shape + "\" is not where this build has it");
                }
                tables.add(in.table(BackoffChain.values(field)));
            }
            chains.add(new BackoffChain(plan, BackoffChain.values(field), tables));
        }
        return new Ngram(chains);
    }

    /** Writes what {@link ColumnReader} reads. */
    private record Columns(DataOutputStream out) {
        void text(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            varint(bytes.length);
            out.write(bytes);
        }

        void table(ContextTable table) throws IOException {
            for (float discount : table.discounts()) {
                out.writeFloat(discount);
            }
            varint(table.contextCount());
            varint(table.valueCount());
            long before = Integer.MIN_VALUE - 1L;
            for (int i = 0; i < table.contextCount(); i++) {
                varint(table.context(i) - before - 1);
                before = table.context(i);
            }
            for (int i = 0; i < table.contextCount(); i++) {
                varint(table.first(i + 1) - table.first(i) - 1);
            }
            for (int i = 0; i < table.contextCount(); i++) {
                varint(table.missing(i));
            }
            for (int i = 0; i < table.valueCount(); i++) {
                out.write(table.symbol(i));
            }
            for (int i = 0; i < table.valueCount(); i++) {
                varint(table.count(i) - 1);
            }
        }

        private void varint(long value) throws IOException {
            long rest = value;
            while (rest > 0x7F) {
                out.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
