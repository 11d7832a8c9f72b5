package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.Encoder;
import antiphon.music.Event;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DialoguesTest {
    /** As {@code antiphon run --record} keeps it: nobody is to learn to answer as the human called. */
    @Property(tries = 100)
    void shouldLeaveTheHumanTheHumanWhereTheyTakeTurns(@ForAll long seed) {
        List<Note> notes = new ArrayList<>();
        long nanos = 0;
        for (int turn = 0; turn < 8; turn++) {
            int voice = turn % 2 == 0 ? Voice.HUMAN : Voice.ANSWER;
            for (int i = 0; i < 6; i++) {
                // The human's are all low.
                notes.add(new Note(voice, nanos, 300_000_000L, voice == Voice.HUMAN ? 40 + i : 80 + i, 70));
                nanos += 350_000_000L;
            }
            nanos += 800_000_000L;
        }
        Piece piece = new Piece("session", Performance.of(notes), List.of(), "");
        assertThat(Dialogues.make(piece, new SplittableRandom(seed)).notes())
                .isNotEmpty()
                .allSatisfy(note -> assertThat(note.pitch() < 60).isEqualTo(note.voice() == Voice.HUMAN));
    }

    @Property(tries = 300)
    void shouldEndEveryNoteThatBegins(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int notes) {
        int[] balance = new int[Voice.COUNT * 128];
        for (int event : Encoder.encode(dialogue(seed, notes))) {
            int kind = Event.kind(event);
            if (Event.isNoteOn(kind)) {
                balance[Event.voice(kind) * 128 + Event.pitch(event)]++;
            } else if (Event.isNoteOff(kind)) {
                assertThat(--balance[Event.voice(kind) * 128 + Event.pitch(event)])
                        .isNotNegative();
            }
        }
        assertThat(balance).containsOnly(0);
    }

    @Property(tries = 300)
    void shouldChangeTheVoiceAtEveryPhraseEndAndNowhereElse(
            @ForAll long seed, @ForAll @IntRange(min = 16, max = 300) int notes) {
        List<List<Integer>> turns = new ArrayList<>(List.of(new ArrayList<>()));
        List<Note> piece = TestPieces.random(seed, notes).notes();
        Performance made = Turns.alternating(piece, new TreeSet<>(), new SplittableRandom(seed));
        for (int event : Encoder.encode(made)) {
            if (Event.kind(event) == Event.PHRASE_END) {
                turns.add(new ArrayList<>());
            } else if (Event.isNoteOn(Event.kind(event))) {
                turns.getLast().add(Event.voice(Event.kind(event)));
            }
        }
        if (turns.getLast().isEmpty()) {
            turns.removeLast();
        }
        for (int i = 0; i < turns.size(); i++) {
            assertThat(Set.copyOf(turns.get(i))).as("voices of turn %d", i).hasSize(1);
            if (i > 0) {
                assertThat(turns.get(i).getFirst())
                        .isNotEqualTo(turns.get(i - 1).getFirst());
                assertThat(turns.get(i)).hasSizeGreaterThanOrEqualTo(Turns.SHORTEST);
            }
        }
    }

    @Test
    void shouldPassTheTurnWhereSomebodyMarkedAPhrase() {
        List<Note> notes = new ArrayList<>();
        NavigableSet<Long> phrases = new TreeSet<>();
        for (int i = 0; i < 200; i++) {
            notes.add(new Note(Voice.HUMAN, i * 250_000_000L, 200_000_000L, 60 + i % 7, 64));
            if (i % 9 == 0) {
                phrases.add(i * 250_000_000L);
            }
        }
        int turns = 0;
        for (int seed = 0; seed < 30; seed++) {
            List<Note> made = Turns.alternating(notes, phrases, new SplittableRandom(seed))
                    .notes();
            for (int i = 1; i < made.size(); i++) {
                if (made.get(i).voice() != made.get(i - 1).voice()) {
                    turns++;
                    assertThat(i % 9).isZero();
                }
            }
        }
        assertThat(turns).isGreaterThan(100);
    }

    @Test
    void shouldHandOverOnce() {
        List<Note> notes = TestPieces.random(3, 100).notes();
        for (int seed = 0; seed < 50; seed++) {
            Performance made = Turns.handover(notes, new TreeSet<>(), new SplittableRandom(seed));
            int changes = 0;
            for (int i = 1; i < made.notes().size(); i++) {
                changes +=
                        made.notes().get(i).voice() == made.notes().get(i - 1).voice() ? 0 : 1;
            }
            assertThat(changes).isEqualTo(1);
            assertThat(made.phraseEndsNanos()).hasSize(1);
        }
    }

    @Test
    void shouldMakeADuetOfTwoPartsWithEitherAsTheHuman() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            notes.add(new Note(Voice.HUMAN, i * 250_000_000L, 200_000_000L, 72 + i % 7, 64));
            notes.add(new Note(Voice.ANSWER, i * 250_000_000L, 200_000_000L, 40 + i % 3, 64));
        }
        Piece piece = new Piece("", Performance.of(notes));
        int melodyIsHuman = 0;
        int melodyIsAnswer = 0;
        for (int seed = 0; seed < 200; seed++) {
            Performance made = Dialogues.make(piece, new SplittableRandom(seed));
            boolean duet = made.phraseEndsNanos().isEmpty()
                    && made.notes().stream().map(Note::voice).distinct().count() == 2;
            if (duet) {
                Note highest = made.notes().stream()
                        .max(Comparator.comparingInt(Note::pitch))
                        .orElseThrow();
                assertThat(made.notes().stream()
                                .filter(note -> note.pitch() > 60)
                                .map(Note::voice))
                        .containsOnly(highest.voice());
                melodyIsHuman += highest.voice() == Voice.HUMAN ? 1 : 0;
                melodyIsAnswer += highest.voice() == Voice.ANSWER ? 1 : 0;
            }
        }
        assertThat(melodyIsHuman).isBetween(40, 90);
        assertThat(melodyIsAnswer).isBetween(40, 90);
    }

    @Test
    void shouldPartTheHandsByRegister() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            // Both hands wander up two octaves: no fixed line parts them.
            notes.add(new Note(Voice.HUMAN, i * 200_000_000L, 150_000_000L, 60 + i / 4, 64));
            notes.add(new Note(Voice.HUMAN, i * 200_000_000L, 150_000_000L, 40 + i / 4, 64));
        }
        List<Note> sorted = Performance.of(notes).notes();
        boolean[] lower = Hands.lower(sorted);
        int wrong = 0;
        for (int i = 0; i < lower.length; i++) {
            boolean left = sorted.get(i).pitch() < 50 + sorted.get(i).onsetNanos() / 200_000_000L / 4;
            wrong += lower[i] == left ? 0 : 1;
        }
        assertThat(wrong).isLessThan(6);
    }

    @Property(tries = 200)
    void shouldKeepTheMusicButForKeyTempoAndTouch(@ForAll long seed) {
        Performance piece = TestPieces.random(seed, 60);
        List<Note> made = dialogue(seed, 60).notes();

        // It may begin within the piece: compare from the end.
        assertThat(made).hasSizeBetween(30, 60);
        int shift = 60 - made.size();
        Set<Integer> transpositions = new java.util.HashSet<>();
        Set<Integer> pitchesOfPiece =
                piece.notes().subList(shift, 60).stream().map(Note::pitch).collect(Collectors.toSet());
        int lowest = pitchesOfPiece.stream().min(Integer::compare).orElseThrow();
        int lowestMade = made.stream().map(Note::pitch).min(Integer::compare).orElseThrow();
        transpositions.add(lowestMade - lowest);
        assertThat(transpositions).allMatch(by -> by >= -5 && by <= 6);
        assertThat(made.stream()
                        .map(note -> note.pitch() - (lowestMade - lowest))
                        .collect(Collectors.toSet()))
                .isEqualTo(pitchesOfPiece);
    }

    @Test
    void shouldMostlyAlternateAndSometimesLeaveThePieceToOneVoice() {
        int alternating = 0;
        int human = 0;
        int answer = 0;
        for (int seed = 0; seed < 400; seed++) {
            Performance made = dialogue(seed, 200);
            if (!made.phraseEndsNanos().isEmpty()) {
                alternating++;
            } else if (made.notes().getFirst().voice() == Voice.HUMAN) {
                human++;
            } else {
                answer++;
            }
        }
        // With the handovers; the two hands count where the first note lies.
        assertThat(alternating).isBetween(200, 280);
        assertThat(human).isBetween(50, 110);
        assertThat(answer).isBetween(50, 110);
    }

    @Test
    void shouldPassTheTurnWhereTheMusicBreathes() {
        List<Note> notes = new ArrayList<>();
        long nanos = 0;
        for (int i = 0; i < 200; i++) {
            // A rest after every tenth note.
            nanos += i % 10 == 0 ? 1_500_000_000L : 100_000_000L;
            notes.add(new Note(Voice.HUMAN, nanos, 90_000_000L, 60 + i % 10, 64));
        }
        int turns = 0;
        for (int seed = 0; seed < 50; seed++) {
            List<Note> made = Turns.alternating(notes, new TreeSet<>(), new SplittableRandom(seed))
                    .notes();
            for (int i = 1; i < made.size(); i++) {
                if (made.get(i).voice() != made.get(i - 1).voice()) {
                    turns++;
                    assertThat(made.get(i).onsetNanos() - made.get(i - 1).onsetNanos())
                            .isGreaterThan(1_000_000_000L);
                }
            }
        }
        assertThat(turns).isGreaterThan(100);
    }

    private static Performance dialogue(long seed, int notes) {
        return Dialogues.make(new Piece("", TestPieces.random(seed, notes)), new SplittableRandom(seed));
    }
}
