package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldNotesFileTest {
    @TempDir
    Path folder;

    private HeldNotesFile open(String name) throws IOException {
        return Objects.requireNonNull(HeldNotesFile.open(folder.resolve(name)), "in use");
    }

    @Test
    void shouldKeepWhatSoundsWhenItsProgramIsGone() throws IOException {
        HeldNotesFile killed = open("new/held.notes");
        killed.began(15, 127);
        killed.began(0, 0);
        killed.began(1, 60);
        killed.began(1, 60);
        killed.ended(1, 60);
        killed.pedal(15, true);
        killed.pedal(3, true);
        killed.pedal(3, false);
        killed.close();
        try (HeldNotesFile next = open("new/held.notes")) {
            assertThat(next.takeLeftOver())
                    .containsExactly(
                            Message.control(15, Message.SUSTAIN_PEDAL, 0),
                            Message.noteOff(0, 0),
                            Message.noteOff(1, 60),
                            Message.noteOff(15, 127));
            assertThat(next.takeLeftOver()).as("told once").isEmpty();
        }
        try (HeldNotesFile last = open("new/held.notes")) {
            assertThat(last.takeLeftOver()).isEmpty();
        }
    }

    @Test
    void shouldBelongToOneRunningProgram() throws IOException {
        HeldNotesFile first = open("held.notes");
        first.began(1, 60);
        assertThat(HeldNotesFile.open(folder.resolve("held.notes"))).isNull();
        first.close();
        try (HeldNotesFile second = open("held.notes")) {
            assertThat(second.takeLeftOver()).containsExactly(Message.noteOff(1, 60));
        }
    }

    @Test
    void shouldFailWithAnExceptionWhereNoFileCanBe() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        assertThat(catchIo(folder.resolve("file/held.notes"))).isNotNull();
    }

    private static IOException catchIo(Path path) {
        try {
            HeldNotesFile.open(path);
        } catch (IOException failure) {
            return failure;
        }
        throw new AssertionError("it was made: " + path);
    }

    @Test
    void shouldReadWhatAShortOrDamagedFileSays() throws IOException {
        Files.write(folder.resolve("short.notes"), new byte[] {2});
        try (HeldNotesFile file = open("short.notes")) {
            assertThat(file.takeLeftOver()).containsExactly(Message.noteOff(0, 0), Message.noteOff(0, 0));
        }
    }

    @Test
    void shouldCountNeitherBelowNothingNorPastAByte() throws IOException {
        try (HeldNotesFile file = HeldNotesFile.inMemory()) {
            file.ended(2, 60);
            assertThat(file.takeLeftOver()).isEmpty();
            for (int i = 0; i < 1_000; i++) {
                file.began(2, 60);
            }
            assertThat(file.takeLeftOver()).isEqualTo(Collections.nCopies(255, Message.noteOff(2, 60)));
        }
    }

    @Property(tries = 100)
    void shouldLeaveAsManyNoteOffsAsNotesSound(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 5) Integer> pitches) throws IOException {
        try (HeldNotesFile file = HeldNotesFile.inMemory()) {
            List<Integer> expected = new ArrayList<>();
            for (int pitch : pitches) {
                // Every third lets one end, if one sounds.
                if (pitch % 3 == 2) {
                    expected.remove((Integer) Message.noteOff(4, pitch - 1));
                    file.ended(4, pitch - 1);
                } else {
                    expected.add(Message.noteOff(4, pitch));
                    file.began(4, pitch);
                }
            }
            assertThat(file.takeLeftOver()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void shouldAllocateNothingPerNote() throws IOException {
        try (HeldNotesFile file = open("held.notes")) {
            assertThat(Allocation.bytesOfWarmRun(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            file.began(1, i % 128);
                            file.pedal(1, i % 2 == 0);
                            file.ended(1, i % 128);
                        }
                    }))
                    .isZero();
        }
    }
}
