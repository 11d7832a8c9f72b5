package antiphon.midi.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.midi.Heard;
import antiphon.music.Message;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What goes over the wire, byte by byte as RFC 6295 draws it, and back. */
class OutStreamTest {
    private static final long MILLI = 1_000_000L;

    private final byte[] buffer = new byte[Wire.MAX_PACKET_BYTES];
    private final OutStream out = new OutStream(0x01020304, 0xFFFE);
    private final Played heard = new Played();
    private final InStream in = new InStream(heard);
    private final ClockSync clock = new ClockSync();

    private String finish(long nowNanos) {
        return HexFormat.of().formatHex(buffer, 0, out.finish(buffer, nowNanos, 0));
    }

    @Test
    void shouldWriteHeaderCommandsWithRunningStatusAndAnEmptyJournal() {
        out.add(Message.noteOn(0, 60, 100), 10 * MILLI);
        out.add(Message.noteOn(0, 64, 101), 12 * MILLI);
        assertThat(finish(13 * MILLI))
                // Version 2, payload type 97, sequence, 100 ticks, SSRC.
                .isEqualTo("8061fffe" + "00000064" + "01020304"
                        // J and six bytes; the second note 20 ticks later.
                        + "46" + "903c64" + "144065"
                        // No channels; from packet fffe on.
                        + "00fffe");
    }

    @Test
    void shouldTellInTheJournalWhatIsNotConfirmed() {
        out.add(Message.noteOn(3, 60, 100), 0);
        out.add(Message.noteOff(3, 9), 0);
        out.add(Message.control(3, 64, 127), 0);
        out.add(Message.of(0xC3, 5, 0), 0);
        out.add(Message.of(0xE3, 1, 2), 0);
        out.add(Message.of(0xD3, 7, 0), 0);
        out.add(Message.of(0xA3, 60, 8), 0);
        finish(0);
        assertThat(finish(MILLI))
                .isEqualTo("8061ffff" + "0000000a" + "01020304" + "40"
                        // One channel, from fffe on; channel 3 in 22 bytes with P, C, W, N, T and A.
                        + "20fffe" + "1814" + "db"
                        + "050000" + "00407f" + "0102"
                        // One note that is recent, and octet 1 of the note-offs.
                        + "0111" + "3ce4" + "40" + "07" + "003c08");
        out.confirm(0xFFFF);
        assertThat(finish(MILLI)).endsWith("40" + "000000");
        assertThat(out.isUnconfirmed()).isFalse();
    }

    @Test
    void shouldSayThatAnOldNoteIsNotToBeBegun() {
        out.add(Message.noteOn(0, 60, 100), 0);
        finish(0);
        assertThat(finish(150 * MILLI)).endsWith("01f0" + "3c64");
    }

    @Test
    void shouldTakeNoConfirmationOfWhatWasNotSent() {
        out.add(Message.noteOn(0, 60, 100), 0);
        finish(0);
        out.confirm(5);
        out.confirm(0xFFFD);
        assertThat(out.isUnconfirmed()).isTrue();
        out.confirm(0xFFFE);
        assertThat(out.isUnconfirmed()).isFalse();
    }

    @Test
    void shouldRepairBySilentPacketsUntilItIsConfirmedAndNotForEver() {
        assertThat(out.guardNanos()).isEqualTo(Long.MAX_VALUE);
        out.add(Message.noteOff(0, 60), 0);
        finish(0);
        int guards = 0;
        for (long now = out.guardNanos(); now != Long.MAX_VALUE; now = out.guardNanos()) {
            assertThat(now).isLessThan(20_000 * MILLI);
            finish(now);
            guards++;
        }
        assertThat(guards).isEqualTo(10);
        out.add(Message.noteOff(0, 61), 30_000 * MILLI);
        finish(30_000 * MILLI);
        assertThat(out.guardNanos()).isEqualTo(30_040 * MILLI);
        out.confirm(9);
        assertThat(out.guardNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldTellAllThatCanBeHeldByAllKeysOfAllChannels() {
        for (int channel = 0; channel < Message.CHANNELS; channel++) {
            for (int number = 0; number < Message.PITCHES; number++) {
                add(Message.noteOn(channel, number, 1));
                add(Message.of(0xA0 | channel, number, 1));
                if (number < 120) {
                    add(Message.control(channel, number, 1));
                }
            }
            add(Message.of(0xC0 | channel, 1, 0));
        }
        in.take(buffer, out.finish(buffer, 0, 0), clock, 0);
        assertThat(heard.down).hasSize(Message.CHANNELS * Message.PITCHES);
        assertThat(in.unrepaired()).isZero();
    }

    private void add(int message) {
        if (out.isFull()) {
            finish(0);
        }
        out.add(message, 0);
    }

    @Test
    void shouldSendASystemExclusiveMessageInParts() {
        byte[] sysex = new byte[2500];
        new Random(1).nextBytes(sysex);
        for (int i = 0; i < sysex.length; i++) {
            sysex[i] &= 0x7F;
        }
        sysex[0] = (byte) 0xF0;
        sysex[sysex.length - 1] = (byte) 0xF7;
        for (int from = 0; from < sysex.length; from += OutStream.SEGMENT_BYTES) {
            int length = out.finishSysex(buffer, sysex, from, sysex.length, 0, 0);
            assertThat(in.take(buffer, length, clock, 0)).isEqualTo(InStream.Result.TAKEN);
        }
        assertThat(heard.sysex).containsExactly(sysex);
    }

    @Test
    void shouldPassOnNoPartOfASystemExclusiveMessageWhoseMiddleWasLost() {
        byte[] sysex = new byte[2500];
        sysex[0] = (byte) 0xF0;
        sysex[sysex.length - 1] = (byte) 0xF7;
        for (int from = 0; from < sysex.length; from += OutStream.SEGMENT_BYTES) {
            int length = out.finishSysex(buffer, sysex, from, sysex.length, 0, 0);
            if (from != OutStream.SEGMENT_BYTES) {
                in.take(buffer, length, clock, 0);
            }
        }
        assertThat(heard.sysex).isEmpty();
        assertThat(in.droppedSysex()).isPositive();
    }

    @Test
    void shouldAllocateNothing() {
        Heard nobody = new Heard() {
            @Override
            public void message(int message, long nanos) {}

            @Override
            public void sysex(byte[] bytes, int length, long nanos) {}
        };
        InStream silent = new InStream(nobody);
        Runnable work = () -> {
            for (int i = 0; i < 1000; i++) {
                out.add(Message.noteOn(i % 16, i % 128, i % 2 == 0 ? 0 : 64), i);
                out.add(Message.control(0, 64, i % 128), i);
                int length = out.finish(buffer, i, 0);
                if (i % 3 != 0) {
                    silent.take(buffer, length, clock, i);
                    out.confirm(silent.last());
                }
            }
        };
        assertThat(Allocation.bytesOfWarmRun(work)).isZero();
    }

    @Test
    void shouldReleaseWhatIsHeldWhenThereIsNoJournalForAGap() {
        take("80610001000000000a0b0c0d" + "06" + "903c64" + "00" + "4064");
        assertThat(heard.down).hasSize(2);
        take("80610003000000000a0b0c0d" + "03" + "904364");
        assertThat(heard.down).containsExactly(0x43);
        assertThat(in.unrepaired()).isEqualTo(1);
    }

    @Test
    void shouldReadAJournalWithChaptersThatWeDoNotSend() {
        take("80610001000000000a0b0c0d" + "03" + "903c64");
        // System journal of 4 bytes; channel 0 with C (a switch moved once), M, N (note-off of 60) and E.
        take("80610003000000000a0b0c0d" + "40" + "60" + "0001" + "2004aabb" + "0010" + "6c" + "00" + "4081" + "0004"
                + "0000" + "0077" + "08" + "00" + "3c01");
        assertThat(heard.down).isEmpty();
        assertThat(heard.pedal(0)).isEqualTo(127);
    }

    private void take(String hex) {
        byte[] packet = HexFormat.of().parseHex(hex);
        assertThat(in.take(Arrays.copyOf(packet, 2000), packet.length, clock, 0))
                .isEqualTo(InStream.Result.TAKEN);
    }

    @Test
    void shouldTakeRunningStatusDeltasAndRealTimeInBetween() {
        take("80610001000000000a0b0c0d" + "2d" + "8100" + "903c64" + "00" + "f8" + "05" + "3c00" + "00" + "c005");
        assertThat(heard.messages)
                .containsExactly(
                        Message.noteOn(0, 60, 100), Message.CLOCK, Message.noteOn(0, 60, 0), Message.of(0xC0, 5, 0));
    }

    @Test
    void shouldSayWhenAMessageWasSentByThePeersClock() {
        clock.add(500 * MILLI, 2 * MILLI);
        clock.add(700 * MILLI, 30 * MILLI);
        assertThat(clock.offsetNanos()).isEqualTo(500 * MILLI);
        assertThat(clock.sentNanos(1000, 605 * MILLI)).isEqualTo(600 * MILLI);
        assertThat(clock.sentNanos(1000, 500 * MILLI)).isEqualTo(500 * MILLI);
        assertThat(clock.sentNanos(123_456_789, 605 * MILLI)).isEqualTo(605 * MILLI);
        assertThat(605 * MILLI - clock.sentNanos(0, 605 * MILLI)).isEqualTo(20 * MILLI);
    }
}
