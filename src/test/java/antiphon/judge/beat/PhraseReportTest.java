package antiphon.judge.beat;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.corpus.BeatPiece;
import antiphon.corpus.BeatSet;
import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Also the bar for the tracker itself: at which tempo it must hear what beginners play. */
class PhraseReportTest {
    private static final long BEAT_NANOS = 500_000_000L;

    private static PhraseScore plain(String name) {
        List<ShortPhrase> phrases = ShortPhrase.plain().stream()
                .filter(phrase -> phrase.name().equals(name))
                .toList();
        assertThat(phrases).hasSize(1);
        return PhraseScore.of(name, phrases, 3);
    }

    /** Quarters from the second beat on, the ninth of them of this length in beats. */
    private static BeatPiece quarters(double lengthOfNinth) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            double beats = i == 8 ? lengthOfNinth : 0.9;
            notes.add(new Note(Voice.HUMAN, (i + 1) * BEAT_NANOS, Math.round(beats * BEAT_NANOS), 72, 80));
        }
        List<Long> beats =
                LongStream.range(0, 30).map(i -> i * BEAT_NANOS).boxed().toList();
        return new BeatPiece("quarters", notes, beats);
    }

    @Test
    void shouldHearPlainPhrasesAtTheirTempoMostly() {
        PhraseScore all = PhraseScore.of("all", ShortPhrase.plain(), 3);
        assertThat(all.share(60, 84, Level.RIGHT)).isGreaterThan(0.88);
        assertThat(all.share(88, 124, Level.RIGHT)).isGreaterThan(0.94);
        assertThat(all.share(128, 168, Level.RIGHT)).isGreaterThan(0.38);
        assertThat(all.share(88, 124, Level.HALF)).isLessThan(0.02);
    }

    @Test
    void shouldNotHearHalfTheTempoOnlyBecauseAPhraseHasAFirstNote() {
        assertThat(plain("6 quarters, a half").share(136, Level.RIGHT)).isGreaterThan(0.9);
        assertThat(plain("8 quarters").share(140, Level.RIGHT)).isGreaterThan(0.9);
        assertThat(plain("Quarters and eighths").share(144, Level.RIGHT)).isGreaterThan(0.8);
        assertThat(plain("Waltz").share(148, Level.RIGHT)).isGreaterThan(0.9);
    }

    @Test
    void shouldSayWhichMistakeWasMade() {
        // At 200 eighths at 100 are just as likely, and sound the same.
        PhraseScore fast = plain("16 quarters");
        assertThat(fast.share(200, Level.HALF)).isGreaterThan(0.99);
        assertThat(fast.share(200, Level.RIGHT)).isZero();
        assertThat(plain("15 eighths").share(60, Level.DOUBLE)).isGreaterThan(0.99);
        assertThat(fast.signs()).hasSize(36).startsWith("====").endsWith("hhhh");
        assertThat(fast.toMap()).containsEntry("set", "16 quarters").containsKeys("beatsPerMinute", "right", "half");
    }

    @Test
    void shouldTakeTheOpeningOfAMelody() {
        ShortPhrase even = ShortPhrase.openingOf(quarters(0.9)).orElseThrow();
        assertThat(even.tones()).hasSize(16);
        assertThat(even.tones().getFirst().onset()).isEqualTo(1);
        ShortPhrase closed = ShortPhrase.openingOf(quarters(2)).orElseThrow();
        assertThat(closed.tones()).as("to the long note").hasSize(9);
        ShortPhrase parted = ShortPhrase.openingOf(quarters(0.5)).orElseThrow();
        assertThat(parted.tones()).as("to the rest").hasSize(9);
        BeatPiece few = new BeatPiece("few", quarters(1).notes().subList(0, 7), List.of(0L, BEAT_NANOS));
        assertThat(ShortPhrase.openingOf(few)).isEmpty();
    }

    @Test
    void shouldPrintALineForEachPhraseAndForLeadSheets() {
        List<String> without = PhraseReport.of(List.of()).table();
        PhraseReport with = PhraseReport.of(List.of(new BeatSet("openewld melody", List.of(quarters(2)))));
        assertThat(with.table()).hasSize(without.size() + 1).last().asString().startsWith("lead sheets' openings");
        assertThat(with.toMaps()).hasSize(ShortPhrase.plain().size() + 2);
    }
}
