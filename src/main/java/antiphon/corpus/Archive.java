package antiphon.corpus;

import antiphon.file.Temporary;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A packed folder, {@code .zip}, {@code .tar.xz}, {@code .tar.gz} or {@code .tar}, or a packed file, {@code .gz}, unpacked
 * into a temporary folder, which is removed on close. One thread.
 *
 * <p>What archives in an archive hold counts as if it were held by the outermost one: all of it together is bounded in
 * files, in bytes, in how much larger than the archive it is, and in how deep it is packed.
 */
final class Archive implements AutoCloseable {
    /** The temporary folders' names begin so. */
    static final String PREFIX = "antiphon-import";

    private static final int XZ_MEMORY_KIB = 256 << 10;

    /** How entries of a zip may be packed. The library knows others, by classes that are not here or without any bound. */
    private static final Set<ZipMethod> ZIP_METHODS = EnumSet.of(
            ZipMethod.STORED,
            ZipMethod.UNSHRINKING,
            ZipMethod.IMPLODING,
            ZipMethod.DEFLATED,
            ZipMethod.ENHANCED_DEFLATED,
            ZipMethod.BZIP2);

    private final Path path;
    private final Path folder;
    private final Bounds bounds;
    private final int depth;

    private Archive(Path path, Path folder, Bounds bounds, int depth) {
        this.path = path;
        this.folder = folder;
        this.bounds = bounds;
        this.depth = depth;
    }

    /** What may still be unpacked of one outermost archive. */
    private static final class Bounds {
        static final long MAX_BYTES = 4L << 30;
        static final long MAX_BYTES_OF_SMALL = 64L << 20;
        static final int MAX_TIMES_LARGER = 200;
        static final int MAX_FILES = 400_000;
        static final int MAX_DEPTH = 3;

        private final long maxBytes;
        private long bytes;
        private int files;

        Bounds(long packedBytes) {
            maxBytes = Math.min(MAX_BYTES, Math.max(MAX_BYTES_OF_SMALL, packedBytes * MAX_TIMES_LARGER));
        }

        void countFile() throws IOException {
            if (++files > MAX_FILES) {
                throw new IOException("more than " + MAX_FILES + " files");
            }
        }

        void countBytes(int count) throws IOException {
            bytes += count;
            if (bytes > maxBytes) {
                throw new IOException("it unpacks to more than " + (maxBytes >> 20) + " MiB");
            }
        }
    }

    /** That an archive in an archive goes beyond what the outermost may hold: nothing more of that one is read. */
    static final class BoundsException extends CorpusException {
        private static final long serialVersionUID = 1;

        BoundsException(String message) {
            super(message);
        }
    }

    static boolean is(Path path) {
        return Files.isRegularFile(path) && Endings.isArchive(path);
    }

    /**
     * Unpacks an archive. Only ordinary files are unpacked, and none is written outside the folder, whatever the
     * archive says.
     *
     * @throws CorpusException one line, if it is damaged, too large, or there is no room
     */
    static Archive unpack(Path path) {
        try {
            return unpack(path, new Bounds(Files.size(path)), 1);
        } catch (IOException failure) {
            throw new CorpusException(
                    path + ": cannot be unpacked (" + failure.getMessage() + "); a sound archive of at most "
                            + (Bounds.MAX_BYTES >> 30) + " GiB, at most " + Bounds.MAX_TIMES_LARGER
                            + " times as large as packed, and room for it in " + System.getProperty("java.io.tmpdir")
                            + " needed. Fetch it again, or unpack it by hand and name the folder.",
                    failure);
        }
    }

    /** The same for one that may lie in another: what is unpacked of both counts together. */
    static Archive unpack(Path path, @Nullable Archive within) {
        return within == null ? unpack(path) : within.unpackInner(path);
    }

    /** Unpacks an archive that this one holds; what goes beyond the bounds of the outermost is a {@link BoundsException}. */
    private Archive unpackInner(Path path) {
        try {
            if (depth == Bounds.MAX_DEPTH) {
                throw new BoundsException(
                        "more than " + Bounds.MAX_DEPTH + " archives one in another. Unpack them by hand.");
            }
            return unpack(path, bounds, depth + 1);
        } catch (IOException failure) {
            if (bounds.bytes > bounds.maxBytes || bounds.files > Bounds.MAX_FILES) {
                throw new BoundsException(failure.getMessage() + ". Unpack it by hand.");
            }
            throw new CorpusException(
                    path + ": cannot be unpacked (" + failure.getMessage()
                            + "); a sound archive needed. Fetch it again.",
                    failure);
        }
    }

    private static Archive unpack(Path path, Bounds bounds, int depth) throws IOException {
        Archive archive = new Archive(path, Temporary.folder(PREFIX), bounds, depth);
        try {
            archive.unpackAll();
            return archive;
        } catch (IOException | Error failure) {
            archive.close();
            throw failure;
        } catch (RuntimeException damaged) {
            // What the libraries throw where they did not foresee the damage.
            archive.close();
            throw new IOException("damaged: " + damaged.getMessage(), damaged);
        }
    }

    private void unpackAll() throws IOException {
        if (Endings.isZip(path)) {
            unpackZip();
        } else if (Endings.isTar(path)) {
            unpackTar();
        } else {
            try (InputStream in = unpacked(new BufferedInputStream(Files.newInputStream(path)), path)) {
                copy(in, inside(Endings.withoutArchive(path)));
            }
        }
    }

    private void unpackZip() throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(path).get()) {
            Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
            while (entries.hasMoreElements()) {
                ZipArchiveEntry entry = entries.nextElement();
                if (!entry.isDirectory() && !entry.isUnixSymlink()) {
                    requireMethod(entry);
                    try (InputStream in = zip.getInputStream(entry)) {
                        copy(in, inside(entry.getName()));
                    }
                }
            }
        }
    }

    private static void requireMethod(ZipArchiveEntry entry) throws IOException {
        ZipMethod method = ZipMethod.getMethodByCode(entry.getMethod());
        if (method == null || !ZIP_METHODS.contains(method)) {
            throw new IOException("an entry is packed by method " + entry.getMethod() + ", which is not known here");
        }
    }

    private void unpackTar() throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
                TarArchiveInputStream tar = new TarArchiveInputStream(unpacked(file, path), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    copy(tar, inside(entry.getName()));
                }
            }
        }
    }

    private static InputStream unpacked(InputStream packed, Path path) throws IOException {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith("xz")) {
            return XZCompressorInputStream.builder()
                    .setInputStream(packed)
                    .setMemoryLimitKiB(XZ_MEMORY_KIB)
                    .get();
        }
        return name.endsWith("gz") ? new GZIPInputStream(packed) : packed;
    }

    private Path inside(String name) throws IOException {
        try {
            Path target = folder.resolve(name).normalize();
            if (target.startsWith(folder) && !target.equals(folder)) {
                return target;
            }
        } catch (InvalidPathException invalid) {
            throw new IOException("an entry's name is no file name: " + name, invalid);
        }
        throw new IOException("an entry points outside: " + name);
    }

    private void copy(InputStream in, Path target) throws IOException {
        bounds.countFile();
        Temporary.requireGoingOn();
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bounds.countBytes(read);
                out.write(buffer, 0, read);
            }
        }
    }

    /** The folder to read from: the archive's only top folder, if all lies in one. */
    Path root() {
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> all = children.toList();
            return all.size() == 1 && Files.isDirectory(all.getFirst()) ? all.getFirst() : folder;
        } catch (IOException failure) {
            throw new CorpusException(folder + ": cannot be read (" + failure.getMessage() + ").", failure);
        }
    }

    /** What the names of its pieces begin with: its own, unless it is a file that was packed alone. */
    String prefix() {
        return Endings.isPackedMusic(path) ? "" : Endings.withoutArchive(path) + "/";
    }

    /** A message as people know its files: by where they lie in the archive, if in any, not where they were unpacked. */
    static String shown(String message, @Nullable Archive within) {
        if (within == null) {
            return message;
        }
        String separator = within.folder.getFileSystem().getSeparator();
        return message.replace(within.folder + separator, within.path + separator);
    }

    /** Removes what was unpacked. */
    @Override
    public void close() {
        Temporary.remove(folder);
    }
}
