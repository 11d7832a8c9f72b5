package antiphon.corpus;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A packed folder, {@code .tar.xz}, {@code .tar.gz} or {@code .tar}, unpacked into a temporary folder, which is removed
 * on close.
 */
final class Archive implements AutoCloseable {
    private static final List<String> ENDINGS = List.of(".tar.xz", ".txz", ".tar.gz", ".tgz", ".tar");
    private static final long MAX_BYTES = 4L << 30;
    private static final int XZ_MEMORY_KIB = 256 << 10;

    private final Path folder;

    private Archive(Path folder) {
        this.folder = folder;
    }

    static boolean is(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return Files.isRegularFile(path) && ENDINGS.stream().anyMatch(name::endsWith);
    }

    /**
     * Unpacks an archive. Only ordinary files are unpacked, and none is written outside the folder, whatever the
     * archive says.
     *
     * @throws CorpusException one line, if it is damaged, too large, or there is no room
     */
    static Archive unpack(Path path) {
        Archive archive = null;
        try {
            archive = new Archive(Files.createTempDirectory("antiphon-import-"));
            archive.unpackAll(path);
            return archive;
        } catch (IOException failure) {
            if (archive != null) {
                archive.close();
            }
            throw new CorpusException(
                    path + ": cannot be unpacked (" + failure.getMessage() + "); a sound archive of at most "
                            + (MAX_BYTES >> 30) + " GiB and room for it in " + System.getProperty("java.io.tmpdir")
                            + " needed. Fetch it again, or unpack it by hand and name the folder.",
                    failure);
        }
    }

    private void unpackAll(Path path) throws IOException {
        long left = MAX_BYTES;
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
                TarArchiveInputStream tar = new TarArchiveInputStream(unpacked(file, path), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    left -= copy(tar, inside(entry.getName()), left);
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
            if (target.startsWith(folder)) {
                return target;
            }
        } catch (InvalidPathException invalid) {
            throw new IOException("an entry's name is no file name: " + name, invalid);
        }
        throw new IOException("an entry points outside: " + name);
    }

    private static long copy(InputStream in, Path target, long max) throws IOException {
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > max) {
                    throw new IOException("it unpacks to more");
                }
                out.write(buffer, 0, read);
            }
        }
        return size;
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

    /** Removes what was unpacked. If something cannot be removed, the system will empty its temporary folder. */
    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            folder.toFile().deleteOnExit();
        }
    }
}
