package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.midi.file.MidiFileWriter;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data sets, small but in their own form. */
class DataSetTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectories(folder.resolve("data"));
    }

    @Test
    void shouldReadSolosWithBassAndPhrases() throws IOException {
        writeJazz("");
        List<Piece> pieces = imported(true).pieces();

        assertThat(pieces).hasSize(1);
        Piece piece = pieces.getFirst();
        assertThat(piece.name()).isEqualTo("jazz_csv/MilesDavis_SoWhat");
        assertThat(piece.group()).isEqualTo("davis");
        assertThat(piece.phraseOnsetsNanos()).containsExactly(1_500_000_000L, 3_500_000_000L);
        assertThat(piece.performance().notes())
                .filteredOn(note -> note.voice() == Voice.ANSWER)
                .extracting(Note::pitch)
                .containsExactly(38, 40);
        assertThat(piece.performance().notes().stream().map(Note::velocity).distinct())
                .hasSizeGreaterThan(2);
    }

    @Test
    void shouldSayWhichSoloIsDamaged() throws IOException {
        writeJazz("x");
        MidiFileWriter.write(folder.resolve("data/other.mid"), TestPieces.random(1, 40));

        assertThat(imported(true).pieces()).hasSize(1);
        assertThat(notices).singleElement().asString().contains("solo 1 has a value that is none");
    }

    @Test
    void shouldDropRollsWithoutTouchAndKnowTheComposers() throws IOException {
        Files.createDirectories(folder.resolve("data/rolls/midi/exp"));
        Files.createDirectories(folder.resolve("data/rolls/output"));
        Files.writeString(
                folder.resolve("data/rolls/output/catalog.json"),
                """
                [{"druid":"aa1","type":"welte-red","composer":"Dvořák, Antonín"},
                 {"druid":"bb2","type":"88-note","composer":"Liszt, Franz"},
                 {"druid":"cc3","type":"welte-red","composer":"Liszt, Franz"}]""");
        MidiFileWriter.write(folder.resolve("data/rolls/midi/exp/aa1_exp.mid"), TestPieces.random(1, 40));
        MidiFileWriter.write(folder.resolve("data/rolls/midi/exp/bb2_exp.mid"), TestPieces.random(2, 40));
        MidiFileWriter.write(folder.resolve("data/rolls/midi/exp/cc3_exp.mid"), TestPieces.repetitive(3, 40));
        List<ImportTally> tallies = run(true);

        assertThat(Corpus.load(List.of(folder.resolve("notes.csv")), notices::add)
                        .pieces())
                .singleElement()
                .satisfies(piece -> assertThat(piece.group()).isEqualTo("dvorak"));
        assertThat(tallies.getFirst().dropped())
                .isEqualTo(Map.of("roll for a piano without loud and soft", 1, "roll played with one velocity", 1));
    }

    @Test
    void shouldHearTheMelodyAsThePlayerAndThePianoAsTheAnswer() throws IOException {
        Path song = folder.resolve("song.mid");
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            notes.add(new Note(Voice.HUMAN, i * 500_000_000L, 400_000_000L, 72, 80));
            notes.add(new Note(Voice.ANSWER, i * 500_000_000L, 400_000_000L, 48, 60));
        }
        MidiFileWriter.write(song, Performance.of(notes));
        // Same length, so only the names of the tracks change.
        byte[] bytes = new String(Files.readAllBytes(song), StandardCharsets.ISO_8859_1)
                .replace("\u0005human", "\u0006MELODY")
                .replace("\u0006answer", "\u0005PIANO")
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(song, fixLengths(bytes));

        Piece piece = new SourceFile(song, "song").read().getFirst();

        assertThat(piece.performance().notes())
                .allMatch(note -> note.voice() == (note.pitch() == 72 ? Voice.HUMAN : Voice.ANSWER));
    }

    @Test
    void shouldGiveScoresATouchAndTheComposerOfTheFileName() throws IOException {
        Files.createDirectories(folder.resolve("data/scores"));
        Files.writeString(folder.resolve("data/scores/LICENCES.tsv"), "file\tlicence\n");
        MidiFileWriter.write(folder.resolve("data/scores/JoplinS__rag__rag.mid"), TestPieces.repetitive(3, 40));
        MidiFileWriter.write(folder.resolve("data/scores/Traditional__song__song.mid"), TestPieces.repetitive(4, 40));
        List<Piece> pieces = imported(false).pieces();

        assertThat(pieces).extracting(Piece::group).containsExactly("joplin", "");
        assertThat(pieces)
                .allMatch(piece -> piece.performance().notes().stream()
                                .map(Note::velocity)
                                .distinct()
                                .count()
                        > 5);
    }

    @Test
    void shouldLeaveOutDataSetsWithCaveatsWhenToldTo() throws IOException {
        writeJazz("");
        MidiFileWriter.write(folder.resolve("data/other.mid"), TestPieces.random(1, 40));

        assertThat(imported(false).pieces()).extracting(Piece::name).containsExactly("other");
        assertThat(notices).containsExactly("jazz_csv: left out as told.");
    }

    @Test
    void shouldKnowThatRollsAmongOtherPiecesHaveTheCaveatToo() throws IOException {
        Files.createDirectories(folder.resolve("data/small/welte"));
        Files.writeString(folder.resolve("data/small/welte/LICENSE"), "MIT");
        MidiFileWriter.write(folder.resolve("data/small/welte/roll.mid"), TestPieces.random(1, 40));
        MidiFileWriter.write(folder.resolve("data/other.mid"), TestPieces.random(2, 40));

        assertThat(imported(false).pieces()).extracting(Piece::name).containsExactly("other");
        assertThat(imported(true).pieces()).extracting(Piece::name).containsExactly("other", "tiny/welte/roll");
    }

    @Test
    void shouldNotTakeAWrongNameForWhatIsToBeLeftOut() throws IOException {
        writeJazz("");

        assertThatThrownBy(() -> MidiImport.run(
                        List.of(folder.resolve("data")),
                        folder.resolve("notes.csv"),
                        Set.of("jazz"),
                        true,
                        notices::add))
                .isInstanceOf(CorpusException.class)
                .hasMessage("--without jazz: no such data set; found jazz_csv. Correct the name.");
        assertThat(folder.resolve("notes.csv")).doesNotExist();
    }

    @Test
    void shouldUnpackArchives() throws IOException {
        Path midi = folder.resolve("a.mid");
        MidiFileWriter.write(midi, TestPieces.random(1, 40));
        pack("set/é 1.mid", Files.readAllBytes(midi));

        assertThat(imported(true).pieces()).extracting(Piece::name).containsExactly("é 1");
    }

    @Test
    void shouldNotLetAnArchiveWriteOutside() throws IOException {
        pack("../../escaped.mid", new byte[] {1, 2, 3});

        assertThatThrownBy(() -> run(true))
                .isInstanceOf(CorpusException.class)
                .hasMessageStartingWith("import: no music among 1 files");
        assertThat(notices)
                .singleElement()
                .asString()
                .contains("an entry points outside: ../../escaped.mid", "set.tar.xz: cannot be unpacked");
        assertThat(folder.resolve("notes.csv")).doesNotExist();
    }

    @Test
    void shouldSayThatAnArchiveIsDamaged() throws IOException {
        Files.writeString(folder.resolve("data/set.tar.xz"), "no archive");

        MidiFileWriter.write(folder.resolve("data/b.mid"), TestPieces.random(1, 40));

        assertThat(imported(true).pieces()).hasSize(1);
        assertThat(notices)
                .singleElement()
                .asString()
                .startsWith(folder.resolve("data/set.tar.xz") + ": cannot be unpacked (")
                .endsWith("Skipped.");
    }

    @Test
    void shouldKnowAPieceThatWasChangedALittle() {
        KnownPieces known = new KnownPieces();
        Performance piece = TestPieces.random(7, 400);
        List<Note> changed = new ArrayList<>();
        for (Note note : piece.notes().subList(10, 400)) {
            int pitch = changed.size() % 100 == 50 ? (note.pitch() + 1) % 128 : note.pitch();
            changed.add(new Note(Voice.HUMAN, note.onsetNanos(), note.durationNanos(), pitch, 90));
        }

        assertThat(known.isNew(new Piece("a", piece))).isTrue();
        assertThat(known.isNew(new Piece("b", Performance.of(changed)))).isFalse();
        assertThat(known.isNew(new Piece("c", TestPieces.random(8, 400)))).isTrue();
    }

    /** Two bars of a solo over two bass notes; with a word in place of a number if asked. */
    private void writeJazz(String damage) throws IOException {
        Path jazz = Files.createDirectories(folder.resolve("data/jazz"));
        StringBuilder notes = new StringBuilder("melid,onset,duration,pitch,bar,beat,mcm48,phrase,chord\n");
        for (int i = 0; i < 32; i++) {
            double onset = 10 + i * 0.125;
            notes.append("1,%s,0.1,%d%s,0,1,0,%d,D-7%n".formatted(onset, 60 + i % 9, damage, 1 + i / 16));
        }
        Files.writeString(jazz.resolve("notes.csv"), notes);
        Files.writeString(
                jazz.resolve("beats.csv"),
                """
                melid,onset,bar,beat,chord,bass,form,chorus
                1,9,-1,1,NC,38,A1,0
                1,9.5,-1,2,NC,,A1,0
                1,10,0,1,D-7,40,A1,1
                """);
        Files.writeString(
                jazz.resolve("solos.csv"), "id,performer,title\nMilesDavis_SoWhat_FINAL.sv,Miles Davis,So What\n");
    }

    private void pack(String name, byte[] content) throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve("data/set.tar.xz"));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZCompressorOutputStream(file), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
    }

    private List<ImportTally> run(boolean withCaveated) {
        return MidiImport.run(
                List.of(folder.resolve("data")), folder.resolve("notes.csv"), Set.of(), withCaveated, notices::add);
    }

    private Corpus imported(boolean withCaveated) {
        run(withCaveated);
        return Corpus.load(List.of(folder.resolve("notes.csv")), notices::add);
    }

    /** The tracks' lengths after a name in them became longer or shorter. */
    private static byte[] fixLengths(byte[] bytes) {
        int track = 14;
        while (track + 8 < bytes.length) {
            int next = track + 8;
            while (next < bytes.length && !(bytes[next] == 'M' && bytes[next + 1] == 'T' && bytes[next + 2] == 'r')) {
                next++;
            }
            int length = next - track - 8;
            bytes[track + 6] = (byte) (length >> 8);
            bytes[track + 7] = (byte) length;
            track = next;
        }
        return bytes;
    }
}
