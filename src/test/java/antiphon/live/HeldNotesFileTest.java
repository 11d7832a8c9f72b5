package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.music.Lasting;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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
        killed.of(0).began(15, 127);
        killed.of(0).began(0, 0);
        killed.of(0).began(1, 60);
        killed.of(0).began(1, 61);
        killed.of(0).ended(1, 61);
        for (int lasting = 0; lasting < Lasting.COUNT; lasting++) {
            killed.of(0).moved(lasting, 15, true);
            killed.of(0).moved(lasting, 3, true);
            killed.of(0).moved(lasting, 3, false);
        }
        killed.close();
        try (HeldNotesFile next = open("new/held.notes")) {
            assertThat(next.leftOver().messages())
                    .containsExactly(
                            Message.control(15, Message.SUSTAIN_PEDAL, 0),
                            Message.control(15, 66, 0),
                            Message.control(15, 69, 0),
                            Message.control(15, 1, 0),
                            Message.of(0xEF, 0, 64),
                            Message.of(0xDF, 0, 0),
                            Message.noteOff(0, 0),
                            Message.noteOff(1, 60),
                            Message.noteOff(15, 127));
        }
    }

    @Test
    void shouldKeepWhatWasLeftUntilAllReceiversWereTold() throws IOException {
        HeldNotesFile killed = open("held.notes");
        killed.of(0).began(0, 72);
        killed.close();
        try (HeldNotesFile next = open("held.notes")) {
            assertThat(next.leftOver().messages()).containsExactly(Message.noteOff(0, 72));
            next.connected(List.of("keyb:out"), List.of(List.of("synth:in", "organ:in")), true);
        }
        try (HeldNotesFile third = open("held.notes")) {
            HeldNotesFile.LeftOver left = third.leftOver();
            assertThat(left.messages()).containsExactly(Message.noteOff(0, 72));
            assertThat(left.sources()).containsExactly("keyb:out");
            assertThat(left.receivers()).containsExactly("synth:in", "organ:in");
            third.of(0).began(1, 60);
            third.connected(List.of(), List.of(List.of("synth:in")), false);
            assertThat(third.held(0)).as("its own are not forgotten").containsExactly(Message.noteOff(1, 60));
            third.of(0).ended(1, 60);
        }
        try (HeldNotesFile last = open("held.notes")) {
            assertThat(last.leftOver().messages()).isEmpty();
        }
    }

    @Test
    void shouldKeepOutputsApartAndEndWhatAnyOfThemHeld() throws IOException {
        HeldNotesFile killed = open("held.notes");
        killed.of(0).began(0, 60);
        killed.of(2).began(0, 60);
        killed.of(1).began(4, 61);
        killed.of(0).ended(0, 60);
        assertThat(killed.held(0)).isEmpty();
        assertThat(killed.held(2)).containsExactly(Message.noteOff(0, 60));
        killed.connected(List.of(), List.of(List.of("synth:in"), List.of("organ:in", "synth:in")), false);
        killed.close();
        try (HeldNotesFile next = open("held.notes")) {
            HeldNotesFile.LeftOver left = next.leftOver();
            assertThat(left.messages()).containsExactly(Message.noteOff(0, 60), Message.noteOff(4, 61));
            assertThat(left.outputs())
                    .startsWith(List.of("synth:in"), List.of("organ:in", "synth:in"))
                    .hasSize(Wiring.MAX_OUTPUTS);
            assertThat(left.receivers()).containsExactly("synth:in", "organ:in");
        }
    }

    @Test
    void shouldBelongToOneRunningProgram() throws IOException {
        HeldNotesFile first = open("held.notes");
        first.of(0).began(1, 60);
        assertThat(HeldNotesFile.open(folder.resolve("held.notes"))).isNull();
        first.close();
        try (HeldNotesFile second = open("held.notes")) {
            assertThat(second.leftOver().messages()).containsExactly(Message.noteOff(1, 60));
        }
    }

    /** Cables that somebody drew by hand are drawn again after a crash, and not at every later start. */
    @Test
    void shouldForgetWhoWasConnectedWhenItEndsOwingNothing() throws IOException {
        HeldNotesFile owing = open("held.notes");
        owing.connected(List.of("keyb:out"), List.of(List.of("synth:in")), false);
        owing.close(new int[] {Message.noteOff(0, 60)});
        HeldNotesFile ended = open("held.notes");
        assertThat(ended.leftOver().receivers()).containsExactly("synth:in");
        ended.connected(List.of("keyb:out"), List.of(List.of("synth:in")), false);
        ended.close(new int[0]);
        try (HeldNotesFile next = open("held.notes")) {
            assertThat(next.leftOver().sources()).isEmpty();
            assertThat(next.leftOver().receivers()).isEmpty();
        }
    }

    @Test
    void shouldOutliveThatSomebodyCutsItShort() throws IOException {
        Path path = folder.resolve("held.notes");
        HeldNotesFile file = open("held.notes");
        file.of(0).began(1, 60);
        Files.write(path, new byte[0]);
        whileCutShort(() -> file.of(0).began(1, 62));
        whileCutShort(() -> file.of(0).ended(1, 60));
        file.repair();
        file.of(0).began(1, 64);
        file.close();
        try (HeldNotesFile next = open("held.notes")) {
            assertThat(next.leftOver().messages()).containsExactly(Message.noteOff(1, 62), Message.noteOff(1, 64));
        }
    }

    /**
     * The virtual machine may throw the error of a page that is no more when the call that wrote has returned: then it is
     * caught by the loop of the thread, which ends all notes and goes on. The file knows of the note all the same.
     */
    private static void whileCutShort(Runnable call) {
        try {
            call.run();
        } catch (InternalError afterItReturned) {
            assertThat(afterItReturned).hasMessageContaining("unsafe memory access");
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

    /** Whatever the bytes are: a damaged file must not send a million messages. */
    @Property(tries = 50)
    void shouldSendOneMessageAtMostForEachKeyAndControllerOfADamagedFile(@ForAll @Size(max = 4_000) List<Byte> damaged)
            throws IOException {
        Path path = Files.createTempFile("damaged", ".notes");
        try {
            byte[] bytes = new byte[damaged.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = damaged.get(i);
            }
            Files.write(path, bytes);
            try (HeldNotesFile file = Objects.requireNonNull(HeldNotesFile.open(path))) {
                assertThat(file.leftOver().messages())
                        .doesNotHaveDuplicates()
                        .allSatisfy(message -> assertThat(Ends.of(message)).isBetween(0, Ends.HELD - 1));
            }
        } finally {
            Files.delete(path);
        }
    }

    @Test
    void shouldAllocateNothingPerNote() throws IOException {
        try (HeldNotesFile file = open("held.notes")) {
            HeldNotes notes = file.of(0);
            assertThat(Allocation.bytesOfWarmRun(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            notes.began(1, i % 128);
                            notes.moved(i % Lasting.COUNT, 1, i % 2 == 0);
                            notes.ended(1, i % 128);
                        }
                    }))
                    .isZero();
        }
    }
}
