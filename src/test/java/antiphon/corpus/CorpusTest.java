package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.midi.file.MidiFileWriter;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
    private final List<String> notices = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void writeMidiFiles() throws IOException {
        Files.createDirectories(folder.resolve("midi/blues"));
        for (int i = 0; i < 4; i++) {
            MidiFileWriter.write(folder.resolve("midi/blues/0" + i + ".mid"), TestPieces.random(i, 40));
        }
        Files.writeString(folder.resolve("midi/blues/broken.mid"), "no music here");
        Files.writeString(folder.resolve("midi/readme.txt"), "not looked at");
    }

    @Test
    void shouldLoadFoldersAndSkipWhatIsBroken() {
        Corpus corpus = Corpus.load(List.of(folder.resolve("midi")), notices::add);

        assertThat(corpus.pieces())
                .extracting(Piece::name)
                .containsExactly("blues/00", "blues/01", "blues/02", "blues/03");
        assertThat(corpus.notes()).isEqualTo(160);
        assertThat(corpus.description()).isEqualTo(folder.resolve("midi") + ": 4 pieces, 160 notes");
        assertThat(notices).singleElement().asString().contains("broken.mid: ").endsWith("Skipped (1 of 5).");
    }

    @Test
    void shouldLoadTheSameFromTheCsvOfAnImport() {
        Path csv = folder.resolve("notes.csv");
        List<Integer> done = new ArrayList<>();

        MidiImport.Listener listener = new MidiImport.Listener() {
            @Override
            public void skipped(String message) {
                notices.add(message);
            }

            @Override
            public void progress(String dataSet, int files, int of) {
                done.add(files);
            }
        };
        List<ImportTally> tallies = MidiImport.run(List.of(folder.resolve("midi")), csv, Set.of(), true, listener);

        assertThat(tallies).singleElement().satisfies(tally -> {
            assertThat(tally.name()).isEqualTo("midi");
            assertThat(tally.pieces()).isEqualTo(4);
            assertThat(tally.notes()).isEqualTo(160);
            assertThat(tally.dropped()).isEqualTo(Map.of("no music that can be read", 1));
        });
        assertThat(notices).singleElement().asString().endsWith("Skipped (1 of 5).");
        assertThat(done).containsExactly(1, 2, 3, 4, 5);
        assertThat(Corpus.load(List.of(csv), notices::add).pieces())
                .isEqualTo(Corpus.load(List.of(folder.resolve("midi")), notices::add)
                        .pieces());
    }

    @Test
    void shouldTakeAPieceOnceEvenInAnotherKey() {
        Performance piece = TestPieces.repetitive(1, 40);
        List<Note> higher = piece.notes().stream()
                .map(note -> new Note(
                        Voice.HUMAN, note.onsetNanos() * 2, note.durationNanos(), note.pitch() + 3, note.velocity()))
                .toList();
        MidiFileWriter.write(folder.resolve("midi/a.mid"), piece);
        MidiFileWriter.write(folder.resolve("midi/b.mid"), Performance.of(higher));

        assertThat(Corpus.load(List.of(folder.resolve("midi")), notices::add).pieces())
                .extracting(Piece::name)
                .contains("a")
                .doesNotContain("b");
    }

    @Test
    void shouldKeepAPieceOnItsSideWhateverIsChangedAboutIt() {
        for (int seed = 0; seed < 50; seed++) {
            Performance piece = TestPieces.repetitive(seed, 30);
            List<Note> changed = piece.notes().stream()
                    .map(note -> new Note(
                            Voice.ANSWER, note.onsetNanos() / 2, note.durationNanos() * 3, note.pitch() - 5, 1))
                    .toList();
            assertThat(Split.of(new Piece("other", Performance.of(changed))))
                    .isEqualTo(Split.of(new Piece("name", piece)));
        }
    }

    @Test
    void shouldKeepTheWorkOfOneComposerOnOneSide() {
        for (int seed = 0; seed < 20; seed++) {
            Piece piece = new Piece("a", TestPieces.random(seed, 12), List.of(), "schumann");
            assertThat(Split.of(piece)).isEqualTo(Split.TEST);
            assertThat(Split.of(new Piece("a", piece.performance(), List.of(), "chopin")))
                    .isEqualTo(Split.TRAIN);
        }
    }

    @Test
    void shouldNeverMoveThesePieces() {
        StringBuilder sides = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            sides.append(Split.of(new Piece("", TestPieces.random(i, 12))).name(), 0, 2);
        }
        // Written down when the split was made: if this fails, every model's test score is worth nothing.
        assertThat(sides.toString())
                .isEqualTo("TRTRVATRTRTRTETETRVATRTRTRTRTRTRTRTRTRTRTRTRTRTRTRTRTEVATRTRVATEVATRTRTRTRTRTRTR");
    }

    @Test
    void shouldLeaveAboutATenthEachForChoosingAndForJudging() {
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        for (int seed = 0; seed < 1_000; seed++) {
            counts.merge(Split.of(new Piece("", TestPieces.random(seed, 12))), 1, Integer::sum);
        }
        assertThat(counts.get(Split.TRAIN)).isBetween(760, 840);
        assertThat(counts.get(Split.VALID)).isBetween(70, 130);
        assertThat(counts.get(Split.TEST)).isBetween(70, 130);
    }

    @Test
    void shouldSayThatThereIsNothingToLoad() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> Corpus.load(List.of(empty), notices::add))
                .isInstanceOf(CorpusException.class)
                .hasMessage(empty + ": no MIDI file or CSV with notes among 0 files; at least one needed."
                        + " Name a folder that has some.");
        assertThatThrownBy(() -> Corpus.load(List.of(folder.resolve("gone")), notices::add))
                .isInstanceOf(CorpusException.class)
                .hasMessageStartingWith(folder.resolve("gone") + ": no such file or folder;");
    }

    @Test
    void shouldLeaveAnOldCsvAloneWhenThereIsNothingToImport() throws IOException {
        Path csv = folder.resolve("notes.csv");
        Files.writeString(csv, "old");
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> MidiImport.run(List.of(empty), csv, Set.of(), true, notices::add))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("no music among 0 files");
        assertThat(csv).hasContent("old");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }
}
